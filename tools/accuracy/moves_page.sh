#!/usr/bin/env bash
# Measures the exercises of data/exercises/moves on simulated practices and writes a page about it:
# tools/accuracy/moves_page.sh PROGRAMS PAGE [PRACTICES]
set -euo pipefail
programs=$1 page=$2 practices=${3:-500}
root=$(cd -- "$(dirname -- "$0")/../.." && pwd)
made=$(mktemp)
trap 'rm -f -- "$made"' EXIT

cat >"$made" <<'END'
# Accuracy for the sister moves

This file is written by `./dev moves-accuracy`; do not edit it. Practices are simulated
(`tests/support`): a body of random proportions does the exercise that its file describes, with
random tempo and faults, inside the recommended placement of the camera. The figures mean what they
mean in [accuracy.md](accuracy.md). [moves.md](moves.md) has those on rendered clips.
END
for move in "$root"/data/exercises/moves/*.json; do
  echo "measuring $(basename -- "$move" .json) ..." >&2
  "$programs/cycle_accuracy" --exercise "$move" --practices "$practices" --seed 1 --threads "$(nproc)" >>"$made"
done
echo "measuring which exercise it was ..." >&2
{
  printf '\n## Which exercise it was\n\nNothing says which of the four exercises was practised. Levels 0 and 1, 6 repetitions or more.\n\n'
  "$programs/guess_accuracy" --practices "$((practices / 2))" --threads "$(nproc)"
} >>"$made"
cp -- "$made" "$page"
chmod 644 -- "$page"
