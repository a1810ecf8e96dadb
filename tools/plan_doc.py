#!/usr/bin/env python3
"""Writes docs/plan.md from data/exercises/plan.json, its sources and its words.

usage: plan_doc.py [--check]     --check only says whether the document is up to date
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/plan.md"
SINGULAR = {"hours": "hour", "days": "day", "points": "point"}


def read(name):
    return json.loads((ROOT / "data/exercises" / name).read_text(encoding="utf-8"))


def amount(rule):
    value, unit = rule["value"], rule["unit"]
    if unit == "ratio":
        return f"{value:.0%}".replace("%", " %")
    if unit == "count":
        return f"{value:g}"
    return f"{value:g} {SINGULAR[unit] if value == 1 else unit}"


def document():
    plan, sources, words = read("plan.json"), read("sources.json")["sources"], read("cues.en.json")["plan"]
    rules = plan["rules"]

    def filled(text):
        return re.sub(r"\{(\w+)\}", lambda found: amount(rules[found.group(1)]), text)

    yield "# The plan\n"
    yield "Written by tools/plan_doc.py from data/exercises/plan.json; do not edit it. The code is core/plan, and core/plan/plan_test.cpp"
    yield "has a test named after each decision. Comfort is told from 0 (nothing) to 10; a point less comfortable is a point more.\n"
    yield "## Decisions\n"
    yield "| decision | when | then | what the person is told |"
    yield "|---|---|---|---|"
    for reason, decision in plan["decisions"].items():
        yield f"| {reason} | {filled(decision['when'])} | {filled(decision['then'])} | {words[reason]} |"
    yield "\nBefore a practice: not today with a comfort of {comfort_not_today} or more, or {comfort_rise} worse than before the last.\n".format(
        **{key: amount(rule) for key, rule in rules.items()}
    )
    yield "## Numbers\n"
    yield "| rule | value | how founded | source |"
    yield "|---|---|---|---|"
    for key, rule in rules.items():
        source = sources[rule["source"]]
        yield f"| {key} | {amount(rule)} | {rule['status'].replace('_', ' ')} | {source['name']}: {source['where']} |"


def main():
    text = "\n".join(document()) + "\n"
    if sys.argv[1:] != ["--check"]:
        DOCUMENT.write_text(text, encoding="utf-8")
    elif not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != text:
        sys.exit("docs/plan.md is not what data/exercises/plan.json says: tools/plan_doc.py")


if __name__ == "__main__":
    main()
