"""Which files belong to the project."""

import os
import subprocess

SKIPPED = {".git", "build", "node_modules", "results", "__pycache__"}


def project_files(root):
    """The project's files in order, relative to root: those git tracks or would track; without
    git all files, except in folders that hold nothing of the repository's own."""
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        return sorted({p for p in listed if p and (root / p).is_file()})
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f not in SKIPPED]
        found += [os.path.relpath(os.path.join(folder, f), root) for f in files]
    return sorted(found)
