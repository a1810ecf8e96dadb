#!/usr/bin/env python3
"""Runs batches of three hundred recordings (batch_clips.py) as docs/batch.md reports them, and prints the figures.

usage: batch_figures.py --matside PROGRAM --folder FOLDER STEP... CLIP...

Steps, which take up to ten minutes each: `clips` makes the recordings; `two` and `one` analyse them on two cores and on
one; `kills` kills the whole batch at fifty random instants and resumes it each time; `slurm` runs it on two nodes of a
Slurm on this computer: one task is cancelled, then a node loses power. The steps after `two` compare their tables with
its tables.
"""

import argparse
import csv
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import time

import batch_clips

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support.slurm_cluster import SlurmCluster, processes, wait_until  # noqa: E402

TABLES = ["practices.csv", "repetitions.csv", "faults.csv", "knee_angles.csv", "failures.csv", "dataset.sqlite",
          "index.html"]
STEPS = ["clips", "two", "one", "kills", "slurm"]
KILLS = 50
LONGEST_S = 12.0
MARK = "MATSIDE_BATCH_FIGURES"


def tables(folder):
    return {name: (folder / name).read_bytes() for name in TABLES}


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def results(dataset):
    folder = dataset / "results"
    return [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.exists() else []


class Figures:
    def __init__(self, matside, folder, clips):
        self.matside, self.folder, self.clips = matside, folder, clips
        self.batch = [matside, "batch", "recordings", "--model", "lite", "--no-reports", "--quiet", "-o"]

    def run(self, dataset, *options, cores=None, environment=None):
        """Seconds."""
        prefix = ["taskset", "-c", cores] if cores else []
        begun = time.monotonic()
        done = subprocess.run([*prefix, *self.batch, dataset, *options], cwd=self.folder, env=environment, check=False,
                              capture_output=True, text=True)
        if done.returncode != 3:
            sys.exit(f"batch_figures.py: exit code {done.returncode}: {done.stderr}")
        return time.monotonic() - begun

    def check(self, dataset):
        same = tables(self.folder / dataset) == tables(self.folder / "two")
        print(f"{dataset}: the tables are {'the same, byte for byte' if same else 'DIFFERENT'}", flush=True)
        if not same:
            sys.exit(1)

    def make_clips(self):
        broken = batch_clips.make(self.clips, self.folder / "recordings")
        print(f"clips: {len(list((self.folder / 'recordings').iterdir()))} recordings, {len(broken)} of them broken in "
              f"{len(batch_clips.BREAKS)} ways")

    def time_one(self):
        print(f"one core: {self.run('one', '--threads', '1', cores='0'):.1f} s")
        self.check("one")

    def time_two(self):
        taken = self.run("two", "--threads", "2", cores="0,1")
        practices, failures = rows(self.folder / "two/practices.csv"), rows(self.folder / "two/failures.csv")
        recorded = sum(float(row["recorded_s"]) for row in practices)
        print(f"two cores: {taken:.1f} s for {len(practices)} practices ({recorded:.0f} s of video) and "
              f"{len(failures)} failures")
        for row in failures:
            print(f"  {row['path']}: {row['kind']}: {row['reason']}")

    def kill_all(self):
        """The tree dies at random instants until it was resumed often enough; the last run finishes."""
        dataset, random_, kills, idle = self.folder / "kills", random.Random(21), 0, 0
        begun = time.monotonic()
        while kills < KILLS:
            before = len(results(dataset))
            process = subprocess.Popen([*self.batch, "kills"], cwd=self.folder, env={**os.environ, MARK: "1"},
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            try:
                process.wait(random_.uniform(0.05, LONGEST_S))
                idle += 1  # It was done before the instant came.
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            kills += 1
            wait_until(lambda: not any(MARK.encode() + b"=1" in environment for _, _, environment in processes()),
                       "the tree's end")
            print(f"  kill {kills}: {before} results before, {len(results(dataset))} after", flush=True)
        self.run("kills")
        print(f"kills: {KILLS} instants, {idle} of them after the end; {time.monotonic() - begun:.0f} s in all")
        self.check("kills")

    def on_slurm(self):
        with SlurmCluster(self.folder / "cluster") as cluster:
            options = ["--slurm", "-p p -t 60", "--slurm-tasks", "4"]
            command = [argument for argument in self.batch if argument != "--quiet"]
            begun = time.monotonic()
            process = subprocess.Popen([*command, "slurm", *options], cwd=self.folder, env=cluster.environment,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            dataset = self.folder / "slurm"

            def at_work():
                return {path.name.split(".")[2] for path in dataset.glob("slurm/*/taken/*")}

            wait_until(lambda: len(results(dataset)) >= 40 and len(at_work()) == 2, "40 results", 300)
            cluster.run("scancel", min(at_work()))
            print(f"  scancel of one task at {len(results(dataset))} results", flush=True)
            wait_until(lambda: len(results(dataset)) >= 120 and cluster.tasks("n2"), "120 results", 300)
            cluster.kill_node("n2")
            print(f"  node n2 killed at {len(results(dataset))} results", flush=True)
            _, errors = process.communicate()
            print(errors)
            print(f"slurm: exit code {process.returncode}, {time.monotonic() - begun:.0f} s")
            self.check("slurm")
            again = subprocess.run([*command, "slurm", *options], cwd=self.folder, env=cluster.environment, check=False,
                                   capture_output=True, text=True)
            print(f"second submission: {again.stdout.splitlines()[0]}; "
                  f"{len(re.findall('submitted', again.stderr))} jobs submitted")
            self.check("slurm")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--matside", required=True)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("arguments", nargs="+")
    options = parser.parse_args()
    steps = [argument for argument in options.arguments if argument in STEPS]
    clips = sorted(pathlib.Path(argument).resolve() for argument in options.arguments if argument not in STEPS)
    options.folder.mkdir(parents=True, exist_ok=True)
    figures = Figures(str(pathlib.Path(options.matside).resolve()), options.folder.resolve(), clips)
    todo = {"clips": figures.make_clips, "one": figures.time_one, "two": figures.time_two, "kills": figures.kill_all,
            "slurm": figures.on_slurm}
    for step in steps:
        todo[step]()


if __name__ == "__main__":
    main()
