"""Writes Markdown with prose wrapped at 100 columns, as tools/check_docs.py requires."""

import itertools
import textwrap

WIDTH = 100


def is_prose(line):
    return bool(line) and not line.startswith(("|", "#", "-"))


def filled(line, indent=""):
    return textwrap.wrap(
        line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def wrapped(lines):
    """The text of a document with its paragraphs and list items wrapped; tables and headings stay."""
    text = []
    every = "\n".join(lines).split("\n")
    for prose, group in itertools.groupby(every, is_prose):
        if prose:
            text += filled(" ".join(group))
        else:
            for line in group:
                text += filled(line, "  ") if line.startswith("- ") else [line]
    return "\n".join(text) + "\n"
