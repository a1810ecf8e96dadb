#!/usr/bin/env bash
# Runs clang-tidy over the sources of the release build, or over those whose path matches a
# regular expression: tools/tidy.sh [REGEX]. --but-tests leaves out tests and benchmarks.
set -euo pipefail
cd -- "$(dirname -- "$0")/.."
[ -f build/release/compile_commands.json ] || { echo "no release build to read; run ./dev build release first" >&2 && exit 1; }
pattern="$PWD/.*${1:-}"
[ "${1:-}" != --but-tests ] || pattern="$PWD/(?!tests/|bench/)(?!.*_test[.]cpp).*"
output=$(mktemp)
trap 'rm -f -- "$output"' EXIT
# It names every command it runs; only what it finds is worth reading.
if run-clang-tidy-14 -quiet -p build/release -j "$(nproc)" "$pattern" >"$output" 2>&1; then
  echo "clang-tidy: $(grep -c '^clang-tidy-14 ' "$output" || true) files, nothing found"
else
  sed 's/\x1b\[[0-9;]*m//g' "$output" | grep -vE '^clang-tidy-14 |warnings? generated|^Suppressed|^Use -header-filter|^$'
  exit 1
fi

