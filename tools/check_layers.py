#!/usr/bin/env python3
"""Checks the sources against the table of rooms, tools/layers.toml.

usage: check_layers.py [ROOT]

Reads every #include of every C++ file in ROOT (this project by default) and reports, one line each as
`file:line: what is wrong`: an include the table does not allow, a file in no room, a word or a standard
header banned from a room, a cycle, a file that is too long, a folder with a name that says nothing.
Exit 0: nothing found; 1: something found; 2: the table itself is wrong.
"""

import fnmatch
import os
import pathlib
import re
import subprocess
import sys
import tomllib

MAX_LINES = 500
MEANINGLESS_FOLDERS = {"util", "utils", "common", "helper", "helpers", "misc"}
COUNTED_SUFFIXES = {".h", ".hpp", ".cpp", ".py", ".sh", ".mjs", ".js", ".ts", ".cmake"}
TABLES = {"rooms", "libraries", "standard_headers", "banned"}

STANDARD_HEADERS = set(
    """algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono
    cinttypes climits clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp
    csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception
    execution filesystem format forward_list fstream functional future initializer_list iomanip ios iosfwd
    iostream istream iterator latch limits list locale map memory memory_resource mutex new numbers numeric
    optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex
    source_location span sstream stack stdexcept stop_token streambuf string string_view strstream
    syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility
    valarray variant vector version""".split()
)

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
NOT_CODE = re.compile(
    r'R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'  # string
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'"  # character, not a digit separator
    r"|//[^\n]*|/\*.*?\*/",
    re.DOTALL,
)


class TableError(Exception):
    """layers.toml contradicts itself."""


def matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, p) for p in patterns)


class Table:
    """layers.toml, with its patterns resolved to room names."""

    def __init__(self, data):
        unknown = set(data) - TABLES
        if unknown:
            raise TableError(f"unknown table [{sorted(unknown)[0]}]; known: {', '.join(sorted(TABLES))}")
        self.rooms = data.get("rooms", {})
        self.libraries = data.get("libraries", {})
        self.standard = data.get("standard_headers", {})
        self.banned = data.get("banned", {})
        open_rooms = {room for room, allowed in self.rooms.items() if "*" in allowed}
        self.allowed = {}
        for room, patterns in self.rooms.items():
            for pattern in patterns:
                if not any(fnmatch.fnmatchcase(r, pattern) for r in self.rooms):
                    raise TableError(f'room "{room}" may import "{pattern}", which is no room')
            # "*" means every room that is not open to all itself, so that two of them can't form a cycle.
            self.allowed[room] = {
                other
                for other in self.rooms
                if other != room
                and (
                    matches(other, [p for p in patterns if p != "*"])
                    or ("*" in patterns and other not in open_rooms)
                )
            }
        cycle = find_cycle(self.allowed)
        if cycle:
            raise TableError("rooms form a cycle: " + " -> ".join(cycle))

    def room_of(self, path):
        """The innermost room that contains a file, or None."""
        path = path.removeprefix("src/")
        rooms = [r for r in self.rooms if path.startswith(r + "/")]
        return max(rooms, key=len, default=None)

    def libraries_of(self, room, is_test):
        found = [p for key, ps in self.libraries.items() if fnmatch.fnmatchcase(room, key) for p in ps]
        return found + (self.libraries.get("*_test", []) if is_test else [])

    def may_import(self, room, other, is_test):
        return other == room or other in self.allowed[room] or (is_test and other == "tests/support")

    def banned_headers(self, room):
        return {h for key, hs in self.standard.items() if fnmatch.fnmatchcase(room, key) for h in hs}

    def banned_words(self, room):
        return {w for key, ws in self.banned.items() if fnmatch.fnmatchcase(room, key) for w in ws}


def find_cycle(graph):
    """A cycle of a {node: iterable of nodes} graph as a list that ends where it starts, or None."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node) :] + [node]
        if node in done:
            return None
        path.append(node)
        for following in sorted(graph.get(node, ())):
            cycle = visit(following)
            if cycle:
                return cycle
        path.pop()
        done.add(node)
        return None

    for start in sorted(graph):
        cycle = visit(start)
        if cycle:
            return cycle
    return None


def project_files(root):
    """Paths of the project's own files, relative to root: what git tracks or would; all where there is no git."""
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        return sorted(p for p in listed if p and (root / p).is_file())
    skipped = {"build", "node_modules", ".git"}
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f not in skipped]
        found += [os.path.relpath(os.path.join(folder, f), root) for f in files]
    return sorted(found)


def blank(match):
    """Comments and strings out, line breaks kept."""
    return re.sub(r"[^\n]", " ", match.group(0))


class Checker:
    def __init__(self, root, table):
        self.root = root
        self.table = table
        self.files = project_files(root)
        self.sources = [p for p in self.files if p.endswith((".h", ".hpp", ".cpp"))]
        self.findings = []
        self.included_by = {}

    def report(self, path, line, message):
        self.findings.append((path, line, message))

    def run(self):
        for path in self.files:
            self.check_name(path)
            if pathlib.PurePath(path).suffix in COUNTED_SUFFIXES:
                self.check_length(path)
        for path in self.sources:
            self.check_source(path)
        cycle = find_cycle(self.included_by)
        if cycle:
            self.report(cycle[0], 1, "includes form a cycle: " + " -> ".join(cycle))
        return sorted(set(self.findings))

    def check_name(self, path):
        for folder in path.split("/")[:-1]:
            if folder.lower() in MEANINGLESS_FOLDERS:
                self.report(path, 1, f'a folder called "{folder}" says nothing; name it after what is in it')

    def check_length(self, path):
        lines = (self.root / path).read_text(encoding="utf-8", errors="replace").count("\n")
        if lines > MAX_LINES:
            self.report(path, lines, f"{lines} lines, {MAX_LINES} at most; is it one thing, or several?")

    def check_source(self, path):
        room = self.table.room_of(path)
        if room is None:
            self.report(path, 1, "is in no room of layers.toml")
            return
        is_test = path.endswith("_test.cpp")
        text = (self.root / path).read_text(encoding="utf-8")
        for number, line in enumerate(text.split("\n"), 1):
            include = INCLUDE.match(line)
            if include:
                self.check_include(path, number, room, is_test, *include.groups())
        words = set() if is_test else self.table.banned_words(room)
        if words:
            pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(words))) + r")\b")
            for number, line in enumerate(NOT_CODE.sub(blank, text).split("\n"), 1):
                for word in pattern.findall(line):
                    self.report(path, number, f'"{word}" is banned from {room}')

    def check_include(self, path, number, room, is_test, quoted, angled):
        header = quoted or angled
        if angled in STANDARD_HEADERS:
            if not is_test and angled in self.table.banned_headers(room):
                self.report(path, number, f"<{angled}> is banned from {room}")
            return
        place = next((p for p in (f"src/{quoted}", quoted) if quoted and (self.root / p).is_file()), None)
        if place:
            self.included_by.setdefault(path, set()).add(place)
            other = self.table.room_of(place)
            if other is None:
                self.report(path, number, f'"{quoted}" is in no room of layers.toml')
            elif not self.table.may_import(room, other, is_test):
                self.report(path, number, f'{room} may not import {other} ("{quoted}")')
            return
        if quoted and (self.root / path).parent.joinpath(quoted).is_file():
            self.report(path, number, f'"{quoted}": write the path from the root of the project')
            return
        if not any(header.startswith(p) for p in self.table.libraries_of(room, is_test)):
            self.report(path, number, f"{room} may not include <{header}>; [libraries] in layers.toml says what it may")


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parent.parent
    try:
        table = Table(tomllib.loads((root / "tools/layers.toml").read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, TableError) as error:
        print(f"{root}/tools/layers.toml: {error}", file=sys.stderr)
        return 2
    checker = Checker(root, table)
    findings = checker.run()
    for path, line, message in findings:
        print(f"{path}:{line}: {message}")
    if not findings:
        print(f"layers: {len(checker.sources)} files in {len(table.rooms)} rooms, nothing found")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
