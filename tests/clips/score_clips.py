#!/usr/bin/env python3
"""Runs matside on clips with known truth and prints how well it counted and scored.

usage: score_clips.py --matside PROGRAM CLIPS_DIR [--only NAME]... [--jobs N] [--keep DIR] [--require FIGURE=BOUND]...

CLIPS_DIR holds NAME.mp4 with NAME.truth.json, and NAME.truth.csv.gz where knee angles are to be compared
too. A repetition found and a true one are the same when they share at least 30 % of the time the two span
together; each is used once, the best overlaps first. A clip that matside fails on is an error, not a zero.

  rep_f1       2 found and true / (reported + true)
  side_acc     share of these on the right side; "unsure" is not right
  side_wrong   how many of them are on the opposite side
  kicks_exact  share of these with the true number of kicks
  kick_time_err, edge_err   median absolute errors in seconds: of the kicks; of start and end
  knee_mae, knee_bias       degrees at the kicks, against the true maximum within 0.15 s
  fault_f1     the same as rep_f1, over pairs of repetition and fault
  idle_reps    repetitions reported where there is none in the whole clip

Exit 0: every --require holds; 1: one does not; 2: a clip could not be scored.
"""

import argparse
import concurrent.futures
import csv
import dataclasses
import gzip
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

FAULTS = {
    "hips_lift",
    "dropped_foot",
    "missing_second_kick",
    "shallow_kick",
    "chest_sink",
    "thigh_lift",
    "head_drop",
    "incomplete_lower",
}
SAME_REPETITION = 0.3
SMALLER_IS_BETTER = {"side_wrong", "kick_time_err", "edge_err", "knee_mae", "idle_reps"}


class ScoringError(Exception):
    """A clip that can't be scored, with its name and the reason."""


@dataclasses.dataclass
class Tally:
    """The totals of one clip, or of several clips together."""

    true: int = 0
    reported: int = 0
    found: int = 0
    side_right: int = 0
    side_wrong: int = 0
    kicks_exact: int = 0
    faults_true: int = 0
    faults_reported: int = 0
    faults_found: int = 0
    idle_reps: int = 0
    kick_errors_s: list = dataclasses.field(default_factory=list)
    edge_errors_s: list = dataclasses.field(default_factory=list)
    knee_errors_deg: list = dataclasses.field(default_factory=list)
    remarks: list = dataclasses.field(default_factory=list)

    def __add__(self, other):
        names = [f.name for f in dataclasses.fields(self)]
        return Tally(**{n: getattr(self, n) + getattr(other, n) for n in names})

    def figures(self):
        def f1(hits, reported, true):
            return 1.0 if reported + true == 0 else 2 * hits / (reported + true)

        result = {
            "repetitions": self.true,
            "rep_f1": f1(self.found, self.reported, self.true),
            "fault_f1": f1(self.faults_found, self.faults_reported, self.faults_true),
            "side_wrong": self.side_wrong,
            "idle_reps": self.idle_reps,
        }
        if self.found:
            result["side_acc"] = self.side_right / self.found
            result["kicks_exact"] = self.kicks_exact / self.found
            result["edge_err"] = statistics.median(self.edge_errors_s)
        if self.kick_errors_s:
            result["kick_time_err"] = statistics.median(self.kick_errors_s)
        if self.knee_errors_deg:
            result["knee_mae"] = statistics.fmean(map(abs, self.knee_errors_deg))
            result["knee_bias"] = statistics.fmean(self.knee_errors_deg)
        return {name: round(value, 4) for name, value in result.items()}


def shared_time(true, reported):
    """The overlap of two intervals: shared time over the time from the first start to the last end, 0 to 1."""
    common = min(true["end"], reported["end_s"]) - max(true["start"], reported["start_s"])
    spanned = max(true["end"], reported["end_s"]) - min(true["start"], reported["start_s"])
    return max(0.0, common) / spanned if spanned > 0 else 0.0


def pair_up(true, reported):
    """Pairs (true, reported) of the same repetition, and the reported repetitions that match no true one."""
    candidates = [(shared_time(t, r), i, j) for i, t in enumerate(true) for j, r in enumerate(reported)]
    left, right, pairs = set(range(len(true))), set(range(len(reported))), []
    for share, i, j in sorted(candidates, reverse=True):
        if share >= SAME_REPETITION and i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((true[i], reported[j]))
    return pairs, [true[i] for i in sorted(left)], [reported[j] for j in sorted(right)]


def knee_maximum_deg(rows, side, time_s):
    return max(float(r["knee_flexion_" + side]) for r in rows if abs(float(r["t"]) - time_s) <= 0.15)


def tally_pair(tally, true, reported, rows):
    at = f"repetition at {true['start']:.1f} s"
    tally.found += 1
    tally.edge_errors_s += [abs(true["start"] - reported["start_s"]), abs(true["end"] - reported["end_s"])]
    if reported["side"] == true["side"]:
        tally.side_right += 1
    else:
        tally.side_wrong += reported["side"] != "unsure"
        tally.remarks.append(f"{at}: side {reported['side']}, truly {true['side']}")
    if len(reported["kicks"]) == len(true["beats"]):
        tally.kicks_exact += 1
        for beat, kick in zip(true["beats"], reported["kicks"]):
            tally.kick_errors_s.append(abs(beat["t"] - kick["time_s"]))
            if rows:
                maximum = knee_maximum_deg(rows, true["side"], beat["t"])
                tally.knee_errors_deg.append(kick["knee_flexion_deg"] - maximum)
    else:
        tally.remarks.append(f"{at}: {len(reported['kicks'])} kicks, truly {len(true['beats'])}")
    wanted, got = set(true["faults"]) & FAULTS, {f["id"] for f in reported["faults"]} & FAULTS
    tally.faults_found += len(wanted & got)
    tally.faults_true += len(wanted)
    tally.faults_reported += len(got)
    tally.remarks += [f"{at}: no {f}, but reported" for f in sorted(got - wanted)]
    tally.remarks += [f"{at}: {f} not reported" for f in sorted(wanted - got)]


def score(truth, analysis, rows=()):
    """The tally of one analysis (matside.analysis/1) compared with its truth."""
    true, reported = truth["repetitions"], analysis["repetitions"]
    pairs, missed, invented = pair_up(true, reported)
    tally = Tally(true=len(true), reported=len(reported), idle_reps=0 if true else len(reported))
    for one, other in sorted(pairs, key=lambda pair: pair[0]["start"]):
        tally_pair(tally, one, other, rows)
    for repetition in missed:
        tally.faults_true += len(set(repetition["faults"]) & FAULTS)
        tally.remarks.append(f"repetition at {repetition['start']:.1f} s: missed")
    for repetition in invented:
        tally.remarks.append(f"repetition reported at {repetition['start_s']:.1f} s: there is none")
    return tally


def analyse(matside, clip, level, result):
    command = [matside, "analyze", str(clip), "--level", str(level), "--json", str(result), "--quiet", "--force", "--threads", "1"]
    command += ["--poses", str(result.with_suffix(".csv"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ScoringError(f"{clip.name}: matside ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    analysis = json.loads(result.read_text(encoding="utf-8"))
    if analysis["schema"] != "matside.analysis/1" or not analysis["complete"]:
        raise ScoringError(f"{clip.name}: the analysis is not complete")
    return analysis


def score_clip(matside, truth_path, folder):
    name = truth_path.name.removesuffix(".truth.json")
    truth = json.loads(truth_path.read_text(encoding="utf-8"))
    csv_path, rows = truth_path.with_name(name + ".truth.csv.gz"), ()
    if csv_path.exists():
        with gzip.open(csv_path, "rt") as lines:
            rows = list(csv.DictReader(lines))
    analysis = analyse(matside, truth_path.with_name(name + ".mp4"), truth["level"], folder / (name + ".json"))
    return name, score(truth, analysis, rows)


def shortfalls(figures, requirements):
    """The requirements ("rep_f1=0.97") that the figures don't meet. A missing figure meets no requirement."""
    found = []
    for requirement in requirements:
        name, _, bound = requirement.partition("=")
        value = figures.get(name)
        if value is None or (value > float(bound) if name in SMALLER_IS_BETTER else value < float(bound)):
            found.append(f"{name} is {value}, wanted {'at most' if name in SMALLER_IS_BETTER else 'at least'} {bound}")
    return found


def truths_in(folder, only):
    paths = sorted(pathlib.Path(folder).glob("*.truth.json"))
    names = {p.name.removesuffix(".truth.json") for p in paths}
    if not paths or not set(only) <= names:
        raise ScoringError(f"{folder}: no truth of {', '.join(sorted(set(only) - names)) or 'any clip'}")
    return [p for p in paths if not only or p.name.removesuffix(".truth.json") in only]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips")
    parser.add_argument("--matside", required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep")
    parser.add_argument("--require", action="append", default=[])
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        total = Tally()
        try:
            paths = truths_in(options.clips, options.only)
            with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
                for name, tally in pool.map(lambda p: score_clip(options.matside, p, folder), paths):
                    print(name, json.dumps(tally.figures()), *tally.remarks, sep="\n    ", flush=True)
                    total += tally
        except (ScoringError, OSError, ValueError, KeyError) as error:
            print(f"score_clips: {error!r}", file=sys.stderr)
            return 2
    figures = total.figures()
    print("all", json.dumps(figures))
    short = shortfalls(figures, options.require)
    print(*(f"falls short: {s}" for s in short), sep="\n", end="\n" if short else "")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
