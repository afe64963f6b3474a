#!/usr/bin/env bash
# Gives a machine without PyTorch Debian 13's (2.6, for the CPU) in a root folder of its own, and runs a command
# there. See --help.
set -euo pipefail

self=$(readlink -f "$0")
bench=$(dirname "$self")
root=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gpugan/peers-root
inside=--inside                         # how this script calls itself again, in the folder
stamp=/etc/gpugan-peers-root            # there; says that the installation is whole

usage() {
    cat <<'HELP'
usage: bench/peers-root.sh COMMAND [ARG...]

Runs COMMAND inside a Debian 13 root folder that has python3-torch, made by eng/opencl-root.sh; it is kept apart from
the folder of the tests. The first run downloads and unpacks about 1 GB, in some minutes. The repository is /gpugan
there. The exit code is COMMAND's.

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

if [ ! -e "$stamp" ]; then
    exec 9>"$stamp.lock"
    flock 9                             # of two first runs one installs, the other waits
fi
if [ ! -e "$stamp" ]; then
    echo 'peers-root: installing python3-torch (some minutes, about 1 GB)' >&2
    log=/var/log/gpugan-peers-root.log
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update && apt-get install -y --no-install-recommends python3-torch && apt-get clean; } </dev/null >"$log" 2>&1 || {
        echo "peers-root: apt-get failed, see $root$log: $(grep '^E:' "$log" | tail -n 1)" >&2
        exit 1
    }
    touch "$stamp"
fi
exec 9>&-
exec "$@"
