#!/usr/bin/env bash
# Runs the tests of one build: tools/run_tests.sh PRESET [ctest arguments]. The sanitizers stop
# at the first report.
set -euo pipefail
cd -- "$(dirname -- "$0")/.."
preset=$1
shift
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:check_initialization_order=1
export LSAN_OPTIONS=suppressions=$PWD/tools/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1:suppressions=$PWD/tools/tsan.supp:print_suppressions=0

# Tests name their folders after themselves: two runs at once each need their own. Some continue as another user.
TEST_TMPDIR=$(mktemp -d)
chmod 1777 -- "$TEST_TMPDIR"
export TEST_TMPDIR
trap 'rm -rf -- "$TEST_TMPDIR"' EXIT

status=0 began=
# run OPTION...: the tests that these options choose, if there are any. Otherwise ctest would say that there are none.
run() {
  local chosen=(ctest --test-dir "build/$preset" "$@")
  if "${chosen[@]}" -N | grep -x 'Total Tests: 0' >/dev/null; then return; fi
  began=1
  "${chosen[@]}" --output-on-failure -j "$(nproc)" || status=1
}

run -LE '^live$' "$@"
# A practice in real time depends on the pictures that arrive: one is practised again if something else on the machine
# took the processor meanwhile.
run -L '^live$' --repeat until-pass:3 "$@"
if [ -z "$began" ]; then
  echo "the $preset build has no such tests" >&2
  status=1
fi
exit "$status"
