"""Prints the line coverage of files: coverage_table.py LEAST ROOT FILE, where FILE is by `llvm-cov export`.

Exits with 1 if a file has less than LEAST percent, or if there is none.
"""

import json
import sys
from pathlib import Path


def main() -> int:
    least, root, summary = float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    files = json.loads(summary.read_text())["data"][0]["files"]
    covered = total = 0
    low = not files
    for file in sorted(files, key=lambda each: each["filename"]):
        lines = file["summary"]["lines"]
        if "_test.cpp" in file["filename"] or lines["count"] == 0:
            continue
        covered, total = covered + lines["covered"], total + lines["count"]
        mark = "" if lines["percent"] >= least else f"  below {least:.0f} %"
        low = low or bool(mark)
        name = Path(file["filename"]).relative_to(root)
        print(f"{lines['percent']:6.1f} %  {lines['covered']:5} of {lines['count']:5}  {name}{mark}")
    print(f"{100 * covered / max(total, 1):6.1f} %  {covered:5} of {total:5}  all parsers of untrusted input")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
