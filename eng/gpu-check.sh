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
.NET runtime and this script into FILE (gpugan-check.tar.gz, under 60 MB), for Linux on x64.

The second, where FILE was unpacked (tar -xzf FILE, then gpugan-check/gpu-check.sh), runs gpugan
devices, gpugan verify, the parity tests and, if the program has one, gpugan bench, each within a
time limit, all within 8 minutes. It needs OpenSSL 3 or 1.1 and glibc, nothing else. The folder
REPORT (gpu-report; new or empty) takes their outputs and summary.txt.

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
    [ "$(stat -c %s "$part/archive")" -lt 60000000 ] || fail "the archive has $(stat -c %s "$part/archive") bytes; 60000000 is the most"
    mv "$part/archive" "$file"
    echo "$file: $(($(stat -c %s "$file") / 1000000)) MB"
}

# --- Without it: run everything --------------------------------------------------------------
summary() { echo "$*" | tee -a "$report/summary.txt"; }

# One step: its name, its limit in seconds, the file for its output, its command.
failed=0
step() {
    local name=$1 limit=$2 output=$3 code=0 start=$SECONDS
    shift 3
    timeout -k 5 "$limit" "$@" >"$report/$output" 2>"$report/$name.err" </dev/null || code=$?
    [ -s "$report/$name.err" ] || rm "$report/$name.err"
    verdict "$name" "$code" "$((SECONDS - start)) s, $output$([ "$code" -ne 124 ] || echo ", stopped after $limit s")"
}

verdict() {
    [ "$2" -eq 0 ] || failed=$((failed + 1))
    summary "$(printf '%-12s exit code %-4s %s' "$1" "$2" "$3")"
}

skipped() { summary "$(printf '%-12s skipped        %s' "$1" "$2")"; }

check() {
    [ -x "$bin/gpugan" ] || fail "$bin/gpugan is not there; unpack what 'eng/gpu-check.sh publish' makes, and run the script in it"
    [ -z "$(ls -A "$report" 2>/dev/null)" ] || fail "$report is not empty; give another folder"
    mkdir -p "$report" || fail "cannot make $report"
    export TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

    summary "gpugan $("$bin/gpugan" --version), $(date -u +%Y-%m-%dT%H:%M:%SZ), $(uname -sr), $(nproc) cores"
    if command -v nvidia-smi >/dev/null; then step nvidia-smi 20 nvidia-smi.txt nvidia-smi; else skipped nvidia-smi 'not here'; fi
    step devices 30 devices.json "$bin/gpugan" devices --json
    step verify 120 verify.json "$bin/gpugan" verify --json

    # Where there is a GPU, agreement of the CPU with itself is not enough.
    local compared
    compared=$(sed -nE 's/^ *"accelerator": "(.*)",$/\1/p' "$report/verify.json" | uniq | paste -sd, | sed 's/,/, /g')
    if ! { timeout 20 nvidia-smi -L >/dev/null 2>&1 || [ -e /dev/nvidiactl ]; }; then
        skipped cuda "no NVIDIA GPU here; compared: $compared"
    elif [[ $compared == *cuda:* ]]; then
        verdict cuda 0 "compared: $compared"
    else
        verdict cuda 1 "an NVIDIA GPU is here, but only these were compared: $compared; devices.json tells why"
    fi

    # The long trainings too, but only on GPUs.
    step parity 120 parity.log "$bin/GpuGan.Parity.Tests" --no-ansi --output Detailed \
        --filter 'TestCategory!=Slow|FullyQualifiedName~cuda|FullyQualifiedName~opencl'
    if [ "$bench" = no ]; then
        skipped bench 'not asked for'
    elif ! "$bin/gpugan" --help | grep '^ *bench ' >/dev/null; then
        skipped bench 'gpugan has no such command'
    else
        step bench 160 bench.json "$bin/gpugan" bench --device auto --json
    fi

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
