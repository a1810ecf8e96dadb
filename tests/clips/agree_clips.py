#!/usr/bin/env python3
"""Measures with `matside batch` and `matside agree` how well the knee angles of clips agree with their truth.

usage: agree_clips.py --matside PROGRAM CLIPS_DIR KNEES_DIR [--poses DIR] [--jobs N] [--keep DIR] [--figure SVG]
                      [--require FIGURE=BOUND]...

CLIPS_DIR holds NAME.mp4 with NAME.truth.json; KNEES_DIR the true flexion of both knees as NAME.csv (time_s, left_deg,
right_deg). With --poses, the poses of most clips are those that score_clips.py kept (NAME.csv with NAME.json), not
found again in the videos; clips of another picture size are still read. Prints the tables as Markdown, for docs/accuracy.md. --figure saves the Bland-Altman plot of the greatest
bends. The figures for --require, an upper bound each:

  repetition_bias, repetition_mae, repetition_limit   degrees, greatest bends; the limit farther from 0
  time_bias, time_mae, time_limit                     the same of the whole curves
  shift                                               seconds: the largest time shift found, whose truth is 0

Exit 0: every --require holds; 1: one does not; 2: the clips could not be compared.
"""

import argparse
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile


class AgreementError(Exception):
    """What could not be run, with its message."""


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AgreementError(f"{command[1]} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def poses_in(folder, names):
    """The tables of poses of clips by name, those of the most frequent picture size, and that size as "640x360"."""
    sizes = {}
    for name in names:
        source = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["source"]
        sizes[name] = f"{source['width']}x{source['height']}"
    [(size, _)] = collections.Counter(sizes.values()).most_common(1)
    return {name: folder / f"{name}.csv" for name in names if sizes[name] == size}, size


def write_manifest(clips, names, poses, manifest):
    with open(manifest, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "level"])
        for name in names:
            truth = json.loads((clips / f"{name}.truth.json").read_text(encoding="utf-8"))
            rows.writerow([poses.get(name, clips / f"{name}.mp4").resolve(), truth["level"]])


def estimate(row, name, unit, decimals):
    """A value with its interval, as in the summary of agree."""
    texts = []
    for part in ("", "_low", "_high"):
        cell = row[name + part + unit]
        texts.append(f"{float(cell) + 0.0:.{decimals}f}" if cell else "")
    if not texts[0]:
        return "-"
    return f"{texts[0]} ({texts[1]} to {texts[2]})" if texts[1] else texts[0]


def number(row, name):
    return f"{float(row[name]):.1f}" if row[name] else "-"


def table(rows, kind):
    lines = [
        "| knee | angle | pairs | bias | MAE | RMSE | limits of agreement | ICC(2,1) | ICC(3,1) | SEM | MDC95 |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        if row["kind"] != kind:
            continue
        limits = [estimate(row, f"{end}_limit", "_deg", 1) for end in ("lower", "upper")]
        cells = [
            row["side"],
            row["range"].replace("_", " "),
            row["pairs"],
            estimate(row, "bias", "_deg", 1),
            number(row, "mae_deg"),
            number(row, "rmse_deg"),
            " and ".join(limits) if limits != ["-", "-"] else "-",
            estimate(row, "icc_2_1", "", 2),
            estimate(row, "icc_3_1", "", 2),
            number(row, "sem_deg"),
            number(row, "mdc95_deg"),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def shifts_in(text):
    """The shifts in the summary's first table, in seconds."""
    lines = text.split("\n\n")[1].splitlines()[1:]
    return [float(line.split()[1]) for line in lines]


def figures_of(rows, shifts):
    found = {"shift": max(abs(shift) for shift in shifts)}
    for row in rows:
        if row["side"] != "both" or row["range"] != "all":
            continue
        kind = row["kind"]
        found[f"{kind}_bias"] = abs(float(row["bias_deg"]))
        found[f"{kind}_mae"] = float(row["mae_deg"])
        found[f"{kind}_limit"] = max(abs(float(row["lower_limit_deg"])), abs(float(row["upper_limit_deg"])))
    return found


def markdown(rows, names, shifts):
    return (
        f"Greatest bend of each repetition ({len(names)} clips), degrees:\n\n"
        + table(rows, "repetition")
        + "\nFlexion at each time, degrees:\n\n"
        + table(rows, "time")
        + "\nWithout `--shift 0`, the time shifts that `agree` finds are between "
        + f"{min(shifts):+.3f} and {max(shifts):+.3f} s\n(truth: 0 s).\n"
    )


def first_figure(page):
    """The first plot of a page, with the page's style, as a file of its own."""
    style = page[page.index("<style>") : page.index("</style>") + len("</style>")]
    plot = page[page.index("<svg") : page.index("</svg>") + len("</svg>")]
    beginning = plot.index(">") + 1
    return plot[:beginning] + style + plot[beginning:] + "\n"


def shortfalls(figures, requirements):
    """The requirements ("time_mae=6") that the figures exceed or lack."""
    found = []
    for requirement in requirements:
        name, _, bound = requirement.partition("=")
        if name not in figures or figures[name] > float(bound):
            found.append(f"{name} is {figures.get(name)}, wanted at most {bound}")
    return found


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=pathlib.Path)
    parser.add_argument("knees", type=pathlib.Path)
    parser.add_argument("--matside", required=True)
    parser.add_argument("--poses", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep")
    parser.add_argument("--figure", type=pathlib.Path)
    parser.add_argument("--require", action="append", default=[])
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        dataset, statistics = folder / "dataset", folder / "statistics.csv"
        try:
            names = sorted(path.stem for path in options.knees.glob("*.csv"))
            if not names:
                raise AgreementError(f"{options.knees}: no NAME.csv with true angles")
            poses, size = poses_in(options.poses, names) if options.poses else ({}, "")
            write_manifest(options.clips, names, poses, folder / "manifest.csv")
            run(options.matside, "batch", folder / "manifest.csv", "-o", dataset, "--no-reports", "--quiet",
                "--threads", options.jobs, *(["--size", size] if poses else []))
            agree = [options.matside, "agree", dataset, options.knees]
            run(*agree, "--shift", "0", "--force", "--csv", statistics, "--pairs", folder / "pairs.csv", "--html",
                folder / "agreement.html")
            shifts = shifts_in(run(*agree))
            with open(statistics, newline="", encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            if options.figure:
                page = (folder / "agreement.html").read_text(encoding="utf-8")
                options.figure.write_text(first_figure(page), encoding="utf-8")
        except (AgreementError, OSError, ValueError, KeyError) as error:
            print(f"agree_clips: {error}", file=sys.stderr)
            return 2
    print(markdown(rows, names, shifts), end="")
    short = shortfalls(figures_of(rows, shifts), options.require)
    print(*(f"exceeds: {s}" for s in short), sep="\n", end="\n" if short else "", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
