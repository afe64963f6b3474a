#!/usr/bin/env bash
# Prints the path of a Chromium, in which the tests open the reports. See --help.
set -euo pipefail

package=chromium-headless-shell
programs=(chromium "$package" chromium-browser google-chrome)

usage() {
    cat <<'HELP'
usage: eng/chromium.sh

Prints the path of the Chromium on PATH. Where there is none and this is a Debian, root installs
Debian's package chromium-headless-shell, which has no window (some 100 MB). Where none can be had,
prints "skipped: no Chromium" (why: on stderr) and exits with 77.

  GPUGAN_CHROMIUM=$(eng/chromium.sh) dotnet test -c Release
HELP
}

skip() {
    echo "skipped: no Chromium"
    echo "chromium: $*" >&2
    exit 77
}

find() {
    local program
    for program in "${programs[@]}"; do
        if command -v "$program"; then return; fi
    done
    return 1
}

install() {
    [ "$(id -u)" -eq 0 ] || skip 'there is none on PATH, and installing one needs root'
    grep -qs '^ID=debian$' /etc/os-release || skip 'there is none on PATH, and this is no Debian'
    local log; log=$(mktemp)
    # shellcheck disable=SC2064
    trap "rm -f '$log'" EXIT
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends "$package"; } </dev/null >"$log" 2>&1 ||
        skip "cannot install $package: $(tail -n 1 "$log")"
}

case "$# ${1-}" in
    "0 ")              ;;
    "1 --help"|"1 -h") usage; exit 0 ;;
    *)                 echo "chromium: wrong arguments, see --help" >&2; exit 2 ;;
esac
if ! find; then
    install
    find || skip "$package is installed, yet not on PATH"
fi
