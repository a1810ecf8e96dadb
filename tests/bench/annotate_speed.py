#!/usr/bin/env python3
"""Measures how much slower `matside annotate` is than `matside analyze`, and writes docs/annotate.md.

usage: annotate_speed.py --matside PROGRAM --out FILE [--rounds N] [--threads N] CLIP...

In each round both run in turn on each clip, so that other load on the machine slows both. Ratios are taken
round by round. The first clip is also measured scaled to 1920x1080.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from markdown import wrapped


def timed(*command):
    """Wall-clock and processor time of a whole run in seconds, and its peak memory in MB."""
    begun = time.monotonic()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"annotate_speed.py: {command[1]} failed on {command[2]}")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e3


def probed(clip):
    """Width, height and number of frames."""
    text = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v", "-count_packets", "-show_entries",
         "stream=width,height,nb_read_packets", "-of", "json", str(clip)],
        capture_output=True, text=True, check=True,
    ).stdout
    stream = json.loads(text)["streams"][0]
    return stream["width"], stream["height"], int(stream["nb_read_packets"])


def measure(options, clip, folder):
    written = folder / "annotated.mp4"
    shared = ["--threads", options.threads, "--quiet", "--force"]
    rounds = []
    for _ in range(options.rounds):
        analyze = timed(options.matside, "analyze", clip, *shared, "--json", folder / "result.json")
        annotate = timed(options.matside, "annotate", clip, *shared, "-o", written)
        rounds.append((analyze, annotate))
    width, height, pictures = probed(clip)
    if probed(written)[2] != pictures:
        sys.exit(f"annotate_speed.py: {clip.name} has {pictures} frames, the annotated video another number")
    return {
        "name": clip.name,
        "size": f"{width}x{height}",
        "pictures": pictures,
        "analyze": pictures / statistics.median(a[0] for a, _ in rounds),
        "annotate": pictures / statistics.median(b[0] for _, b in rounds),
        "wall": [a[0] / b[0] for a, b in rounds],
        "processor": statistics.median(a[1] / b[1] for a, b in rounds),
        "added_ms": 1e3 * statistics.median(b[1] - a[1] for a, b in rounds) / pictures,
        "memory": max(b[2] for _, b in rounds),
        "source_kB": clip.stat().st_size / 1e3,
        "written_kB": written.stat().st_size / 1e3,
    }


def document(options):
    cores = len(os.sched_getaffinity(0))
    yield "# Speed of annotating\n"
    yield "This file is written by `./dev annotate-speed`; do not edit it.\n"
    yield f"Cores: {cores}. Load average at the start: {os.getloadavg()[0]:.1f}. Threads: {options.threads}. Rounds: {options.rounds}. Each"
    yield "round runs `matside analyze`, then `matside annotate`, with the full network and the eye. Times are"
    yield "from start to exit.\n"
    yield "The ratio is `analyze`'s time divided by `annotate`'s, round by round: 0.8 means that annotating runs"
    yield "at 0.8 of the speed of analysing. The goal is at least 0.8 at 640x360. On a shared machine the ratio of processor"
    yield "times is more reliable. Frame rates depend on the machine and its load, so compare them only within"
    yield "this page. The rates in [performance.md](performance.md) are from another run, over 200 frames and only from the file to"
    yield "the poses.\n"
    yield "| clip | size | frames | analyze, frames per second | annotate | ratio, median | lowest | of processor times | added per frame | peak memory | source | annotated |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        large = folder / f"{options.clips[0].stem}_1080.mp4"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-nostdin", "-i", str(options.clips[0]), "-vf", "scale=1920:1080", "-c:v",
             "libx264", "-preset", "veryfast", "-crf", "20", str(large)],
            check=True,
        )
        for clip in [*options.clips, large]:
            r = measure(options, clip, folder)
            yield (
                f"| `{r['name']}` | {r['size']} | {r['pictures']} | {r['analyze']:.1f} | {r['annotate']:.1f} | "
                f"{statistics.median(r['wall']):.2f} | {min(r['wall']):.2f} | {r['processor']:.2f} | "
                f"{r['added_ms']:.1f} ms | {r['memory']:.0f} MB | {r['source_kB']:.0f} kB | {r['written_kB']:.0f} kB |"
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--matside", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--rounds", default=3, type=int)
    parser.add_argument("--threads", default=2, type=int)
    parser.add_argument("clips", nargs="+", type=pathlib.Path, metavar="CLIP")
    options = parser.parse_args()
    text = wrapped(document(options))
    options.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
