#!/usr/bin/env bash
# Runs shellcheck over the project's shell scripts.
set -euo pipefail
cd -- "$(dirname -- "$0")/.."
mapfile -t scripts < <(git ls-files --cached --others --exclude-standard '*.sh' run check dev .ci/run)
shellcheck -x "${scripts[@]}"
echo "shellcheck: ${#scripts[@]} scripts"
