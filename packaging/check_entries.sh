#!/bin/sh
# The desktop entry and the user unit are what desktops and systemd understand: check_entries.sh PROGRAM
set -eu
cd -- "$(dirname -- "$0")"
desktop-file-validate matside.desktop
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
# As if the program were installed.
sed "s|^ExecStart=matside |ExecStart=$1 |" matside.service >"$work/matside.service"
said=$(XDG_RUNTIME_DIR=$work systemd-analyze verify --user --man=no "$work/matside.service" 2>&1) || { echo "$said" && exit 1; }
# What it does not understand it only mentions.
[ -z "$said" ] || { echo "$said" && exit 1; }
