#!/usr/bin/env bash
# Packs the library and the tool, and uses both as strangers would: the library's examples are compiled against the package
# and run, and the tool is installed from the folder alone and run. Leaves nothing behind. Needs the .NET 10 SDK.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "package-check: $*" >&2; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
packages=$folder/packages
mkdir "$folder/source"
# A version of its own, so that no package that was installed before stands in for it.
version=0.0.0-check.$(date +%s)
export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}

echo '-- pack'
# From a copy, so that no assembly of that version stays in the clone.
git ls-files -z --cached --others --exclude-standard src examples '*.props' LICENSE .editorconfig tests/Reference | xargs -0 cp --parents -t "$folder/source"
for project in GpuGan.Kernels GpuGan.Runner; do
    dotnet pack "$folder/source/src/$project" -c Release -o "$packages" -p:Version="$version" > "$folder/log" 2>&1 ||
        { cat "$folder/log" >&2; fail "dotnet pack $project failed"; }
    ! grep -E 'warning|error' "$folder/log" >&2 || fail "dotnet pack $project warns"
done

# Half of what the builds of Skia for all systems take.
size=$(stat -c %s "$packages/gpugan.$version.nupkg")
[ "$size" -le 40000000 ] || fail "the tool's package has $size bytes, more than 40 MB"

# A package as it was unpacked tells of itself.
require_metadata() {
    grep -q '<license type="expression">MIT</license>' "$1"/*.nuspec || fail "$1 names no licence"
    grep -q '<readme>README.md</readme>' "$1"/*.nuspec && [ -s "$1/README.md" ] || fail "$1 has no README"
}

# Prints what the example prints.
run_example() {
    mkdir "$folder/$1"
    cp "examples/$1/"*.cs "$folder/$1/"
    cat > "$folder/$1/$1.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <InvariantGlobalization>true</InvariantGlobalization>
    <RestoreAdditionalProjectSources>$packages</RestoreAdditionalProjectSources>
    <RestorePackagesPath>$folder/restored</RestorePackagesPath>
    <RestoreFallbackFolders>${NUGET_PACKAGES:-$HOME/.nuget/packages}</RestoreFallbackFolders>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="GpuGan.Kernels" Version="$version" />
  </ItemGroup>
</Project>
PROJECT
    (cd "$folder/$1" && dotnet run -c Release) > "$folder/$1.log" 2> "$folder/$1.error" || { cat "$folder/$1.log" "$folder/$1.error" >&2; fail "$1 failed"; }
    cat "$folder/$1.log"
}

for example in OwnData OwnGame Thousand TrainOne; do
    echo "-- the library: $example, compiled against the package"
    run_example $example
done
require_metadata "$folder/restored/gpugan.kernels/$version"
library=$(sed -n 's/^weights_sha256 //p' "$folder/TrainOne.log")

echo '-- the tool: installed from the folder alone'
cat > "$folder/nuget.config" <<CONFIG
<configuration>
  <packageSources><clear /><add key="folder" value="$packages" /></packageSources>
</configuration>
CONFIG
dotnet tool install gpugan --version "$version" --tool-path "$folder/tools" --configfile "$folder/nuget.config" \
    > "$folder/log" 2>&1 || { cat "$folder/log" >&2; fail 'the tool cannot be installed'; }
require_metadata "$folder/tools/.store/gpugan/$version/gpugan/$version"
[ -s "$folder/tools/.store/gpugan/$version/gpugan/$version/THIRD-PARTY-NOTICES.txt" ] || fail 'the tool does not tell of its font'
cd "$folder"
gpugan=$folder/tools/gpugan
[[ "$("$gpugan" --version)" == "$version"* ]] || fail "gpugan --version says $("$gpugan" --version), not $version"
"$gpugan" --seed 7 --lr-g 0.01 --quiet --out run > log || fail 'gpugan train failed'
tool=$(sed -n 's/^weights_sha256 *//p' log)
echo "weights_sha256 $tool"
[ -n "$tool" ] && [ "$tool" = "$library" ] || fail "tool and library made different weights: $tool, $library"
cmp run/weights.safetensors TrainOne/weights.safetensors || fail 'tool and library saved different files'
[ "$(find run -name '*.png' -o -name '*.svg' | wc -l)" = 10 ] || fail 'the pictures are missing'
"$gpugan" sample run -n 3
# The recorded trainings travel inside of the program.
"$gpugan" verify --device cpu | tail -n 1
