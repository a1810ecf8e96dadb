#!/usr/bin/env bash
# Formats every C++ file of the project with clang-format; --check only says what is not formatted.
set -euo pipefail
cd -- "$(dirname -- "$0")/.."
mode=(-i)
if [ "${1:-}" = --check ]; then mode=(--dry-run -Werror); fi
git ls-files -z --cached --others --exclude-standard '*.h' '*.hpp' '*.cpp' |
  while IFS= read -r -d '' file; do if [ -f "$file" ]; then printf '%s\0' "$file"; fi; done |
  xargs -0 -r clang-format-14 "${mode[@]}"
