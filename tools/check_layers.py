#!/usr/bin/env python3
"""Checks the sources against the table of rooms, tools/layers.toml.

usage: check_layers.py [ROOT]

Reads what every C++, TypeScript, Svelte, JavaScript and Python file in ROOT (this project by default)
imports, and reports each finding as `file:line: what is wrong`: an import that the table does not
allow, a file in no room, a word or standard header banned from a room, a function of the C library whose
results differ between platforms, a cycle, a file that is too long, a folder whose name says nothing.
Exit 0: nothing found; 1: something found; 2: the table itself is wrong.
"""

import pathlib
import sys
import tomllib

from layers import cpp, ecmascript, python
from layers.files import project_files
from layers.table import Table, TableError, find_cycle

MAX_LINES = 500
MEANINGLESS_FOLDERS = {"util", "utils", "common", "helper", "helpers", "misc"}
COUNTED_SUFFIXES = {
    ".h", ".hpp", ".cpp", ".py", ".sh", ".mjs", ".js", ".ts", ".svelte", ".css", ".cmake",
}  # fmt: skip


class Checker:
    """Checks all files of a project; `findings` are (path, line, message)."""

    def __init__(self, root, table):
        self.root = root
        self.table = table
        self.files = project_files(root)
        self.known = set(self.files)
        self.findings = []
        self.imports = {}
        self.checked = 0

    def report(self, path, line, message):
        self.findings.append((path, line, message))

    def run(self):
        for path in self.files:
            self.check_name(path)
            if pathlib.PurePath(path).suffix in COUNTED_SUFFIXES:
                self.check_length(path)
            self.check_source(path)
        cycle = find_cycle(self.imports)
        if cycle:
            self.report(cycle[0], 1, "imports form a cycle: " + " -> ".join(cycle))
        return sorted(set(self.findings))

    def check_name(self, path):
        for folder in path.split("/")[:-1]:
            if folder.lower() in MEANINGLESS_FOLDERS:
                self.report(path, 1, f'a folder called "{folder}" says nothing; name it after its contents')

    def check_length(self, path):
        text = self.text_of(path)
        lines = text.count("\n")
        # What a program writes from a schema is as long as the schema.
        if lines > MAX_LINES and not text.startswith("// Made from "):
            self.report(path, lines, f"{lines} lines, {MAX_LINES} at most; is it one thing, or several?")

    def text_of(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def check_source(self, path):
        check = self.check_for(path)
        if check is None:
            return
        self.checked += 1
        room = self.table.room_of(path)
        if room is None:
            self.report(path, 1, "is in no room of layers.toml")
        else:
            check(path, room, self.text_of(path))

    def check_for(self, path):
        """The check for the file's language, or None for a file without imports."""
        if path.endswith((".h", ".hpp", ".cpp")):
            return self.check_cpp
        if path.endswith(ecmascript.SUFFIXES):
            return self.check_ecmascript
        return self.check_python if path.endswith(".py") else None

    def check_cpp(self, path, room, text):
        is_test = path.endswith("_test.cpp")
        pure = room in self.table.pure_rooms and not is_test
        for line, quoted, angled in cpp.includes(text):
            if angled in cpp.STANDARD_HEADERS:
                if pure and angled in self.table.banned_headers:
                    self.report(path, line, f"<{angled}> is banned from {room}")
            else:
                self.check_include(path, line, room, is_test, quoted, angled)
        if pure and self.table.banned_words:
            for line, word in cpp.uses_of(self.table.banned_words, text):
                self.report(path, line, f'"{word}" is banned from {room}')
        if path.startswith("src/") and not is_test:
            self.check_functions(path, text)

    def check_functions(self, path, text):
        own = self.table.own_functions
        if not self.table.platform_functions or path in (f"src/{own}", f"src/{own.removesuffix('.h')}.cpp"):
            return
        for line, written, name in cpp.calls_of_library(self.table.platform_functions, text):
            self.report(
                path, line, f'"{written}" differs between platforms; use base::{name} ({own}), or add it there'
            )

    def check_include(self, path, line, room, is_test, quoted, angled):
        header = quoted or angled
        place = next((p for p in (f"src/{quoted}", quoted) if quoted and p in self.known), None)
        if place:
            self.check_arrow(path, line, room, place, quoted, is_test)
        elif quoted and (self.root / path).parent.joinpath(quoted).is_file():
            self.report(path, line, f'"{quoted}": write the path from the root of the project')
        elif not any(header.startswith(p) for p in self.table.libraries_of(room, is_test)):
            self.report(
                path, line, f"{room} may not include <{header}>; [libraries] in layers.toml says what it may"
            )

    def check_ecmascript(self, path, room, text):
        for line, name in ecmascript.imports(path, text):
            if name.startswith("."):
                target = ecmascript.target_of(path, name, self.known.__contains__)
                if target:
                    self.check_arrow(path, line, room, target, name)
                else:
                    self.report(path, line, f'"{name}" is no file')
            else:
                self.check_package(path, line, room, name)

    def check_python(self, path, room, text):
        try:
            found = list(python.imports(text))
        except SyntaxError as error:
            self.report(path, error.lineno or 1, "is not Python")
            return
        for line, module, names in found:
            targets = python.targets_of(path, module, names, self.known.__contains__)
            for target in targets:
                self.check_arrow(path, line, room, target, module)
            if not targets and module.startswith("."):
                self.report(path, line, f'"{module}" is no file')
            elif not targets and module.split(".")[0] not in python.STANDARD_MODULES:
                self.check_package(path, line, room, module.split(".")[0])

    def check_package(self, path, line, room, name):
        for allowed in self.table.libraries_of(room, False):
            if name == allowed or name.startswith(allowed + "/") or (allowed.endswith(":") and name.startswith(allowed)):
                return
        self.report(
            path, line, f'{room} may not import the package "{name}"; [libraries] in layers.toml says what it may'
        )

    def check_arrow(self, path, line, room, target, name, is_test=False):
        self.imports.setdefault(path, set()).add(target)
        other = self.table.room_of(target)
        if other is None:
            self.report(path, line, f'"{name}" is in no room of layers.toml')
        elif not self.table.may_import(room, other, is_test):
            self.report(path, line, f'{room} may not import {other} ("{name}")')


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
        print(f"layers: {checker.checked} files in {len(table.rooms)} rooms, nothing found")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
