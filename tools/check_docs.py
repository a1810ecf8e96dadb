#!/usr/bin/env python3
"""Checks the documents: prose width, citations of movement.md, links and paths, README length.

usage: check_docs.py [ROOT]     prints FILE:LINE: FINDING; exits with 1 where there is any
"""

import glob
import pathlib
import re
import sys

from layers.files import project_files

WIDTH = 100
README_LINES = 150
MOVEMENT = "docs/movement.md"
CITING = {
    ".c", ".cmake", ".cpp", ".css", ".h", ".hpp", ".html", ".in", ".json", ".md", ".mjs", ".py", ".sh", ".sql",
    ".svelte", ".toml", ".ts", ".txt", ".yaml", ".yml",
}
# "movement.md 6.3 and 6.4", also where the line breaks in a comment.
CITATION = re.compile(
    r"movement\.md[`)]*,?\s+(?:(?://+|#|\*)\s*)?(\d+(?:\.\d+)?(?:(?:,| and)\s+\d+\.\d+)*)"
)
NUMBERED_HEADING = re.compile(r"#+\s+(\d+(?:\.\d+)?)\.?\s")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
LINK_ONLY = re.compile(r"\s*(?:[-*]\s+)?(?:!?\[[^\]]*\]\([^)]*\)|<?https?://\S+>?)[.,;]?\s*")
CODE = re.compile(r"`([^`]+)`")
PATH = re.compile(r"(?:\./)?[\w.+-]+(?:/[\w.+*{},-]+)+/?")
SOURCE_NAME = re.compile(
    r"\.(?:c|cmake|cpp|css|h|hpp|html|json|md|mjs|py|sh|sql|svelte|toml|ts|txt|yaml|yml)$")
# Paths of a build, an installation or a result; media types; names of schemas.
NOT_OURS = re.compile(
    r"(?:bin|build|libexec|results|share)/|(?:application|audio|image|text|video)/|matside\.\w+/\d")
PLACEHOLDER = re.compile(r"(?:^|[/._])[A-Z]{2,}(?:[/._]|$)")


def prose(text):
    """(line number, line) of what is outside fenced code."""
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield number, line


def anchors(text):
    """The names by which headings can be linked to."""
    for _, line in prose(text):
        heading = re.match(r"#+\s+(.*)", line)
        if heading:
            plain = re.sub(r"[^\w\- ]", "", heading.group(1).lower())
            yield plain.strip().replace(" ", "-")


def wide_lines(text):
    for number, line in prose(text):
        exempt = line.lstrip().startswith("|") or LINK_ONLY.fullmatch(line)
        if len(line) > WIDTH and not exempt:
            yield number, f"{len(line)} columns, at most {WIDTH}"


def unresolved_citations(text, sections):
    for found in CITATION.finditer(text):
        for number in re.findall(r"\d+(?:\.\d+)?", found.group(1)):
            if number not in sections:
                line = text.count("\n", 0, found.start()) + 1
                yield line, f"cites movement.md {number}, which is no heading of {MOVEMENT}"


def broken_links(root, document, text):
    folder = root / document.parent
    for number, line in prose(text):
        for target in LINK.findall(CODE.sub("", line)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            linked = folder / name if name else root / document
            if not linked.exists():
                yield number, f"links to {target}, which does not exist"
            elif anchor and linked.suffix == ".md":
                if anchor not in anchors(linked.read_text(encoding="utf-8")):
                    yield number, f"links to {target}, but no heading has that name"


def expanded(name):
    """The names that a pair of braces expands to."""
    braces = re.search(r"\{([^{}]*)\}", name)
    if not braces:
        return [name]
    return [
        full for part in braces.group(1).split(",")
        for full in expanded(name[:braces.start()] + part + name[braces.end():])
    ]


def exists(root, document, name):
    """Whether a path is there: from the top, as a room under src, or beside the document."""
    for base in (root, root / "src", root / document.parent):
        pattern = str(base / name)
        if glob.glob(pattern) or (not pathlib.Path(name).suffix and glob.glob(pattern + ".*")):
            return True
    return False


def looks_like_path(token):
    if not PATH.fullmatch(token) or NOT_OURS.match(token) or token.startswith("@"):
        return False
    # A path of ours is named as a source is, or is all lower case.
    return bool(SOURCE_NAME.search(token) or re.fullmatch(r"[a-z0-9_./*{},-]+", token))


def missing_paths(root, document, text):
    for number, line in prose(text):
        for token in CODE.findall(line):
            if not looks_like_path(token):
                continue
            for name in expanded(token.removeprefix("./")):
                if not exists(root, document, name) and not PLACEHOLDER.search(name):
                    yield number, f"names {name}, which does not exist"


def findings(root):
    movement = root / MOVEMENT
    sections = set()
    if movement.exists():
        sections = set(NUMBERED_HEADING.findall(movement.read_text(encoding="utf-8")))
    else:
        yield MOVEMENT, 1, "is missing"
    for path in map(pathlib.PurePath, project_files(root)):
        if path.suffix not in CITING and path.name != "CMakeLists.txt":
            continue
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        for line, what in unresolved_citations(text, sections):
            yield path, line, what
        if path.suffix != ".md":
            continue
        for check in (
            wide_lines(text), broken_links(root, path, text), missing_paths(root, path, text)
        ):
            for line, what in check:
                yield path, line, what
    readme = root / "README.md"
    lines = len(readme.read_text(encoding="utf-8").splitlines()) if readme.exists() else 0
    if lines == 0:
        yield "README.md", 1, "is missing or empty"
    elif lines > README_LINES:
        yield "README.md", README_LINES + 1, f"{lines} lines, at most {README_LINES}"


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parent.parent
    count = 0
    for path, line, what in findings(root):
        print(f"{path}:{line}: {what}")
        count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
