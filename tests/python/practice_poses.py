"""The poses of the sample practice, and what the program finds in them."""

import functools
import hashlib
import os
import pathlib
import subprocess
import tempfile

import matside

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLIP = ROOT / "data" / "samples" / "single_leg_kick.mp4"
SIZE = (640, 360)
PROGRAM = os.environ.get("MATSIDE_PROGRAM", "matside")


@functools.lru_cache(maxsize=None)
def folder():
    """Of this test run; removed at its end."""
    return _FOLDER.name


_FOLDER = tempfile.TemporaryDirectory(prefix="matside-python-")


def run_program(*arguments):
    """What the command line prints."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8")


@functools.lru_cache(maxsize=None)
def table():
    """A table of the poses of the sample's first 20 seconds, made by the fastest network: (path, sha256)."""
    path = pathlib.Path(folder()) / "poses.csv"
    run_program("analyze", CLIP, "--quiet", "--model=lite", "--to=20", "--json=-", f"--poses={path}")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@functools.lru_cache(maxsize=None)
def poses():
    """The same as matside.Poses, read back by matside.analyze()."""
    return matside.analyze(table()[0], size=SIZE, poses=True).poses


def new_session(**more):
    return matside.Session(size=SIZE, **more)


def push_in_blocks(session, block):
    """All events of the practice, pushed in blocks of that many frames."""
    every, events = poses(), []
    for start in range(0, len(every.times_s), block):
        part = slice(start, start + block)
        events += session.push(every.landmarks[part], every.times_s[part], every.knees[part])
    return events + session.finish()
