#!/usr/bin/env python3
"""Changes clips in ways that phones and rooms do, and says what matside still makes of them.

usage: robustness.py --matside PROGRAM CLIP... [--only CHANGE]... [--threads N]

For each clip and change: the share of frames in which the body is found, the repetitions beside those of
the clip unchanged, and for a picture that goes black how long after it the body is found again. Writes a
table in Markdown. ffmpeg makes the changed clips, in a temporary folder.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

BLACK_S = 2.0
CHANGES = {
    "as it is": None,
    "turned by 90": "transpose=1",
    "turned by 180": "hflip,vflip",
    "turned by 270": "transpose=2",
    "half the size": "scale=iw/2:ih/2",
    "double the size": "scale=iw*2:ih*2",
    "a third of the light": "lutyuv=y=16+(val-16)/3:u=128+(val-128)/3:v=128+(val-128)/3",
    "black for 2 s": "drawbox=c=black:t=fill:enable='between(t,{black_from},{black_to})'",
    "someone upright beside": "beside",
}


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"robustness.py: {command[0]} failed: {done.stderr.strip()[-300:]}")
    return done.stdout


def length_s(clip):
    return float(run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", clip))


def changed(clip, change, other, black_from, folder):
    """The clip with the change, encoded nearly without loss."""
    how = CHANGES[change]
    if how is None:
        return clip
    target = folder / (change.replace(" ", "_") + ".mp4")
    inputs = ["-i", clip]
    if how == "beside":
        # The other clip's picture, turned so that its person stands, at the right of the clip's own.
        inputs += ["-stream_loop", "-1", "-i", other]
        graph = (
            "[0]split[a][b];[a]pad=iw+ih*9/16:ih:0:0[wide];[1]transpose=1[up];"
            "[up][b]scale2ref=h=ih:w=ih*9/16[up][rest];[rest]nullsink;[wide][up]overlay=W-w:0:shortest=1"
        )
    else:
        graph = how.format(black_from=black_from, black_to=black_from + BLACK_S)
    run("ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", graph, "-an", "-c:v", "libx264",
        "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p", target)
    return target


def analysed(matside, clip, threads, folder):
    """Times of frames, whether each shows a body, and the number of repetitions."""
    result, poses = folder / "result.json", folder / "poses.csv"
    for file in (result, poses):
        file.unlink(missing_ok=True)
    run(matside, "analyze", clip, "--quiet", "--json", result, "--poses", poses, "--threads", threads)
    with open(poses, newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    times = [float(row["t_s"]) for row in rows]
    found = [row["nose_x"] != "" for row in rows]
    return times, found, len(json.loads(result.read_text(encoding="utf-8"))["repetitions"])


def measure(matside, clip, change, other, threads):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        black_from = length_s(clip) / 2
        video = changed(clip, change, other, black_from, folder)
        times, found, repetitions = analysed(matside, video, threads, folder)
    again = ""
    if change.startswith("black"):
        end = black_from + BLACK_S
        lit = [(t, f) for t, f in zip(times, found) if not black_from <= t <= end]
        after = [t - end for t, f in lit if f and t > end]
        again = f"{after[0]:.2f} s" if after else "never"
        found = [f for _, f in lit]
    return 100.0 * sum(found) / len(found), repetitions, again


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--matside", required=True, type=pathlib.Path)
    parser.add_argument("--only", action="append", choices=CHANGES)
    parser.add_argument("--threads", default=2, type=int)
    parser.add_argument("clips", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    print("| clip | change | found, % of frames | repetitions | found again after |")
    print("|---|---|---|---|---|")
    for i, clip in enumerate(options.clips):
        other = options.clips[i - 1]
        for change in options.only or CHANGES:
            share, repetitions, again = measure(options.matside, clip, change, other, options.threads)
            print(f"| {clip.stem} | {change} | {share:.1f} | {repetitions} | {again} |", flush=True)


if __name__ == "__main__":
    main()
