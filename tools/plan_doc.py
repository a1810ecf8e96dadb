#!/usr/bin/env python3
"""Writes docs/plan.md from data/exercises/plan.json, its sources and its texts.

usage: plan_doc.py [--check]     --check only reports whether the document is up to date
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
        return f"{value:.0%}"
    if unit == "count":
        return f"{value:g}"
    return f"{value:g} {SINGULAR[unit] if value == 1 else unit}"


def document():
    plan, sources, words = read("plan.json"), read("sources.json")["sources"], read("cues.en.json")["plan"]
    rules = plan["rules"]

    def filled(text):
        return re.sub(r"\{(\w+)\}", lambda found: amount(rules[found.group(1)]), text)

    yield "# The plan\n"
    yield "This file is written by `tools/plan_doc.py` from `data/exercises/plan.json`; do not edit it. The"
    yield "code is in `src/core/plan`, and `src/core/plan/plan_test.cpp` has a test for each decision."
    yield "Comfort is rated from 0 (no discomfort) to 10; a higher number means less comfortable.\n"
    yield "## Decisions\n"
    yield "| decision | when | then | what the page says |"
    yield "|---|---|---|---|"
    for reason, decision in plan["decisions"].items():
        yield f"| {reason} | {filled(decision['when'])} | {filled(decision['then'])} | {words[reason]} |"
    yield (
        "\nThere is no practice on a day when discomfort before starting is {comfort_not_today} or more, or\n"
        "{comfort_rise} higher than before the last practice.\n"
    ).format(**{key: amount(rule) for key, rule in rules.items()})
    yield "With several exercises, level and repetitions are planned for each. Rest, the number of practices in"
    yield "seven days, and comfort are common to all of them: if one exercise causes discomfort, the next"
    yield "practice of each exercise that has begun is easier. Different exercises that begin within"
    yield f"{amount(rules['same_practice'])} of one another are one practice, with no rest between them. After any discomfort, nothing"
    yield "follows that day. A repetition of both legs, or of none alone, counts for each side: 4 of them are"
    yield "as many as 4 on each side.\n"
    yield "## Numbers\n"
    yield "| rule | value | status | source |"
    yield "|---|---|---|---|"
    for key, rule in rules.items():
        source = sources[rule["source"]]
        yield f"| {key} | {amount(rule)} | {rule['status'].replace('_', ' ')} | {source['name']}: {source['where']} |"


def main():
    text = "\n".join(document()) + "\n"
    if sys.argv[1:] != ["--check"]:
        DOCUMENT.write_text(text, encoding="utf-8")
    elif not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != text:
        sys.exit("docs/plan.md is out of date: run tools/plan_doc.py")


if __name__ == "__main__":
    main()
