#!/usr/bin/env bash
# Compares networks of several widths with PyTorch on this CPU. See --help.
set -euo pipefail
called=$PWD
cd "$(dirname "$0")/.."

usage() {
    cat <<'HELP'
usage: bench/widths.sh [--seconds N] [--rounds N] [--threads N] [--csv FILE]

Trains GANs of several widths by GpuGan and by PyTorch in turn, round after round: one GAN (eager.py), and 16 at once
(batched.py). Each PyTorch has the better of one thread and all. Prints the medians in GAN-steps/s, their ratios, and how many of
the cores' multiply-adds GpuGan's matrix products are. Needs PyTorch, or root to make a folder that has it (peers-root.sh).

  --seconds N   how long each program is measured in a round; default 2
  --rounds N    default 3
  --threads N   threads of each program; default all cores
  --csv FILE    write the table there too, for 'gpugan bench --compare --out', which draws it
HELP
}

seconds=2 rounds=3 threads=$(nproc) csv=/dev/null
while [ $# -gt 0 ]; do
    case $1 in
        --help|-h) usage; exit 0 ;;
        --csv)     [ -n "${2-}" ] || { echo 'widths: --csv needs a FILE, see --help' >&2; exit 2; }; csv=$(cd "$called" && realpath -m "$2"); shift 2 ;;
        --seconds|--rounds|--threads)
            [[ ${2-} =~ ^[1-9][0-9]{0,3}$ ]] || { echo "widths: $1 needs a whole number from 1 to 9999, see --help" >&2; exit 2; }
            declare "${1#--}=$2"; shift 2 ;;
        *) echo "widths: unknown argument $1, see --help" >&2; exit 2 ;;
    esac
done

# Generator, discriminator, batch: the chapter's; wider ones; a ring's; hundreds of thousands of parameters.
shapes=(
    '2-2 2-5-3-1 8'
    '2-16-2 2-16-16-1 8'
    '16-16-16-16-16-2 2-16-16-16-16-1 512'
    '2-64-64-2 2-64-64-1 64'
    '2-64-64-2 2-64-64-1 256'
    '2-128-128-2 2-128-128-1 256'
    '64-256-256-2 2-256-256-1 256'
    '2-400-400-400-400-2 2-200-200-200-200-1 128'
)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release src/GpuGan.Runner >"$work/log" 2>&1 || { tail -n 5 "$work/log" >&2; exit 1; }
gpugan=(dotnet src/GpuGan.Runner/bin/Release/net10.0/gpugan.dll)
if python3 -c 'import torch' 2>/dev/null; then python=(python3)
elif bench/peers-root.sh python3 -c 'import torch' 2>"$work/log"; then python=(bench/peers-root.sh python3)
else echo "widths: no PyTorch: $(tail -n 1 "$work/log")" >&2; exit 77
fi

# A number of a JSON object by its name, and the median of those in a file.
number() { grep -oE "\"$1\": *[0-9.e+-]+" | sed 's/.*: *//' | head -n 1; }
median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

for ((round = 1; round <= rounds; round++)); do
    for i in "${!shapes[@]}"; do
        read -r generator discriminator batch <<<"${shapes[i]}"
        echo "widths: round $round of $rounds, $generator / $discriminator, batch $batch" >&2
        point=("${gpugan[@]}" bench --device cpu --threads "$threads" --seconds "$seconds" --json --generator "$generator" --discriminator "$discriminator" --batch-size "$batch")
        "${point[@]}" >"$work/out"
        number gan_steps_per_second <"$work/out" >>"$work/one.$i"
        number share_of_peak <"$work/out" >>"$work/share.$i" || true       # the compiled engine has none
        "${point[@]}" --population 16 | number gan_steps_per_second >>"$work/many.$i"
        "${python[@]}" bench/eager.py --widths "$generator" "$discriminator" "$batch" "$seconds" "$threads" | number gan_steps_per_second >>"$work/eager.$i"
        "${python[@]}" bench/batched.py --widths "$generator" "$discriminator" "$batch" "$seconds" "$threads" 16 | number gan_steps_per_second >>"$work/batched.$i"
    done
done

echo 'generator,discriminator,batch_size,gpugan,share_of_peak,eager,gpugan_16,batched_16' >"$csv"
printf '%-48s %5s | %9s %9s %7s %8s | %9s %9s %7s\n' 'networks' 'batch' 'GpuGan' 'eager' 'ratio' 'of peak' '16 GANs' 'batched' 'ratio'
for i in "${!shapes[@]}"; do
    read -r generator discriminator batch <<<"${shapes[i]}"
    one=$(median "$work/one.$i") eager=$(median "$work/eager.$i") many=$(median "$work/many.$i") batched=$(median "$work/batched.$i")
    share=$(median "$work/share.$i" 2>/dev/null || echo 0)
    echo "$generator,$discriminator,$batch,$one,$share,$eager,$many,$batched" >>"$csv"
    awk -v name="$generator / $discriminator" -v batch="$batch" -v one="$one" -v eager="$eager" -v many="$many" -v batched="$batched" -v share="$share" \
        'BEGIN { printf "%-48s %5d | %9.4g %9.4g %7.3g %7.0f%% | %9.4g %9.4g %7.3g\n", name, batch, one, eager, one / eager, 100 * share, many, batched, many / batched }'
done
