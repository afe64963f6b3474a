# shellcheck shell=bash
# To be sourced. debian_mirror prints the mirror that this machine's own apt uses for Debian, or
# nothing where the machine is no Debian or its sources name none.
debian_mirror() {
    grep -qs '^ID=debian$' /etc/os-release || return 0
    sed -nE '\,^(URIs:|deb( +\[[^]]*\])?) +(https?://[^ ]+).*,{s,,\3,p;q}' \
        /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true
}
