"""What TypeScript, Svelte and JavaScript files import."""

import posixpath
import re

SUFFIXES = (".ts", ".svelte", ".mjs", ".js")
ENDINGS = ("", ".ts", ".svelte.ts", ".svelte", ".mjs", ".js")

SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
COMMENT_OR_STRING = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""",
    re.DOTALL,
)
# A statement begins its line; import() may be anywhere outside a string.
IMPORT = re.compile(
    r"""(?:^\s*(?:import|export)\b(?:[^;'"`()=]*?\bfrom)?\s*|(?<![\w.'"`])import\s*\(\s*)"""
    r"""(["'])(?P<name>[^"'\n]+)\1""",
    re.MULTILINE,
)


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    return COMMENT_OR_STRING.sub(
        lambda found: blank(found.group(0)) if found["comment"] else found.group(0), text
    )


def scripts_only(text):
    """The scripts of a Svelte file; everything else is blank, so that lines keep their numbers."""
    parts, end = [], 0
    for found in SCRIPT.finditer(text):
        parts += [blank(text[end : found.start(1)]), found.group(1)]
        end = found.end(1)
    return "".join(parts) + blank(text[end:])


def imports(path, text):
    """Yields (line, name) for each import and each export from another file."""
    code = without_comments(scripts_only(text) if path.endswith(".svelte") else text)
    for found in IMPORT.finditer(code):
        yield code.count("\n", 0, found.start("name")) + 1, found["name"]


def target_of(path, name, exists):
    """The file that a relative import means, or None."""
    base = posixpath.normpath(posixpath.join(posixpath.dirname(path), name.split("?")[0]))
    return next((base + ending for ending in ENDINGS if exists(base + ending)), None)
