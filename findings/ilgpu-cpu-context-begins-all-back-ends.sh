#!/usr/bin/env bash
# ILGPU 1.5.3: a context for the CPU alone fills the tables of the PTX and OpenCL back ends, and has some 700 methods compiled before
# it can launch anything.
#
# Guess:  `Context.Create(builder => builder.CPU())` and its accelerator begin what the CPU needs, in a few milliseconds; the other back ends
#         begin with a device of theirs.
# Seen:   most of a tenth of a second is spent on compiling ILGPU itself: types, transformations, and the tables of intrinsics of both other
#         back ends, though there is neither a driver nor a device.
#             context and accelerator: 739 methods compiled, 0.066 s of compilation
#             of them for PTX: 17, for OpenCL: 7
#
# So a program that may need no kernel at all should open the accelerator when it launches the first one. Takes some seconds.
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
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="ILGPU" Version="[1.5.3]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CS'
using System.Globalization;
using System.Runtime;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
long before = JitInfo.GetCompiledMethodCount();
TimeSpan start = JitInfo.GetCompilationTime();
using Context context = Context.Create(builder => builder.CPU());
using Accelerator accelerator = context.CreateCPUAccelerator(0);
long compiled = JitInfo.GetCompiledMethodCount() - before;
Console.WriteLine($"context and accelerator: {compiled} methods compiled, {(JitInfo.GetCompilationTime() - start).TotalSeconds:f3} s of compilation");
return compiled > 400 ? 0 : 1;
CS

dotnet build -c Release -o built > log 2>&1 || { cat log; exit 1; }
DOTNET_JitStdOutFile=methods DOTNET_JitDisasmSummary=1 dotnet built/Finding.dll
ptx=$(grep -c 'JIT compiled ILGPU.Backends.PTX' methods || true) opencl=$(grep -c 'JIT compiled ILGPU.Backends.OpenCL' methods || true)
echo "of them for PTX: $ptx, for OpenCL: $opencl"
[ "$ptx" -gt 0 ] && [ "$opencl" -gt 0 ]
