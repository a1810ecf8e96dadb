#!/usr/bin/env python3
"""Prints figures about the source tree: sizes, comments, tests against code.

usage: figures.py [ROOT]

Counts the files that git tracks or would track. A comment line holds a comment and no code; its share is of all
lines that aren't blank. Code lines are neither blank nor comments. Test code is everything in tests/
but data and benchmarks, and every *_test file. It is compared with the product: src/ and web/.
"""

import pathlib
import re
import sys

from layers.files import project_files

HASHED = {".py", ".sh"}
CODE = {".cpp", ".h", ".hpp", ".ts", ".svelte", ".py", ".mjs", ".sh"}
GENERATED = re.compile(r"web/src/(protocol/(messages|records)|report/document)\.ts$|package-lock")
NOT_COUNTED = re.compile(r"^tests/(data|bench)/|^tools/|^(check|dev|run)$")
TEST = re.compile(r"^tests/|_test\.(cpp|py|mjs)$")


def lines_of(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    return [line.strip() for line in text.split("\n") if line.strip()]


def comment_lines(lines):
    count, inside = 0, False
    for line in lines:
        if inside:
            count += 1
            inside = "*/" not in line
        elif line.startswith("//"):
            count += 1
        elif line.startswith("/*"):
            count += 1
            inside = "*/" not in line
    return count


def share(files, root):
    total = comments = 0
    for path in files:
        lines = lines_of(root / path)
        total += len(lines)
        comments += comment_lines(lines)
    return comments / total if total else 0.0


def code_lines(path):
    lines = lines_of(path)
    hash_comments = sum(line.startswith("#") for line in lines) if path.suffix in HASHED else 0
    return len(lines) - comment_lines(lines) - hash_comments


def ratio(files, root):
    test = sum(code_lines(root / p) for p in files if TEST.search(p))
    code = sum(code_lines(root / p) for p in files if not TEST.search(p))
    return test, code


def main(arguments):
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).parents[1])
    files = project_files(root)
    counted = [
        p
        for p in files
        if pathlib.PurePath(p).suffix in CODE
        and not GENERATED.search(p)
        and not NOT_COUNTED.search(p)
    ]
    top = {p.split("/")[0] for p in files}
    folders = {p.split("/")[0] for p in files if "/" in p}
    print(f"top-level entries / folders      {len(top)} / {len(folders)}")
    product = [p for p in counted if not TEST.search(p)]
    sources = [p for p in product if p.endswith(".cpp")]
    headers = [p for p in product if p.endswith((".h", ".hpp"))]
    print(f"comment share of sources/headers {share(sources, root):.2f} / {share(headers, root):.2f}")
    test, code = ratio(counted, root)
    print(f"test lines to code lines         {test} / {code} = {test / code:.2f}")
    web = [p for p in counted if p.startswith(("web/", "tests/web/", "tests/live/", "tests/report/page_test", "tests/report/pdf_test"))]
    test, code = ratio(web, root)
    print(f"  of the page                    {test} / {code} = {test / code:.2f}")
    sizes = sorted(((len(lines_of(root / p)), p) for p in counted), reverse=True)
    print(f"files                            {len(sizes)}, median {sizes[len(sizes) // 2][0]} lines")
    print("longest                          " + ", ".join(f"{p} {n}" for n, p in sizes[:5]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
