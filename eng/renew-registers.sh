#!/usr/bin/env bash
# Records anew how many registers each kernel takes, after a change of the kernels: writes
# tests/GpuGan.Kernels.Tests/Devices/registers.txt, whose difference git then shows.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
GPUGAN_PTXAS=$(eng/ptxas.sh)
export GPUGAN_PTXAS
GPUGAN_RENEW=1 dotnet test -c Release tests/GpuGan.Kernels.Tests --settings tests/slow.runsettings --filter FullyQualifiedName~AssemblyTests
git --no-pager diff --stat -- tests/GpuGan.Kernels.Tests/Devices/registers.txt
