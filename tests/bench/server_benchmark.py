#!/usr/bin/env python3
"""Measures live practice and many practices at once, and writes docs/live.md.

usage: server_benchmark.py --build DIR --page-test FILE --clips DIR --out FILE [--seconds N] [--rounds N]

DIR holds a build with its benchmarks (./dev live). FILE is the test that practises in Chromium and prints its
figures. The server of the pose streams runs on the first core, the load generator on the second.
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

from end_to_end import machine, run
from markdown import wrapped

CLIP = "rests_and_repeats"
SPAN_S = "32.9"
# Streams, frames for each answer, and frames in a message (0: the form with one frame, without a subprotocol).
LOADS = ((500, 1, 0), (1000, 1, 0), (1000, 30, 0), (2000, 30, 0), (2000, 30, 2), (2000, 30, 6), (4000, 30, 6), (6000, 30, 6))


def exchanged(port, target):
    """Exchanges the printed address for its cookie, as a browser does."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", target)
    cookie = connection.getresponse().getheader("Set-Cookie")
    connection.close()
    return cookie.split(";")[0]


@contextlib.contextmanager
def serving(matside, *arguments, core=None):
    """Runs `matside serve`; yields its process id and port."""
    pin = [] if core is None else ["taskset", "-c", str(core)]
    command = [*pin, str(matside), "serve", "--port", "0", "--no-records", *map(str, arguments)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout:
            found = re.search(r"http://[^:]+:(\d+)(\S+)", line)
            if found:
                port = int(found.group(1))
                os.environ["MATSIDE_COOKIE"] = exchanged(port, found.group(2))
                yield server.pid, port
                return
        sys.exit("server_benchmark.py: matside serve ended early")
    finally:
        server.terminate()
        server.wait()


def loads(options):
    matside = options.build / "bin/matside"
    first, second = sorted(os.sched_getaffinity(0))[:2]
    for sessions, every, in_message in LOADS:
        with serving(matside, "--pose-streams", sessions, core=first) as (process, port):
            yield every, json.loads(
                run("taskset", "-c", second, options.build / "tests/bench/pose_stream_load", port, process, sessions,
                    options.seconds, every, in_message)
            )


def load_section(options):
    yield "## Pose streams\n"
    yield "`matside serve --pose-streams N` analyses N practices whose poses another program finds. Each sends 30"
    yield f"frames per second over its own WebSocket for {options.seconds} s. The server sends events and speech, and an answer"
    yield "to every frame or to every 30th. A message has one frame, or several ([pose_streams.md](pose_streams.md)). The server runs"
    yield "on one core, the load generator (`tests/bench/pose_stream_load`) on another. Latency is the time from when the last frame"
    yield "of a message was due until it was answered; its first frame waits for the others before that."
    yield "Memory is how much the server process grows, without the kernel's buffers.\n"
    yield "| streams | answered | frames in a message | frames per second | events | median | 99th percentile | longest | server's core | per frame | memory per stream |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for every, load in loads(options):
        yield (
            f"| {load['sessions']:,} | every {'' if every == 1 else f'{every}th '}frame | {load['frames_per_message'] or 1} | {load['frames'] / load['seconds']:,.0f} | "
            f"{load['events']:,} | {load['p50_ms']:.1f} ms | {load['p99_ms']:.1f} ms | {load['most_ms']:.0f} ms | "
            f"{100 * load['server_cores']:.0f}% | {load['server_us_a_frame']:.1f} µs | {load['kb_a_session']:.0f} kB |"
        )
        if load["kept_back"]:
            yield f"\nThe server was too slow: {load['kept_back']:,} messages could not be sent.\n"


def page_rounds(options):
    command = [
        "node", options.page_test, options.build / "bin/matside", options.clips / f"{CLIP}.mp4", "1", SPAN_S, "guided", "resting",
    ]
    for _ in range(options.rounds):
        yield json.loads(re.search(r"^figures (.+)$", run(*command), re.MULTILINE).group(1))


def page_section(options):
    yield "\n## In the page\n"
    yield f"Chromium uses `{CLIP}.mp4` (640x360, 30 frames per second) as its camera; the model is full."
    yield "Everything runs on the cores named above: decoding for the camera, the page, JPEG encoding and decoding, the"
    yield "networks, the lesson and the sound. The delay of a kick's sound is measured from the kick in the clip's ground truth"
    yield f"to the loudspeaker, without the camera's delay. The table shows {options.rounds} runs of `tests/live/practice_test.mjs`:\n"
    yield "| run | frames per second | frame to answer, median | 99th percentile | kicks heard | kick to sound, median | longest |"
    yield "|---|---|---|---|---|---|---|"
    for number, page in enumerate(page_rounds(options), 1):
        yield (
            f"| {number} | {page['pictures_a_second']:.1f} | {page['answer_p50_ms']:.0f} ms | {page['answer_p99_ms']:.0f} ms | "
            f"{page['kicks_heard']} of {page['kicks']} | {page['sound_p50_ms']:.0f} ms | {page['sound_most_ms']:.0f} ms |"
        )


def server_section(options):
    yield "\n## The server alone\n"
    with serving(options.build / "bin/matside", "--model", "full") as (_, port):
        rounds = [
            json.loads(run(options.build / "tests/bench/round_trip_latency", port, options.clips / f"{CLIP}.mp4", 300)) for _ in range(options.rounds)
        ]
    middle = {key: statistics.median(each[key] for each in rounds) for key in rounds[0]}
    yield "The same frames are sent as JPEGs over a WebSocket, without a browser"
    yield "(`tests/bench/round_trip_latency`)."
    yield f"Each frame is sent when the last one has been answered, which gives {middle['a_second']:.0f} per second. The time from frame to answer is {middle['p50_ms']:.1f} ms"
    yield f"(median) and {middle['p99_ms']:.1f} ms (99th percentile); both are medians of {options.rounds} runs."


def document(options):
    name, load = machine()
    yield "# Speed of live practice\n"
    yield "This file is written by `./dev live`; do not edit it.\n"
    yield f"Machine: {name}. Load average at the start: {load:.1f}.\n"
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
    text = wrapped(document(options))
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
