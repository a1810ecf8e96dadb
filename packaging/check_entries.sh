#!/bin/sh
# Checks that the desktop entry and the user unit are valid: check_entries.sh PROGRAM
set -eu
cd -- "$(dirname -- "$0")"
desktop-file-validate matside.desktop
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
# With the path of the built program.
sed "s|^ExecStart=matside |ExecStart=$1 |" matside.service >"$work/matside.service"
said=$(XDG_RUNTIME_DIR=$work systemd-analyze verify --user --man=no "$work/matside.service" 2>&1) || { echo "$said" && exit 1; }
# Unknown settings are warnings with exit code 0.
[ -z "$said" ] || { echo "$said" && exit 1; }
