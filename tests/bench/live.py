#!/usr/bin/env python3
"""Measures practising live, and many practices at once, and writes docs/live.md.

usage: live.py --build DIR --page-test FILE --clips DIR --out FILE [--seconds N] [--rounds N]

DIR holds a build with its benchmarks (./dev live). FILE is the test that practises in Chromium; it prints its
figures. The server of the pose streams has the first core for itself, the load generator the second.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

from end_to_end import machine, run

CLIP = "rests_and_repeats"
SPAN_S = "32.9"
LOADS = ((500, 1), (1000, 1), (1000, 30), (2000, 30))


@contextlib.contextmanager
def serving(matside, *arguments, core=None):
    """`matside serve` as a process, and its port."""
    pin = [] if core is None else ["taskset", "-c", str(core)]
    command = [*pin, str(matside), "serve", "--port", "0", "--no-records", *map(str, arguments)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout:
            found = re.search(r"http://[^:]+:(\d+)", line)
            if found:
                yield server.pid, int(found.group(1))
                return
        sys.exit("live.py: matside serve ended early")
    finally:
        server.terminate()
        server.wait()


def loads(options):
    matside = options.build / "bin/matside"
    first, second = sorted(os.sched_getaffinity(0))[:2]
    for sessions, every in LOADS:
        with serving(matside, "--pose-streams", sessions, core=first) as (process, port):
            yield every, json.loads(
                run("taskset", "-c", second, options.build / "tests/bench/pose_load", port, process, sessions,
                    options.seconds, every)
            )


def load_section(options):
    yield "## Pose streams\n"
    yield "`matside serve --pose-streams N` judges N practices whose poses were found elsewhere, each sending 30 frames a second"
    yield f"over a WebSocket of its own for {options.seconds} s; only what is seen and said comes back, and an answer to every frame or"
    yield "to every 30th. The server has one core, the load generator (`bench/pose_load`) another. A frame's time is counted from"
    yield "when it was due to its answer. Memory is what the server has grown by, the kernel's buffers left out.\n"
    yield "| streams | answered | frames a second | events | median | 99th percentile | longest | server's core | a frame | memory a stream |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for every, load in loads(options):
        yield (
            f"| {load['sessions']:,} | every {'' if every == 1 else f'{every}th '}frame | {load['frames'] / load['seconds']:,.0f} | "
            f"{load['events']:,} | {load['p50_ms']:.1f} ms | {load['p99_ms']:.1f} ms | {load['most_ms']:.0f} ms | "
            f"{100 * load['server_cores']:.0f} % | {load['server_us_a_frame']:.1f} µs | {load['kb_a_session']:.0f} kB |"
        )
        if load["kept_back"]:
            yield f"\nThe server was too slow: {load['kept_back']:,} frames could not be sent.\n"


def page_rounds(options):
    command = [
        "node", options.page_test, options.build / "bin/matside", options.clips / f"{CLIP}.mp4", "1", SPAN_S, "guided", "resting",
    ]
    for _ in range(options.rounds):
        yield json.loads(re.search(r"^figures (.+)$", run(*command), re.MULTILINE).group(1))


def page_section(options):
    yield "\n## In the page\n"
    yield f"Chromium with `{CLIP}.mp4` (640 x 360, 30 pictures a second) as its camera, model full, all on the cores named above: the camera's"
    yield "decoding, the page, JPEG both ways, the networks, the lesson, the sound. A kick's sound is counted from the kick in the clip's truth to"
    yield f"the loudspeaker, the camera's delay left out. {options.rounds} runs of `live.the_page_counts_what_analyze_counts`:\n"
    yield "| run | pictures a second | picture to answer, median | 99th percentile | kicks heard | kick to sound, median | longest |"
    yield "|---|---|---|---|---|---|---|"
    for number, page in enumerate(page_rounds(options), 1):
        yield (
            f"| {number} | {page['pictures_a_second']:.1f} | {page['answer_p50_ms']:.0f} ms | {page['answer_p99_ms']:.0f} ms | "
            f"{page['kicks_heard']} of {page['kicks']} | {page['sound_p50_ms']:.0f} ms | {page['sound_most_ms']:.0f} ms |"
        )


def server_section(options):
    yield "\n## The server's part of it\n"
    with serving(options.build / "bin/matside", "--model", "full") as (_, port):
        rounds = [
            json.loads(run(options.build / "tests/bench/live_loop", port, options.clips / f"{CLIP}.mp4", 300)) for _ in range(options.rounds)
        ]
    middle = {key: statistics.median(each[key] for each in rounds) for key in rounds[0]}
    yield f"The same pictures as JPEGs over a WebSocket without a browser (`bench/live_loop`), each when the last was answered: {middle['a_second']:.0f} a second,"
    yield f"{middle['p50_ms']:.1f} ms from picture to answer in the median, {middle['p99_ms']:.1f} ms in the 99th percentile (medians of {options.rounds} runs)."


def document(options):
    name, load = machine()
    yield "# Live: how fast, and how many\n"
    yield "This file is written by `./dev live`; do not edit it.\n"
    yield f"Machine: {name}. Load of others and this when it began: {load:.1f}.\n"
    yield from load_section(options)
    yield from page_section(options)
    yield from server_section(options)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--page-test", required=True, type=pathlib.Path)
    parser.add_argument("--clips", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--seconds", default=20, type=int)
    parser.add_argument("--rounds", default=3, type=int)
    options = parser.parse_args()
    text = "\n".join(document(options)) + "\n"
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
