#!/usr/bin/env bash
# Prints the path of a ptxas, NVIDIA's assembler for PTX, which needs no GPU. See --help.
set -euo pipefail

# shellcheck source=eng/debian-mirror.sh
. "$(dirname "$(readlink -f "$0")")/debian-mirror.sh"

tools=(ptxas nvdisasm cuobjdump)
folder=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/gpugan/ptxas
part=$folder.part

usage() {
    cat <<'HELP'
usage: eng/ptxas.sh [--tool ptxas|nvdisasm|cuobjdump]

Prints the path of the tool: the one on PATH, else the one of Debian 13's package
nvidia-cuda-toolkit (CUDA 12.4). That is fetched on the first call (87 MB) and not installed:
only the three tools are unpacked, into ${XDG_CACHE_HOME:-$HOME/.cache}/gpugan/ptxas.
Where the tool cannot be had, prints "skipped: no ptxas" (why: on stderr) and exits with 77.
HELP
}

skip() {
    echo "skipped: no $tool"
    echo "ptxas: $*" >&2
    exit 77
}

# Unpacks the tools beside their final folder, which appears complete or not at all.
fetch() {
    local mirror; mirror=$(debian_mirror)
    [ -n "$mirror" ] || skip "$tool is not on PATH, and this machine's apt names no Debian mirror to fetch it from"
    rm -rf "$part"
    mkdir -p "$part"/apt/lists/partial "$part"/apt/cache/archives/partial
    cd "$part"

    # An apt with lists and a cache of its own: the machine's stay as they are, and root is not needed.
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main contrib non-free" >apt/sources.list
    local apt=(apt-get -qq -o Dir::Etc::sourcelist="$part/apt/sources.list" -o Dir::Etc::sourceparts=-
               -o Dir::State::lists="$part/apt/lists" -o Dir::Cache="$part/apt/cache"
               -o APT::Sandbox::User= -o APT::Update::Error-Mode=any)
    { "${apt[@]}" update && "${apt[@]}" download nvidia-cuda-toolkit; } </dev/null >apt/log 2>&1 ||
        skip "cannot fetch nvidia-cuda-toolkit: $(tail -n 1 apt/log)"
    { dpkg --fsys-tarfile nvidia-cuda-toolkit_*.deb | tar -x --strip-components=3 "${tools[@]/#/./usr/bin/}"; } 2>apt/log ||
        skip "cannot unpack nvidia-cuda-toolkit: $(tail -n 1 apt/log)"
    ./ptxas --version >/dev/null 2>&1 || skip "the ptxas of nvidia-cuda-toolkit does not run here"
    rm -r apt ./*.deb
    mv -T "$part" "$folder"
}

tool=ptxas
case "$# ${1-}" in
    "0 ")       ;;
    "2 --tool") tool=$2 ;;
    *" --help"|*" -h") usage; exit 0 ;;
    *)          tool= ;;
esac
if [[ " ${tools[*]} " != *" $tool "* ]]; then echo "ptxas: wrong arguments, see --help" >&2; exit 2; fi

if command -v "$tool"; then exit 0; fi
if [ ! -d "$folder" ]; then
    mkdir -p "$(dirname "$folder")"
    exec 9>"$folder.lock"
    flock 9                             # of two first calls one fetches, the other waits
    [ -d "$folder" ] || fetch
fi
echo "$folder/$tool"
