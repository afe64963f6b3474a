#!/usr/bin/env bash
# Runs every command of README.md as a newcomer would: the lines of its sh blocks, in order, from a folder of their own.
# Blocks of another kind are shown, not run. The test command is left out: it has been run already.
set -euo pipefail
cd "$(dirname "$0")/.."

commands=$(awk '/^```sh$/ { inside = 1; next } /^```/ { inside = 0 } inside' README.md | grep -vE '^(#|$|dotnet test|git clone|cd )')
[ -n "$commands" ] || { echo 'readme-commands: README.md has no sh block' >&2; exit 1; }
before=$(ls runs 2>/dev/null || true)
while IFS= read -r command; do
    echo "\$ $command"
    bash -euo pipefail -c "$command" < /dev/null
done <<< "$commands"

# Nothing is left behind in the clone.
for run in $(comm -13 <(sort <<< "$before") <(ls runs 2>/dev/null | sort)); do rm -r "runs/$run"; done
rm -rf results
