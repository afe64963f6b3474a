#!/usr/bin/env bash
# Does what the Dockerfile says, without a container engine, and runs the program in what comes of it. See --help.
set -euo pipefail

self=$(readlink -f "$0")
repository=$(dirname "$(dirname "$self")")
# shellcheck source=eng/debian-mirror.sh
. "$repository/eng/debian-mirror.sh"
private=--in-private-namespace          # how this script calls itself again

usage() {
    cat <<'HELP'
usage: eng/image-check.sh

Publishes the program, makes a minimal Debian of the suite that the Dockerfile begins with, follows
its RUN and COPY lines there, and runs gpugan in it: devices, a training with its pictures, and the
verification. Takes a minute and a half; leaves nothing behind.

Needs root and the right to mount; without them it exits with 77, "skipped".
HELP
}

say()  { echo "image-check: $*" >&2; }
fail() { say "$*"; exit 1; }
skip() { say "skipped: $*"; exit 77; }

case ${1-} in
    '')         ;;
    "$private") ;;
    --help|-h)  usage; exit 0 ;;
    *)          say "unknown argument $1, see --help"; exit 2 ;;
esac
if [ "${1-}" != "$private" ]; then
    [ "$(id -u)" = 0 ] || skip 'needs root'
    unshare --mount true 2>/dev/null || skip 'may not make a mount namespace here'
    exec unshare --mount --propagation private -- "$self" "$private"
fi
command -v debootstrap >/dev/null || skip 'debootstrap is missing; eng/opencl-root.sh installs it'

# A file system in memory that only this process sees: it ends with it. It may hold devices, which /tmp may not.
folder=$(mktemp -d)
trap 'umount -R -l "$folder"; rmdir "$folder"' EXIT
mount -t tmpfs -o size=2g tmpfs "$folder"
image=$folder/image context=$folder/context

say 'publishing'
mkdir "$context"
dotnet publish "$repository/src/GpuGan.Runner" -c Release -r linux-x64 --self-contained -o "$context/publish" >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; fail 'dotnet publish failed'; }

# --- The Dockerfile, a line for each instruction ----------------------------------------------
instructions=$(sed -E '/^ *#/d; /^$/d' "$repository/Dockerfile" | sed -E ':join; /\\$/ { N; s/\\\n */ /; b join }')
suite=$(sed -n 's/^FROM debian:\([a-z]*\)-slim$/\1/p' <<< "$instructions")
[ -n "$suite" ] || fail 'the Dockerfile does not begin with a slim Debian'
mirror=$(debian_mirror)
say "making a minimal Debian $suite"
debootstrap --variant=minbase "$suite" "$image" ${mirror:+"$mirror"} </dev/null >"$folder/log" 2>&1 ||
    { tail -n 5 "$folder/log" >&2; fail 'debootstrap failed'; }
for d in dev proc sys; do mount --rbind "/$d" "$image/$d"; done
in_image() {
    chroot "$image" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}
while read -r instruction rest; do
    case $instruction in
        FROM|ENV) ;;
        RUN)      in_image sh -c "$rest" >"$folder/log" 2>&1 || { tail -n 20 "$folder/log" >&2; fail "RUN $rest"; } ;;
        COPY)     read -r from to <<< "$rest"; mkdir -p "$image$to"; cp -r "$context/$from." "$image$to" ;;
        WORKDIR)  mkdir -p "$image$rest"; workdir=$rest ;;
        ENTRYPOINT) entry=$(tr -d '[]",' <<< "$rest") ;;
        *)        fail "unknown instruction $instruction" ;;
    esac
done <<< "$instructions"

# --- The program in it -------------------------------------------------------------------------
gpugan() { in_image /usr/bin/env --chdir="$workdir" "$entry" "$@"; }
gpugan devices | tee "$folder/devices"
grep -q 'cpu' "$folder/devices" || fail 'gpugan devices finds no CPU accelerator'
grep -q 'the OpenCL loader is here' "$folder/devices" || fail 'ILGPU does not find the OpenCL loader'
gpugan train --quiet --out run >"$folder/log" || { cat "$folder/log" >&2; fail 'gpugan train failed'; }
[ "$(find "$image$workdir/run" -name '*.png' | wc -l)" = 5 ] || fail 'the pictures are missing'
gpugan verify --device cpu >"$folder/log" || { cat "$folder/log" >&2; fail 'gpugan verify failed'; }
tail -n 1 "$folder/log"
