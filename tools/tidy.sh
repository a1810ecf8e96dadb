#!/usr/bin/env bash
# Runs clang-tidy on the sources of the release build, or on those whose path matches: tools/tidy.sh [REGEX].
# --product checks only what is installed, a whole room at a time as the release build compiles it, without tests,
# benchmarks and developer's tools, and without the path-sensitive analyzer. That takes a fraction of the time.
set -euo pipefail
cd -- "$(dirname -- "$0")/.."
[ -f build/release/compile_commands.json ] || { echo "there is no release build; run ./dev build release first" >&2 && exit 1; }
pattern="$PWD/(?!build/).*${1:-}"
checks=()
if [ "${1:-}" = --product ]; then
  pattern="$PWD/(src|build/release/src)/(?!.*(_test[.]cpp|cmake_pch)).*"
  # A room's file includes its sources.
  checks=('-checks=-clang-analyzer-*,-bugprone-suspicious-include')
  cp -- src/.clang-tidy build/release/
fi
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
# A source that is compiled for two targets is checked once.
python3 - "$folder" "${1:-}" <<'END'
import json, re, sys
commands = json.load(open("build/release/compile_commands.json"))
# Headers that g++ precompiled mean nothing to clang.
for command in commands:
    command["command"] = re.sub(r"-include \S+cmake_pch\.hxx", "", command["command"])
if sys.argv[2] == "--product":
    commands = [c for c in commands if "_test.dir/Unity/" not in c["file"]]
else:
    # Sources that are compiled together are read one by one.
    for command in [c for c in commands if "/Unity/" in c["file"]]:
        for line in open(command["file"]):
            if line.startswith("#include"):
                source = line.split('"')[1]
                commands.append({**command, "file": source, "command": command["command"].replace(command["file"], source)})
    commands = [c for c in commands if "/Unity/" not in c["file"]]
once = {command["file"]: command for command in reversed(commands)}
json.dump(list(once.values()), open(sys.argv[1] + "/compile_commands.json", "w"))
END
# The configuration is found from the folder it is run in. Only the findings are printed, not the commands.
cd -- src
if run-clang-tidy-14 -quiet -p "$folder" "${checks[@]}" -j "$(nproc)" "$pattern" >"$folder/output" 2>&1; then
  echo "clang-tidy: $(grep -c '^clang-tidy-14 ' "$folder/output" || true) files, no findings"
else
  sed 's/\x1b\[[0-9;]*m//g' "$folder/output" | grep -vE '^clang-tidy-14 |warnings? generated|^Suppressed|^Use -header-filter|^$'
  exit 1
fi
