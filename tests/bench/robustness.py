#!/usr/bin/env python3
"""Measures how analysis changes when clips are altered as phones, rooms and other people do.

usage: robustness.py --matside PROGRAM CLIP... [--only CHANGE]... [--threads N] [--out FILE] [--keep DIR]

For each clip and change (tests/bench/clip_changes.py):
  found       share of frames with a body, in percent; where the picture goes black, of the other frames
  elsewhere   share of these whose hips are more than a quarter of the body's length from where they are in
              the unchanged clip: another person or object
  counts      repetitions left and right, and kicks
  unchanged   whether side and kicks of every repetition are those of the unchanged clip
  found again how long after a black picture the body is found again

Hidden movement can't be counted. Where the picture goes black, or someone walks through it, only repetitions
at least a second away from that are compared.

Goals: found in 99%, elsewhere in at most 1%, counts unchanged, found again after at most 0.5 s. Exits with 1
when a row misses one. NAME.truth.json beside a clip gives the exercise's level. ffmpeg makes the clips, in a
temporary folder.
"""

import argparse
import csv
import dataclasses
import json
import math
import pathlib
import statistics
import sys
import tempfile

import clip_changes
from clip_changes import CHANGES, run

LEAST_FOUND, MOST_ELSEWHERE, MOST_AGAIN_S = 99.0, 1.0, 0.5
ELSEWHERE = 0.25  # Of the body's length.
MARGIN_S = 1.0
SAME_REPETITION = 0.3  # Of the time that two span together.


@dataclasses.dataclass
class Watched:
    """What the program found in a clip."""

    times: list
    rows: list  # The table of poses.
    repetitions: list

    def found(self):
        return [row["nose_x"] != "" for row in self.rows]

    def counts(self):
        sides = [r["side"] for r in self.repetitions]
        unsure = len(sides) - sides.count("left") - sides.count("right")
        kicks = sum(len(r["kicks"]) for r in self.repetitions)
        noun = "kick" if kicks == 1 else "kicks"
        more = f" + {unsure} side unknown" if unsure else ""
        return f"{sides.count('left')} + {sides.count('right')}{more}, {kicks} {noun}"


def point(row, *joints):
    """The middle of some joints, pixels."""
    return tuple(statistics.fmean(float(row[f"{j}_{axis}"]) for j in joints) for axis in "xy")


def hips(row):
    return point(row, "left_hip", "right_hip")


def watch(matside, video, level, threads, folder):
    result, poses = folder / "result.json", folder / "poses.csv"
    for file in (result, poses):
        file.unlink(missing_ok=True)
    run(matside, "analyze", video, "--quiet", "--level", level, "--json", result, "--poses", poses, "--threads", threads)
    with open(poses, newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    repetitions = json.loads(result.read_text(encoding="utf-8"))["repetitions"]
    return Watched([float(row["t_s"]) for row in rows], rows, repetitions)


def clip_of(path, other, before):
    """The clip with the body that was found in it."""
    seen = [row for row in before.rows if row["nose_x"] != ""]
    if not seen:
        sys.exit(f"robustness.py: {path}: nobody is found in the unchanged clip")
    size = run("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height", "-of",
               "csv=p=0", path).split(",")

    def median(*joints):
        places = [point(row, *joints) for row in seen]
        return tuple(statistics.median(p[i] for p in places) for i in (0, 1))

    nose, ankles = median("nose"), median("left_ankle", "right_ankle")
    lowest = max(median(joint)[1] for joint in ("left_elbow", "right_elbow", "left_knee", "right_knee"))
    floor = lowest + 0.07 * math.dist(nose, ankles)  # Joints are inside the body.
    return clip_changes.Clip(path, other, int(size[0]), int(size[1]), before.times[-1], nose, ankles, floor)


def shared_time(one, other):
    common = min(one["end_s"], other["end_s"]) - max(one["start_s"], other["start_s"])
    spanned = max(one["end_s"], other["end_s"]) - min(one["start_s"], other["start_s"])
    return common / spanned if spanned > 0 else 0.0


def visible(repetitions, hidden):
    if not hidden:
        return repetitions
    return [r for r in repetitions if r["end_s"] + MARGIN_S < hidden[0] or r["start_s"] - MARGIN_S > hidden[1]]


def strangers(wanted, among):
    """Those of `wanted` without a counterpart of the same time, side and kicks."""
    return [
        w
        for w in wanted
        if not any(
            shared_time(w, a) >= SAME_REPETITION and w["side"] == a["side"] and len(w["kicks"]) == len(a["kicks"])
            for a in among
        )
    ]


def differences(before, after, hidden):
    """How many repetitions are missing, different, or only in the changed clip."""
    lost = strangers(visible(before.repetitions, hidden), after.repetitions)
    new = strangers(visible(after.repetitions, hidden), before.repetitions)
    return max(len(lost), len(new))


def elsewhere(before, after, places, body_px):
    """Percentage of the frames with a person whose hips are not those of the unchanged clip."""
    away = total = 0
    at_before = {row["frame"]: row for row in before.rows}
    by = math.dist(places[0]((0.0, 0.0)), places[0]((1.0, 0.0)))
    for row in after.rows:
        then = at_before.get(row["frame"])
        if row["nose_x"] == "" or then is None or then["nose_x"] == "":
            continue
        total += 1
        at = hips(row)
        away += all(math.dist(at, place(hips(then))) > ELSEWHERE * body_px * by for place in places)
    return 100.0 * away / max(1, total)


@dataclasses.dataclass
class Row:
    found: float
    elsewhere: float
    counts: str
    differences: int
    again_s: float | None = None

    def shortfalls(self):
        short = []
        if self.found < LEAST_FOUND:
            short.append(f"found in {self.found:.1f}%")
        if self.elsewhere > MOST_ELSEWHERE:
            short.append(f"elsewhere in {self.elsewhere:.1f}%")
        if self.differences:
            noun = "repetition" if self.differences == 1 else "repetitions"
            short.append(f"{self.differences} {noun} changed")
        if self.again_s is not None and self.again_s > MOST_AGAIN_S:
            short.append(f"found again after {self.again_s:.2f} s")
        return short

    def cells(self):
        before = "yes" if not self.differences else f"**no ({self.differences})**"
        again = "" if self.again_s is None else f"{self.again_s:.2f} s"
        return f"{self.found:.1f} | {self.elsewhere:.1f} | {self.counts} | {before} | {again}"


def measure(options, clip, name, before, level, folder):
    change = CHANGES[name](clip)
    video = folder / "changed.mp4"
    clip_changes.make(clip, change, video)
    after = watch(options.matside, video, level, options.threads, folder)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        stem = f"{clip.path.stem}-{name.replace(' ', '_')}"
        (folder / "poses.csv").rename(options.keep / f"{stem}.csv")
        (folder / "result.json").rename(options.keep / f"{stem}.json")
        video.rename(options.keep / f"{stem}.mp4")
    hidden = clip_changes.hidden(clip, name)
    row = Row(0.0, elsewhere(before, after, change.places, clip.body_px), after.counts(),
              differences(before, after, hidden))
    found = after.found()
    if name.startswith("black"):
        start, end = clip.black
        lit = [(t, f) for t, f in zip(after.times, found) if not start <= t <= end]
        row.again_s = next((t - end for t, f in lit if f and t > end), math.inf)
        found = [f for _, f in lit]
    row.found = 100.0 * sum(found) / max(1, len(found))
    return row


def level_of(clip):
    truth = clip.with_name(clip.stem + ".truth.json")
    return json.loads(truth.read_text(encoding="utf-8"))["level"] if truth.exists() else 1


HEAD = """# Robustness

This file is written by `./dev robustness`; do not edit it. `tests/bench/robustness.py` explains the
columns, and `tests/bench/clip_changes.py` makes the changes. Network: full, with the eye.

Goals: the body is found in 99% of the frames, and found elsewhere in at most 1%; the counts stay
the same; after a black picture, the body is found again within 0.5 s. "Elsewhere" means that the
hips are more than a quarter of the body length from where they are in the unchanged clip.
Repetitions within a second of a black picture or of a passer-by are not compared.

"""
TABLE = """| clip | change | found, % of frames | elsewhere, % | left + right | unchanged | found again after |
|---|---|---|---|---|---|---|"""


def summary(lines, short):
    rows_short = len({s.split(":")[0] for s in short})
    others = " The others:" if short else ""
    return [f"The table has {len(lines)} rows; {len(lines) - rows_short} meet every goal.{others}", "", *(f"- {s}" for s in short)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--matside", required=True, type=pathlib.Path)
    parser.add_argument("--only", action="append", choices=CHANGES)
    parser.add_argument("--threads", default=2, type=int)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("clips", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    lines, short = [], []
    print(TABLE, flush=True)
    for i, path in enumerate(options.clips):
        level = level_of(path)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            before = watch(options.matside, path, level, options.threads, folder)
            clip = clip_of(path, options.clips[i - 1], before)
            for change in options.only or CHANGES:
                row = measure(options, clip, change, before, level, folder)
                lines.append(f"| {path.stem} | {change} | {row.cells()} |")
                print(lines[-1], flush=True)
                short += [f"{path.stem}, {change}: {what}" for what in row.shortfalls()]
                if options.out:
                    text = [*summary(lines, short), "", TABLE, *lines]
                    options.out.write_text(HEAD + "\n".join(text) + "\n", encoding="utf-8")
    print("", *summary(lines, short), sep="\n")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
