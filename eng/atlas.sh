#!/usr/bin/env bash
# Makes the tables and pictures of docs/atlas.md again. See --help.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

usage() {
    cat <<'HELP'
usage: eng/atlas.sh [--seeds N] [--work FOLDER] [--tables] [NAME...]

Trains the sweep of each docs/atlas/specifications/NAME.json, all of them or those named, and writes docs/atlas/NAME.json, what came of it;
docs/atlas/first/NAME.json, what came of its first 512 seeds, which a test trains again; docs/atlas/NAME.png, where the page shows it;
docs/atlas/NAME-collapse.csv, how many generators lie on a line, of some; and the tables of docs/atlas.md.
About 20 seconds a combination of 16,384 seeds on two cores, more where there are many steps. What is interrupted goes on where it was when the same folder is given.

  --seeds N      instead of those of the specification; more can be added later, in the same folder
  --work FOLDER  where the sweeps are kept; default runs/atlas
  --tables       trains nothing, writes the tables only

GPUGAN='COMMAND' runs another build of gpugan.
HELP
}

# Of these the collapse onto a line is told, which needs the generators themselves.
flat='momentum loss learning-rates decay averaging updates activation discriminator recipe'
first=512 seeds='' work=runs/atlas train=yes names=()
while [ $# -gt 0 ]; do
    case $1 in
        --help|-h) usage; exit 0 ;;
        --seeds)
            [[ ${2-} =~ ^[1-9][0-9]{0,6}$ ]] || { echo "atlas: --seeds needs a whole number, see --help" >&2; exit 2; }
            seeds=$2; shift 2 ;;
        --work)   work=${2:?"--work needs a folder"}; shift 2 ;;
        --tables) train=no; shift ;;
        -*) echo "atlas: unknown option $1, see --help" >&2; exit 2 ;;
        *)
            [ -f "docs/atlas/specifications/$1.json" ] || { echo "atlas: there is no docs/atlas/specifications/$1.json" >&2; exit 2; }
            names+=("$1"); shift ;;
    esac
done
if [ ${#names[@]} -eq 0 ]; then
    for file in docs/atlas/specifications/*.json; do names+=("$(basename "$file" .json)"); done
fi

if [ -n "${GPUGAN-}" ]; then
    read -ra gpugan <<<"$GPUGAN"
else
    dotnet build -c Release src/GpuGan.Runner >/dev/null
    gpugan=(dotnet src/GpuGan.Runner/bin/Release/net10.0/gpugan.dll)
fi

if [ $train = yes ]; then
    mkdir -p "$work" docs/atlas/first
    for name in "${names[@]}"; do
        specification=docs/atlas/specifications/$name.json folder=$work/$name
        echo "atlas: $name" >&2
        if [ ! -e "docs/atlas/first/$name.json" ] || [ ! -e "$folder" ]; then
            "${gpugan[@]}" sweep --spec "$specification" --seeds $first --out "$folder" --no-plots --quiet >/dev/null
            cp "$folder/summary.json" "docs/atlas/first/$name.json"
        fi
        csv=()
        [ "$name" != last-bit ] || csv=(--csv)
        "${gpugan[@]}" sweep --spec "$specification" "${csv[@]}" ${seeds:+--seeds "$seeds"} --out "$folder" --quiet >/dev/null
        cp "$folder/summary.json" "docs/atlas/$name.json"
        [ ! -e "$folder/members.csv" ] || python3 eng/atlas-flips.py "$folder/members.csv" >"docs/atlas/$name-flips.csv"
        if [[ " $flat " == *" $name "* ]]; then
            "${gpugan[@]}" sweep --spec "$specification" --history 20 --csv ${seeds:+--seeds "$seeds"} --out "$folder-history" --no-plots --quiet >/dev/null
            dotnet run eng/atlas-collapse.cs -- "$folder-history" >"docs/atlas/$name-collapse.csv"
        fi
        if grep -q "atlas/$name.png" docs/atlas.md; then
            for picture in curves heat_lr_d_lr_g; do
                [ ! -e "$folder/$picture.png" ] || cp "$folder/$picture.png" "docs/atlas/$name.png"
            done
        fi
    done
fi

python3 eng/atlas-tables.py
