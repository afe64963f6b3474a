#!/usr/bin/env bash
# Compares GpuGan's population training on the CPU with what else trains the same GAN here. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    cat <<'HELP'
usage: bench/compare.sh [--seconds N] [--rounds N] [--threads N] [--baseline FOLDER] [--json]

Builds what can be built here, runs the programs in turn, round after round, and prints the median of each and its
ratio to GpuGan's. What cannot be had here is skipped, with the reason. PyTorch and TorchSharp take about 2 GB at the
first run.

  --seconds N   how long each program is measured in a round; default 3
  --rounds N    at least 3; default 3
  --threads N   threads of each program; default all cores
  --baseline FOLDER
                another build of gpugan, such as that of an earlier commit, to be measured in the same rounds
  --json        a JSON object for each measurement instead of the table

GPUGAN='COMMAND' runs another build of gpugan.
HELP
}

say()  { echo "compare: $*" >&2; }
wrong() { say "$*, see --help"; exit 2; }

seconds=3 rounds=3 threads=$(nproc) json=no baseline=()
while [ $# -gt 0 ]; do
    case $1 in
        --help|-h) usage; exit 0 ;;
        --json)    json=yes; shift ;;
        --seconds|--rounds|--threads)
            [[ ${2-} =~ ^[1-9][0-9]{0,3}$ ]] || wrong "$1 needs a whole number from 1 to 9999"
            declare "${1#--}=$2"; shift 2 ;;
        --baseline)
            [ -f "${2-}/gpugan.dll" ] || wrong "--baseline needs a folder with gpugan.dll, such as src/GpuGan.Runner/bin/Release/net10.0 of another clone, not '${2-}'"
            baseline=(dotnet "$2/gpugan.dll"); shift 2 ;;
        *) wrong "unknown argument $1" ;;
    esac
done
[ "$rounds" -ge 3 ] || wrong "--rounds $rounds is too few for a median; at least 3"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# --- What can be had here ------------------------------------------------------------------------
declare -A reason=()                    # of each peer that is skipped

if [ -n "${GPUGAN-}" ]; then
    read -ra gpugan <<<"$GPUGAN"
else
    dotnet build -c Release src/GpuGan.Runner >"$work/log" 2>&1 || { tail -n 5 "$work/log" >&2; say 'gpugan does not build'; exit 1; }
    gpugan=(dotnet src/GpuGan.Runner/bin/Release/net10.0/gpugan.dll)
fi

# GCC 12 warns of its own header's undefined vectors.
if ! command -v g++ >/dev/null; then reason[floor]='no g++'
elif ! grep -qw avx2 /proc/cpuinfo 2>/dev/null; then reason[floor]='no AVX2'
elif ! g++ -std=c++17 -O3 -march=native -w -pthread bench/floor.cpp -o "$work/floor" 2>"$work/log"; then
    reason[floor]="g++: $(head -n 1 "$work/log")"
fi

python=()                               # the command that has PyTorch: this machine's, or the root folder's
if python3 -c 'import torch' 2>/dev/null; then python=(python3)
elif bench/peers-root.sh python3 -c 'import torch' 2>"$work/log"; then python=(bench/peers-root.sh python3)
else reason[eager]="no PyTorch ($(tail -n 1 "$work/log"))" reason[batched]=${reason[eager]}
fi

torchsharp=(dotnet bench/torchsharp/bin/Release/net10.0/linux-x64/eager.dll)
if [ "$(uname -sm)" != 'Linux x86_64' ]; then reason[torchsharp]='its libtorch is that for Linux on x64'
elif ! dotnet build -c Release bench/torchsharp >"$work/log" 2>&1; then
    reason[torchsharp]="does not build: $(grep -m 1 -o 'error .*' "$work/log" || tail -n 1 "$work/log")"
elif ! "${torchsharp[@]}" 1 >/dev/null 2>&1; then       # Debian 13's libstdc++ is new enough
    torchsharp=(bench/peers-root.sh "${torchsharp[@]}")
    "${torchsharp[@]}" 1 >/dev/null 2>"$work/log" || reason[torchsharp]="no libtorch ($(tail -n 1 "$work/log"))"
fi

# --- Measuring -----------------------------------------------------------------------------------
# measure NAME COMMAND...: keeps the command's GAN-steps per second, or why there are none.
measure() {
    local name=$1 value; shift
    [ -z "${reason[$name]-}" ] || return 0
    if ! "$@" >"$work/out" 2>"$work/err"; then
        reason[$name]="failed: $(tail -n 1 "$work/err")"
        return 0
    fi
    value=$(grep -oE '"gan_steps_per_second": *[0-9.e+]+' "$work/out" | sed 's/.*: *//' | head -n 1)
    if [ -z "$value" ]; then reason[$name]='printed no gan_steps_per_second'; return 0; fi
    echo "$value" >>"$work/$name.rates"
    if [ "$json" = yes ]; then
        printf '{"program":"%s","round":%d,"gan_steps_per_second":%s}\n' "$name" "$round" "$value"
    fi
}

for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    measure gpugan     "${gpugan[@]}" bench --device cpu --threads "$threads" --population 4096 --seconds "$seconds" --json
    [ ${#baseline[@]} -eq 0 ] || measure baseline "${baseline[@]}" bench --device cpu --threads "$threads" --population 4096 --seconds "$seconds" --json
    measure floor      "$work/floor" 4096 "$seconds" "$threads"
    # Several populations, each on one thread and on all: a shorter time for each.
    measure batched    "${python[@]}" bench/batched.py 1 "$threads"
    measure gpugan-1   "${gpugan[@]}" bench --device cpu --threads "$threads" --population 1 --seconds "$seconds" --json
    [ ${#baseline[@]} -eq 0 ] || measure baseline-1 "${baseline[@]}" bench --device cpu --threads "$threads" --population 1 --seconds "$seconds" --json
    measure eager      "${python[@]}" bench/eager.py 1
    measure torchsharp "${torchsharp[@]}" 1
done

# --- The table -----------------------------------------------------------------------------------
median() { sort -g "$work/$1.rates" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

# row NAME REFERENCE WHAT
row() {
    local rate reference=0
    if [ -n "${reason[$1]-}" ]; then
        if [ "$json" = yes ]; then
            printf '{"program":"%s","skipped":"%s"}\n' "$1" "$(tr -d '"\\' <<<"${reason[$1]}" | tr '\n\t' '  ')"
        else
            printf '%-34s skipped: %s\n' "$3" "${reason[$1]}"
        fi
        return
    fi
    rate=$(median "$1")
    [ -n "${reason[$2]-}" ] || reference=$(median "$2")
    awk -v json="$json" -v name="$1" -v what="$3" -v rate="$rate" -v reference="$reference" 'BEGIN {
        ratio = reference > 0 ? sprintf("%.3g", rate / reference) : (json == "yes" ? "null" : "-")
        if (json == "yes") printf "{\"program\":\"%s\",\"median\":%.4g,\"ratio\":%s,\"seconds_per_training\":%.4g}\n", name, rate, ratio, 2500 / rate
        else printf "%-34s %12.3g %10s %14.3g ms\n", what, rate, ratio, 2.5e6 / rate }'
}

[ "$json" = yes ] || printf '\n%-34s %12s %10s %17s\n' "$threads threads, $rounds rounds" 'GAN-steps/s' 'ratio' 'a training (2,500)'
row gpugan     gpugan   'GpuGan, 4,096 GANs'
[ ${#baseline[@]} -eq 0 ] || row baseline gpugan 'the other build, 4,096 GANs'
row floor      gpugan   'floor in C++, 4,096 GANs'
row batched    gpugan   'batched PyTorch, its best N'
[ "$json" = yes ] || echo
row gpugan-1   gpugan-1 'GpuGan, one GAN'
[ ${#baseline[@]} -eq 0 ] || row baseline-1 gpugan-1 'the other build, one GAN'
row eager      gpugan-1 'eager PyTorch, one GAN, 1 thread'
row torchsharp gpugan-1 'TorchSharp, one GAN, 1 thread'
[ -z "${reason[gpugan]-}" ] && [ -z "${reason[gpugan-1]-}" ]    # a peer may be missing, GpuGan may not
