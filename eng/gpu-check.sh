#!/usr/bin/env bash
# Checks a machine with a GPU that has neither a .NET SDK nor a network. See --help.
set -euo pipefail

self=$(readlink -f "$0")
here=$(dirname "$self")
folder=gpugan-check                     # what the archive unpacks to

usage() {
    cat <<'HELP'
usage: eng/gpu-check.sh publish [FILE]
       gpu-check.sh [--without-bench] [REPORT]

The first, in a clone on a machine with the .NET 10 SDK, packs the program, the parity tests, the
.NET runtime and this script into FILE (gpugan-check.tar.gz, under 70 MB), for Linux on x64.

The second, where FILE was unpacked (tar -xzf FILE, then gpugan-check/gpu-check.sh), runs gpugan
devices, gpugan verify on each device, the parity tests and gpugan bench, each within a time limit,
all within 8 minutes, the most telling first. With a CUDA GPU it also trains a million GANs, exactly
and in fast math, and compares a population with the CPU's. It needs OpenSSL 3 or 1.1 and glibc,
nothing else. The folder REPORT (gpu-report; new or empty) takes their outputs and summary.txt.

Exits with 0 when all agree; 1 when a step fails, or an NVIDIA GPU is here that was not verified;
2 on wrong arguments.
HELP
}

say()  { echo "gpu-check: $*" >&2; }
fail() { say "$1"; exit "${2:-1}"; }

# --- With the SDK: make the archive ----------------------------------------------------------
publish() {
    local file part project
    file=$(realpath -m -- "${1:-$folder.tar.gz}")
    part=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$part'" EXIT
    cd "$here/.."

    # Into one folder, so that both share the runtime. The test project makes itself a program of its own.
    for project in src/GpuGan.Runner tests/GpuGan.Parity.Tests; do
        dotnet publish "$project" -c Release -r linux-x64 --self-contained -o "$part/$folder/bin" \
            -p:EnableNUnitRunner=true -p:UseAppHost=true -p:SatelliteResourceLanguages=en >"$part/log" 2>&1 </dev/null ||
            { cat "$part/log" >&2; fail "cannot publish $project"; }
    done
    cp "$self" "$part/$folder/"

    # What only debuggers, documentation and the measuring of coverage need.
    (cd "$part/$folder/bin" &&
        rm -rf ./*.pdb ./*.xml CodeCoverage Microsoft.CodeCoverage.* Mono.Cecil* alpine arm64 macos ubuntu x64 x86)
    tar -C "$part" -c --sort=name --owner=0 --group=0 --numeric-owner "$folder" | gzip -9n >"$part/archive"
    [ "$(stat -c %s "$part/archive")" -lt 70000000 ] || fail "the archive has $(stat -c %s "$part/archive") bytes; 70000000 is the most"
    mv "$part/archive" "$file"
    echo "$file: $(($(stat -c %s "$file") / 1000000)) MB"
}

# --- Without it: run everything --------------------------------------------------------------
summary() { echo "$*" | tee -a "$report/summary.txt"; }

# One step: its name, its limit in seconds, the file for its output, its command. All steps together end in time.
failed=0
step() {
    local name=$1 limit=$2 output=$3 code=0 start=$SECONDS left=$((deadline - SECONDS))
    shift 3
    [ "$left" -ge 5 ] || { verdict "$name" 1 'not run: no time was left'; return 0; }
    [ "$limit" -le "$left" ] || limit=$left
    timeout -k 5 "$limit" "$@" >"$report/$output" 2>"$report/$name.err" </dev/null || code=$?
    [ -s "$report/$name.err" ] || rm "$report/$name.err"
    verdict "$name" "$code" "$((SECONDS - start)) s, $output$([ "$code" -ne 124 ] || echo ", stopped after $limit s")"
}

verdict() {
    [ "$2" -eq 0 ] || failed=$((failed + 1))
    summary "$(printf '%-20s exit code %-4s %s' "$1" "$2" "$3")"
}

skipped() { summary "$(printf '%-20s skipped        %s' "$1" "$2")"; }

# The texts of a member of a file of JSON, and the numbers.
texts()   { sed -nE "s/^ *\"$1\": \"(.*)\",?\$/\1/p" "$report/$2" 2>/dev/null || true; }
numbers() { sed -nE "s/^ *\"$1\": ([0-9.e+-]+),?\$/\1/p" "$report/$2" 2>/dev/null || true; }

# Some drivers and containers bring libcuda.so.1 without the link libcuda.so that ILGPU loads; gpugan devices says so.
link_driver() {
    local library
    library=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | sed -nE 's/^\s*libcuda\.so\.1 \(.*x86-64.*\) => (.*)$/\1/p' | head -n 1)
    [ -n "$library" ] || return 0
    ln -s "$library" "$scratch/libcuda.so"
    export LD_LIBRARY_PATH=$scratch${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    summary "for this check alone, $scratch/libcuda.so was made a link to $library"
    step devices-linked 30 devices.json "$bin/gpugan" devices --json
}

# What a GPU is worth: a million GANs in exact arithmetic and in fast math, as a benchmark and as whole trainings; then wider
# ones in the tiled engine, a thousand at once and one alone.
measure() {
    local gpu=$1 name million=(--population 1000000 --device "$1")
    step bench-exact 60 bench-exact.json "$bin/gpugan" bench "${million[@]}" --seconds 3 --json
    step bench-fast-math 60 bench-fast-math.json "$bin/gpugan" bench "${million[@]}" --seconds 3 --json --fast-math
    step train-exact 60 train-exact.json "$bin/gpugan" train "${million[@]}" --out "$scratch/exact" --json
    step train-fast-math 60 train-fast-math.json "$bin/gpugan" train "${million[@]}" --out "$scratch/fast" --json --fast-math
    for name in 32 64 128; do
        step "bench-width-$name" 20 "bench-width-$name.json" "$bin/gpugan" bench --device "$gpu" --seconds 2 --json \
            --generator "2-$name-$name-2" --discriminator "2-$name-$name-1" --batch-size "$((name == 128 ? 256 : 64))" --population 1000
        step "bench-alone-$name" 20 "bench-alone-$name.json" "$bin/gpugan" bench --device "$gpu" --seconds 2 --json \
            --generator "2-$name-$name-2" --discriminator "2-$name-$name-1" --batch-size "$((name == 128 ? 256 : 64))"
    done
    step bench-alone-wide 30 bench-alone-wide.json "$bin/gpugan" bench --device "$gpu" --seconds 2 --json \
        --generator 2-400-400-400-400-2 --discriminator 2-200-200-200-200-1 --batch-size 128
    for name in bench-exact bench-fast-math train-exact train-fast-math bench-{width,alone}-{32,64,128} bench-alone-wide; do
        summary "$(printf '%-20s GAN-steps/s    %s' "$name" "$(numbers gan_steps_per_second "$name.json")")"
    done
}

# The members of a population, one GAN in each lane, are the same on the GPU and on the CPU.
compare_populations() {
    local gpu=$1 device
    for device in "$gpu" cpu; do
        step "population-${device%:*}" 60 "population-${device%:*}.json" \
            "$bin/gpugan" train --population 4096 --device "$device" --out "$scratch/${device%:*}" --json
    done
    if cmp -s "$scratch/${gpu%:*}/members.csv" "$scratch/cpu/members.csv"; then
        verdict population 0 "4096 members of $gpu have the bytes of the CPU's"
    else
        verdict population 1 "4096 members of $gpu have not the bytes of the CPU's"
    fi
}

sampler='' scratch=''
clean_up() {
    [ -z "$sampler" ] || kill "$sampler" 2>/dev/null || true
    rm -rf "$scratch"
}

check() {
    local word gpu='' compared=()
    [ -x "$bin/gpugan" ] || fail "$bin/gpugan is not there; unpack what 'eng/gpu-check.sh publish' makes, and run the script in it"
    [ -z "$(ls -A "$report" 2>/dev/null)" ] || fail "$report is not empty; give another folder"
    mkdir -p "$report" || fail "cannot make $report"
    report=$(realpath "$report")
    scratch=$(mktemp -d)
    trap clean_up EXIT
    deadline=$((SECONDS + 465))
    export TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

    summary "gpugan $("$bin/gpugan" --version), $(date -u +%Y-%m-%dT%H:%M:%SZ), $(uname -sr), $(nproc) cores"
    if command -v nvidia-smi >/dev/null; then
        step nvidia-smi 20 nvidia-smi.txt nvidia-smi -q
        timeout 480 nvidia-smi --query-gpu=timestamp,index,name,clocks.sm,utilization.gpu,power.draw,temperature.gpu --format=csv -l 1 \
            >"$report/clocks.csv" 2>&1 </dev/null & sampler=$!
    else
        skipped nvidia-smi 'not here'
    fi
    step devices 30 devices.json "$bin/gpugan" devices --json
    if [[ $(texts reason devices.json) == *'libcuda.so.1 is here'* ]]; then link_driver; fi

    # Each by itself: what hangs on one device does not hide the others.
    for word in $(texts device devices.json); do
        step "verify-${word/:/-}" 90 "verify-${word/:/-}.json" "$bin/gpugan" verify --device "$word" --json
        grep -qs "^ *\"accelerator\": \"$word\"" "$report/verify-${word/:/-}.json" && compared+=("$word")
    done

    # Where there is a GPU, agreement of the CPU with itself is not enough.
    if ! { timeout 20 nvidia-smi -L >/dev/null 2>&1 || [ -e /dev/nvidiactl ]; }; then
        skipped cuda "no NVIDIA GPU here; compared: ${compared[*]}"
    elif [[ " ${compared[*]} " == *' cuda:'* ]]; then
        verdict cuda 0 "compared: ${compared[*]}"
        gpu=cuda:0
    else
        verdict cuda 1 "an NVIDIA GPU is here, but only these were compared: ${compared[*]} ($(texts reason devices.json | paste -sd\; | sed 's/;/; /g'))"
    fi

    if [ "$bench" = yes ] && [ -n "$gpu" ]; then measure "$gpu"; fi
    if [ -n "$gpu" ]; then compare_populations "$gpu"; fi

    # The long trainings too, but only on GPUs.
    local tests=("$bin/GpuGan.Parity.Tests" --no-ansi --output Detailed --filter)
    case " ${compared[*]} " in
        *:*) step parity-gpu 150 parity-gpu.log "${tests[@]}" 'FullyQualifiedName~cuda|FullyQualifiedName~opencl' ;;
    esac
    if [ "$bench" = no ]; then skipped bench 'not asked for'
    else step bench 110 bench.txt "$bin/gpugan" bench --device auto --out "$report/bench"; fi
    step parity-cpu 240 parity-cpu.log "${tests[@]}" 'TestCategory!=Slow&FullyQualifiedName!~cuda:&FullyQualifiedName!~opencl:'

    if [ "$failed" -eq 0 ]; then summary 'all agree'; else summary "$failed failed"; exit 1; fi
}

bench=yes
case ${1-} in
    --help|-h)       usage; exit 0 ;;
    publish)         [ $# -le 2 ] || fail 'publish takes one FILE, see --help' 2; publish "${@:2}"; exit ;;
    --without-bench) bench=no; shift ;;
esac
case ${1-} in -*) fail "unknown option $1, see --help" 2 ;; esac
[ $# -le 1 ] || fail 'only one REPORT is taken, see --help' 2
bin=$here/bin
report=${1:-gpu-report}
check
