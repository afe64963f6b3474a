#!/usr/bin/env bash
# ILGPU 1.5.3: the time to compile a kernel grows with the square of the number of calls in it.
#
# Guess:  eight times as many calls of a small static method (a + b) take eight times as long to compile, as eight times as many operators
#         do: all methods are inlined, so that a call costs nothing in the end.
# Seen:   26 times as long; 16,000 calls take 12 times as long as the same operators written out. To inline a call ILGPU splits the block
#         behind it and moves all that follows into a new one.
#             operators   2000: 0.22 s,   16000: 0.86 s, 4 times
#             calls       2000: 0.41 s,   16000: 10.66 s, 26 times
#
# So what writes long kernels writes operators and intrinsics, not calls of methods around them. Takes about a minute.
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
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="ILGPU" Version="[1.5.3]" />
  </ItemGroup>
</Project>
XML

# Kernels with so many operators, and with so many calls.
{
    echo 'using ILGPU; static class Kernels { static float Add(float a, float b) => a + b;'
    for count in 2000 16000; do
        echo "public static void Operators$count(Index1D i, ArrayView<float> x) { float a = x[i], b = x[i + 1];"
        for ((n = 0; n < count; n++)); do echo 'a = a + b;'; done
        echo 'x[i] = a; }'
        echo "public static void Calls$count(Index1D i, ArrayView<float> x) { float a = x[i], b = x[i + 1];"
        for ((n = 0; n < count; n++)); do echo 'a = Add(a, b);'; done
        echo 'x[i] = a; }'
    done
    echo '}'
} > Kernels.cs

cat > Program.cs <<'CS'
using System.Diagnostics;
using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

// Processor time, in a context of its own, as a context keeps what it compiled.
static double Seconds(Action<Index1D, ArrayView<float>> kernel)
{
    using Context context = Context.Create(builder => builder.CPU());
    using Accelerator accelerator = context.CreateCPUAccelerator(0);
    TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
    accelerator.LoadAutoGroupedStreamKernel(kernel);
    return (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Seconds(Kernels.Calls2000); // ILGPU itself is compiled.
double few = Seconds(Kernels.Operators2000), many = Seconds(Kernels.Operators16000);
double fewCalls = Seconds(Kernels.Calls2000), manyCalls = Seconds(Kernels.Calls16000);
Console.WriteLine($"operators   2000: {few:f2} s,   16000: {many:f2} s, {many / few:f0} times");
Console.WriteLine($"calls       2000: {fewCalls:f2} s,   16000: {manyCalls:f2} s, {manyCalls / fewCalls:f0} times");

// Eight times would be in proportion.
return manyCalls / fewCalls > 16 && many / few < 16 ? 0 : 1;
CS

dotnet run -c Release
