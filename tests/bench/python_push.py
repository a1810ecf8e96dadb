#!/usr/bin/env python3
"""Measures how many frames a second matside.Session.push takes, by the size of its blocks.

usage: PYTHONPATH=build/release/python MATSIDE_PROGRAM=build/release/bin/matside python_push.py CLIP

Prints a table for docs/python.md. Each figure is the best of five runs over ten minutes of practice.
"""

import sys
import time

import numpy as np

import matside

BLOCKS = [1, 100, 2_000]
RUNS = 5
FRAMES = 18_000  # ten minutes at 30 frames a second


def practice(clip):
    """The poses of the clip, repeated without a jump in time."""
    poses = matside.analyze(clip, model="lite", to_s=20, poses=True)
    times = poses.poses.times_s
    repeats = -(-FRAMES // len(times))
    length = times[-1] + (times[1] - times[0])
    return (
        (poses.source.width, poses.source.height),
        np.tile(poses.poses.landmarks, (repeats, 1, 1))[:FRAMES],
        np.concatenate([times + i * length for i in range(repeats)])[:FRAMES],
    )


def seconds(size, landmarks, times, block):
    session = matside.Session(size=size)
    began = time.perf_counter()
    if block == 1:
        for i, at in enumerate(times.tolist()):
            session.push(landmarks[i], at)
    else:
        for i in range(0, FRAMES, block):
            session.push(landmarks[i : i + block], times[i : i + block])
    return time.perf_counter() - began


def main():
    size, landmarks, times = practice(sys.argv[1])
    print("| frames in a call | frames a second | a call |\n|---|---|---|")
    for block in BLOCKS:
        best = min(seconds(size, landmarks, times, block) for _ in range(RUNS))
        call = best * block / FRAMES
        text = f"{call * 1e6:.1f} µs" if call < 1e-3 else f"{call * 1e3:.1f} ms"
        print(f"| {block:,} | {round(FRAMES / best, -3):,.0f} | {text} |")


if __name__ == "__main__":
    main()
