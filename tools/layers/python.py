"""What Python files import."""

import ast
import posixpath
import sys

STANDARD_MODULES = sys.stdlib_module_names


def imports(text):
    """Yields (line, module, names or []) for each import; relative ones begin with dots."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            for each in node.names:
                yield node.lineno, each.name, []
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or ""), [n.name for n in node.names]


def targets_of(path, module, names, exists):
    """The project's files that an import from the file at `path` means; empty for any other module.

    Scripts find modules beside themselves, and packages in the folders above the file's. The stub of a compiled
    module (.pyi) stands for it.
    """
    dots = len(module) - len(module.lstrip("."))
    parts = [part for part in module.split(".") if part]
    folder = posixpath.dirname(path)
    folders = [folder, posixpath.dirname(folder)] if dots == 0 else [folder]
    for _ in range(dots - 1):
        folders = [posixpath.dirname(folders[0])]
    for start in folders:
        base = posixpath.join(start, *parts)
        inner = [f"{base}/{name}{end}" for name in names for end in (".py", ".pyi") if exists(f"{base}/{name}{end}")]
        if inner:
            return inner
        found = [place for place in (f"{base}.py", f"{base}.pyi", f"{base}/__init__.py") if parts and exists(place)]
        if found:
            return found
    return []
