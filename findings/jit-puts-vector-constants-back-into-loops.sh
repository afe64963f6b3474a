#!/usr/bin/env bash
# .NET 10.0.11, x64: a vector constant that stands in a local before a loop is read from memory in each pass of it.
#
# Guess:  `Vector256<float> a = Vector256.Create(1.1f)` before a loop is in a register when the loop begins, as a loop hoists what does
#         not change, and six such constants leave ten registers of sixteen free.
# Seen:   the compiler replaces each use by the constant, and neither hoists nor shares constants over the passes: all six are operands in
#         memory within the loop. The same code with vectors of numbers that it does not know has none there: they stay in registers.
#             constants known to the compiler: 6 read in each pass
#             constants read from an array:    0 read in each pass
#
# So where registers are free and loads are not, constants are better read from memory once, before the loop, where the compiler cannot
# see what they are. Needs x64 with AVX2, and takes some seconds beside the download of the runtime.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

cat > Finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
    <SelfContained>true</SelfContained>
    <RuntimeFrameworkVersion>10.0.11</RuntimeFrameworkVersion>
    <TargetLatestRuntimePatch>false</TargetLatestRuntimePatch>
    <InvariantGlobalization>true</InvariantGlobalization>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
</Project>
XML

# The same polynomial with both kinds of constants.
{
    echo 'using System.Runtime.CompilerServices; using System.Runtime.Intrinsics; static class Code {'
    for name in Known Unknown; do
        echo '[MethodImpl(MethodImplOptions.NoInlining)]'
        echo "public static void $name(ReadOnlySpan<float> x, Span<float> y, ReadOnlySpan<float> k) {"
        n=0
        for constant in 1.1f .9f .7f .5f .3f .1f; do
            if [ $name = Known ]; then value=$constant; else value="k[$n]"; fi
            echo "Vector256<float> c$n = Vector256.Create($value);"
            n=$((n + 1))
        done
        echo 'for (int i = 0; i + 8 <= x.Length; i += 8) { Vector256<float> v = Vector256.Create(x.Slice(i, 8)), p = c0;'
        for n in 1 2 3 4 5; do echo "p = Vector256.FusedMultiplyAdd(v, p, c$n);"; done
        echo 'p.CopyTo(y.Slice(i, 8)); } }'
    done
    echo '}'
} > Code.cs

cat > Program.cs <<'CS'
float[] x = new float[80], y = new float[80];
Code.Known(x, y, []);
Code.Unknown(x, y, [1.1f, .9f, .7f, .5f, .3f, .1f]);
CS

dotnet build -c Release -o built > log 2>&1 || { cat log; exit 1; }
DOTNET_TieredCompilation=0 DOTNET_JitStdOutFile=listing DOTNET_JitDisasm='Known Unknown' built/Finding

# Constants of a method lie behind it, as RWD00 and so on: how many does its loop read, from the label that the last branch back goes to?
read_in_loop() {
    awk -v name="Code:$1(" '
        /; Assembly listing for method/ { ours = index($0, name) > 0; n = 0; delete place }
        !ours { next }
        /^G_M[0-9]+_IG[0-9]+:/ { sub(":.*", ""); place[$1] = n }
        { line[n++] = $0 }
        /^ +j/ && ($NF in place) { first = place[$NF]; last = n }
        END { for (i = first; i < last; i++) reads += line[i] ~ /@RWD/; print reads + 0 }' <(awk -v name="Code:$1(" '
            /; Assembly listing for method/ { ours = index($0, name) > 0 } ours' listing)
}

known=$(read_in_loop Known) unknown=$(read_in_loop Unknown)
echo "constants known to the compiler: $known read in each pass"
echo "constants read from an array:    $unknown read in each pass"
[ "$known" -eq 6 ] && [ "$unknown" -eq 0 ]
