#!/usr/bin/env bash
# Gives a machine without a usable OpenCL device a real one: PoCL 6, which ILGPU accepts
# (Debian 12's PoCL 3.1 it refuses), inside a Debian 13 root folder. See --help.
set -euo pipefail

self=$(readlink -f "$0")
repository=$(dirname "$(dirname "$self")")
# shellcheck source=eng/debian-mirror.sh
. "$repository/eng/debian-mirror.sh"

suite=trixie
# ocl-icd-opencl-dev has the unversioned libOpenCL.so that ILGPU loads; .NET's hashes need OpenSSL.
packages=pocl-opencl-icd,ocl-icd-opencl-dev,libssl3t64
stamp=etc/gpugan-opencl-root            # inside the folder; holds what the folder was made from
private=--in-private-namespace          # how this script calls itself again

usage() {
    cat <<'HELP'
usage: eng/opencl-root.sh [--root DIR] COMMAND [ARG...]

Runs COMMAND inside a Debian 13 root folder that has an OpenCL device (PoCL, on the CPU) and
this machine's .NET. The repository is /gpugan there, and what is written to it stays; /tmp is
empty and goes away. The exit code is COMMAND's.

  --root DIR   the folder; default ${XDG_CACHE_HOME:-$HOME/.cache}/gpugan/opencl-root.
               Made by debootstrap on the first run (about a minute, 0.6 GB) and used again.

Needs root and the right to mount; without them it exits with 77, "skipped".

  eng/opencl-root.sh dotnet vstest tests/X/bin/Release/net10.0/X.dll
HELP
}

say()  { echo "opencl-root: $*" >&2; }
fail() { say "$*"; exit 1; }
skip() { say "skipped: $*"; exit 77; }

# Makes the folder beside its final name and renames it, stamped, when it is whole.
make_root() {
    if [ -d "$root" ] && [ ! -e "$root/$stamp" ] && [ -n "$(ls -A "$root")" ]; then
        fail "$root is not empty and not a folder of mine; give another --root"
    fi
    if ! command -v debootstrap >/dev/null; then
        { apt-get update && apt-get install -y --no-install-recommends debootstrap; } </dev/null >"$log" 2>&1 ||
            fail "debootstrap is missing and apt-get cannot install it, see $log"
    fi
    say "making $root (about a minute, 0.6 GB)"
    rm -rf --one-file-system "$part"
    local mirror; mirror=$(debian_mirror)
    # If this script is killed, debootstrap is too; what it had started still holds the lock while it ends.
    setpriv --pdeathsig KILL debootstrap --variant=minbase --include="$packages" "$suite" "$part" ${mirror:+"$mirror"} \
        </dev/null >"$log" 2>&1 || fail "debootstrap failed, see $log: $(grep '^[EW]:' "$log" | tail -n 1)"
    rm -rf "$part"/var/cache/apt/archives/*.deb "$part"/var/lib/apt/lists/*
    mkdir -p "$part/gpugan" "$part/opt/dotnet"
    echo "$suite $packages" >"$part/$stamp"
    rm -rf --one-file-system "$root"
    mv -T "$part" "$root"
    rm -f "$log"
}

# --- What was asked for ----------------------------------------------------------------------
in_private=no
if [ "${1-}" = "$private" ]; then in_private=yes; shift; fi
root=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gpugan/opencl-root
case ${1-} in
    --help|-h) usage; exit 0 ;;
    --root)    root=${2-}; [ -n "$root" ] || { say "--root needs a folder"; exit 2; }; shift 2 ;;
esac
case ${1-} in
    '') say "no COMMAND given, see --help"; exit 2 ;;
    -*) say "unknown option $1, see --help"; exit 2 ;;
esac
root=$(realpath -m -- "$root"); part=$root.part; log=$root.log

dotnet=${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}
[ -x "$dotnet" ] || dotnet=$(command -v dotnet) || fail "no .NET: dotnet is not on PATH"
dotnet=$(dirname "$(readlink -f "$dotnet")")

# --- A private mount namespace ---------------------------------------------------------------
# All that follows, debootstrap's own mounts included, is mounted in a namespace of this process.
# It ends with its last process, however that dies, so no mount can be left behind or be seen by
# the rest of the machine: there is nothing to clean up, and the folder may be deleted at any time.
if [ "$in_private" = no ]; then
    [ "$(id -u)" = 0 ] || skip "needs root"
    unshare --mount true 2>/dev/null || skip "may not make a mount namespace here"
    exec unshare --mount --propagation private -- "$self" "$private" --root "$root" "$@"
fi

# --- The folder --------------------------------------------------------------------------------
mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock 9                                 # of two first runs one makes the folder, the other waits
if [ "$(cat "$root/$stamp" 2>/dev/null)" != "$suite $packages" ]; then make_root; fi
exec 9>&-

# --- COMMAND -----------------------------------------------------------------------------------
for d in dev proc sys; do mount --rbind "/$d" "$root/$d" || fail "cannot mount /$d into $root"; done
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"           || fail "cannot mount $root/tmp"
mount --rbind "$repository" "$root/gpugan"              || fail "cannot mount $repository into $root"
mount --bind -o ro "$dotnet" "$root/opt/dotnet"         || fail "cannot mount $dotnet into $root"

# COMMAND starts in the same folder of the repository as it would outside.
here=$(pwd -P)
case $here/ in "$repository"/*) here=/gpugan${here#"$repository"} ;; *) here=/gpugan ;; esac

# exec all the way: COMMAND has this script's process id, stdin and signals, and its exit code is ours.
exec chroot "$root" /usr/bin/env --chdir="$here" \
    -u TMPDIR -u LD_LIBRARY_PATH -u LD_PRELOAD -u XDG_CACHE_HOME -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u NUGET_PACKAGES \
    HOME=/root LANG=C.UTF-8 PATH=/opt/dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    DOTNET_ROOT=/opt/dotnet DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false \
    DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 \
    "$@"
