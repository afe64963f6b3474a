#!/usr/bin/env bash
# Takes networks from gpugan to PyTorch and back, and compares what they make. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    cat <<'HELP'
usage: eng/pytorch-check.sh

Trains the chapter's networks and deeper ones, exports them, loads them in PyTorch, strictly, and compares the outputs of 1,000
rows with gpugan's; then samples with gpugan what PyTorch has saved. Two outputs may differ by what rounding to float32 explains.

Takes this machine's PyTorch, else that of Debian 13 in the root folder of bench/peers-root.sh (a few minutes at the first
run). Where neither can be had it exits with 77, "skipped".
HELP
}

case "$# ${1-}" in
    "0 ")              ;;
    "1 --help"|"1 -h") usage; exit 0 ;;
    *)                 echo 'pytorch-check: wrong arguments, see --help' >&2; exit 2 ;;
esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT
python=(python3)
if ! python3 -c 'import torch' 2>/dev/null; then
    python=(bench/peers-root.sh python3)
    if ! "${python[@]}" -c 'import torch' 2>"$log"; then
        echo "pytorch-check: skipped: no PyTorch here, and $(tail -n 1 "$log")" >&2
        exit 77
    fi
fi
dotnet build -c Release --nologo -v quiet src/GpuGan.Runner >&2
"${python[@]}" eng/pytorch-check.py
