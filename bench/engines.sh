#!/usr/bin/env bash
# Measures the engines beside each other over a grid of networks. See --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
    cat <<'HELP'
usage: bench/engines.sh [--seconds N] [--rounds N] [--threads N]

Trains one GAN, and many, of several widths and batches by the compiled engine and by the tiled one in turn, round after round, and
prints the medians in GAN-steps/s as CSV. docs/benchmarks/engines.csv is such a table; what --engine auto takes is held against it.

  --seconds N   how long each engine is measured in a round; default 1
  --rounds N    default 3
  --threads N   default all cores
HELP
}

seconds=1 rounds=3 threads=$(nproc)
while [ $# -gt 0 ]; do
    case $1 in
        --help|-h) usage; exit 0 ;;
        --seconds|--rounds|--threads)
            [[ ${2-} =~ ^[1-9][0-9]{0,3}$ ]] || { echo "engines: $1 needs a whole number from 1 to 9999, see --help" >&2; exit 2; }
            declare "${1#--}=$2"; shift 2 ;;
        *) echo "engines: unknown argument $1, see --help" >&2; exit 2 ;;
    esac
done

# Generator and discriminator: from the chapter's 43 parameters to the most that the compiled engine takes.
shapes=('2-2 2-5-3-1' '2-8-2 2-8-1' '2-8-2 2-8-8-1' '2-8-8-2 2-8-8-1' '2-10-10-2 2-10-10-1' '2-12-12-2 2-12-12-1' '2-16-2 2-16-16-1' '2-24-24-2 2-24-24-1')
batches=(8 64 512)
populations=(1 64)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build -c Release src/GpuGan.Runner >"$work/log" 2>&1 || { tail -n 5 "$work/log" >&2; exit 1; }
rate() {
    dotnet src/GpuGan.Runner/bin/Release/net10.0/gpugan.dll bench --device cpu --threads "$threads" --seconds "$seconds" --json "$@" |
        grep -oE '"gan_steps_per_second": *[0-9.e+-]+' | sed 's/.*: *//'
}
median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

points=()
for shape in "${shapes[@]}"; do
    for batch in "${batches[@]}"; do
        for population in "${populations[@]}"; do points+=("$population $shape $batch"); done
    done
done
for ((round = 1; round <= rounds; round++)); do
    for i in "${!points[@]}"; do
        read -r population generator discriminator batch <<<"${points[i]}"
        echo "engines: round $round of $rounds, $population x $generator / $discriminator, batch $batch" >&2
        for engine in compiled tiled; do
            rate --engine "$engine" --population "$population" --generator "$generator" --discriminator "$discriminator" --batch-size "$batch" >>"$work/$engine.$i"
        done
    done
done

echo 'population,generator,discriminator,batch_size,compiled,tiled'
for i in "${!points[@]}"; do
    echo "${points[i]// /,},$(median "$work/compiled.$i"),$(median "$work/tiled.$i")"
done
