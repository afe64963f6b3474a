#!/usr/bin/env bash
# Gives a machine without PyTorch Debian 13's (2.6, for the CPU) in a root folder of its own, and runs a command
# there. See --help.
set -euo pipefail

self=$(readlink -f "$0")
bench=$(dirname "$self")
root=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gpugan/peers-root
inside=--inside                         # how this script calls itself again, in the folder
packages='python3-torch python3-safetensors libopenblas0-pthread'   # on the reference BLAS it would be slow
stamp=/etc/gpugan-peers-root            # there; says what is installed

usage() {
    cat <<'HELP'
usage: bench/peers-root.sh COMMAND [ARG...]

Runs COMMAND inside a Debian 13 root folder that has python3-torch on OpenBLAS and python3-safetensors, made by eng/opencl-root.sh; it
is kept apart from the folder of the tests. The first run downloads 0.2 GB and unpacks 1 GB, in some minutes. The repository
is /gpugan there. The exit code is COMMAND's.

The folder is ${XDG_CACHE_HOME:-$HOME/.cache}/gpugan/peers-root and may be deleted at any time.

Needs root and the right to mount; without them it exits with 77, "skipped".

  bench/peers-root.sh python3 bench/eager.py
HELP
}

case ${1-} in
    --help|-h) usage; exit 0 ;;
    '')        echo 'peers-root: no COMMAND given, see --help' >&2; exit 2 ;;
    "$inside") shift ;;
    *)         exec "$bench/../eng/opencl-root.sh" --root "$root" /gpugan/bench/peers-root.sh "$inside" "$@" ;;
esac

installed() { [ "$(cat "$stamp" 2>/dev/null)" = "$packages" ]; }

if ! installed; then
    exec 9>"$stamp.lock"
    flock 9                             # of two first runs one installs, the other waits
fi
if ! installed; then
    echo "peers-root: installing $packages (some minutes, 1 GB)" >&2
    log=/var/log/gpugan-peers-root.log
    export DEBIAN_FRONTEND=noninteractive
    # Without waiting for the disk after each file: an installation that a power cut ends has no stamp.
    # shellcheck disable=SC2086
    { apt-get update && apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io $packages && apt-get clean && sync; } \
        </dev/null >"$log" 2>&1 || {
        echo "peers-root: apt-get failed, see $root$log: $(grep '^E:' "$log" | tail -n 1)" >&2
        exit 1
    }
    echo "$packages" >"$stamp"
fi
exec 9>&-
exec "$@"
