"""Prints the line coverage of files: coverage_table.py LEAST ROOT FILE READER..., where FILE is by `llvm-cov export`.

Each READER is a file or folder below ROOT. Exits with 1, naming them, if files have less than LEAST percent or no
program that ran contains a READER.
"""

import json
import sys
from pathlib import Path


def main() -> int:
    least, root, summary = float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    files = json.loads(summary.read_text())["data"][0]["files"]
    covered = total = 0
    names, low = [], []
    for file in sorted(files, key=lambda each: each["filename"]):
        lines = file["summary"]["lines"]
        if "_test.cpp" in file["filename"] or lines["count"] == 0:
            continue
        covered, total = covered + lines["covered"], total + lines["count"]
        name = Path(file["filename"]).relative_to(root)
        names.append(name)
        below = lines["percent"] < least
        if below:
            low.append(str(name))
        mark = f"  below {least:.0f} %" if below else ""
        print(f"{lines['percent']:6.1f} %  {lines['covered']:5} of {lines['count']:5}  {name}{mark}")
    print(f"{100 * covered / max(total, 1):6.1f} %  {covered:5} of {total:5}  all parsers of untrusted input")
    unknown = [reader for reader in sys.argv[4:] if not any(name.is_relative_to(reader) for name in names)]
    sys.stdout.flush()
    if low:
        print(f"below {least:.0f} %: {', '.join(low)}", file=sys.stderr)
    if unknown:
        print(f"in no program that ran: {', '.join(unknown)}", file=sys.stderr)
    return 1 if low or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
