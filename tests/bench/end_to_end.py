#!/usr/bin/env python3
"""Measures matside end to end and writes docs/performance.md.

usage: end_to_end.py --build DIR --clip VIDEO --out FILE [--frames N] [--rounds N] [--long VIDEO] [--no-peers]

DIR holds a build with its benchmarks (./dev bench). Everything that is compared runs in turn in the same
run, and ratios are taken round by round, so that other load on the machine slows both sides. Wall-clock
ratios need free cores; on a shared machine processor time is more reliable. Both are given.
"""

import argparse
import ctypes
import ctypes.util
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

from markdown import wrapped
from peers import compare

HEAVY_GFLOP = 3.85


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"end_to_end.py: {command[0]} failed: {done.stderr.strip()[-300:]}")
    return done.stdout


def machine():
    text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    name = re.search(r"model name\s*:\s*(.+)", text)
    flags = re.search(r"flags\s*:\s*(.+)", text)
    widest = next((f for f in ("avx512f", "avx2", "sse4_2") if flags and f in flags.group(1).split()), "?")
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    return f"{name.group(1) if name else 'unknown'}, {cores} cores, {widest}", load


def stages(build):
    """Median processor time of each stage in microseconds, by Google Benchmark."""
    program = build / "tests/bench/vision_benchmark"
    if not program.exists():
        return {}
    report = json.loads(
        run(program, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_min_time=0.2",
            "--benchmark_report_aggregates_only=true")
    )
    return {
        b["run_name"]: b["cpu_time"] for b in report["benchmarks"] if b.get("aggregate_name") == "median"
    }


def rates(build, models, clip, variant, eye, frames, rounds):
    """Medians over the rounds of what pipeline_rate prints."""
    lines = [
        json.loads(line)
        for line in run(build / "tests/bench/pipeline_rate", models, clip, variant, eye, frames, rounds).splitlines()
    ]

    def each(what, threads, key):
        return [line[key] for line in lines if line["what"] == what and line["threads"] == threads]

    def ratio(over, under, key):
        return statistics.median(a / b for a, b in zip(each(*over, key), each(*under, key)))

    result = {"eye": eye == "with-eye", "variant": variant}
    for threads in (1, 2):
        result[f"fps_{threads}"] = frames / statistics.median(each("whole", threads, "wall_s"))
        result[f"best_fps_{threads}"] = frames / min(each("whole", threads, "wall_s"))
        result[f"wall_{threads}"] = ratio(("bare", threads), ("whole", threads), "wall_s")
        result[f"share_{threads}"] = ratio(("bare", threads), ("whole", threads), "processor_s")
        result[f"cores_{threads}"] = statistics.median(
            c / w for c, w in zip(each("whole", threads, "processor_s"), each("whole", threads, "wall_s"))
        )
    result["scaling"] = ratio(("whole", 1), ("whole", 2), "wall_s")
    result["best_scaling"] = min(each("whole", 1, "wall_s")) / min(each("whole", 2, "wall_s"))
    result["bare_scaling"] = ratio(("bare", 1), ("bare", 2), "wall_s")
    result["work"] = ratio(("whole", 2), ("whole", 1), "processor_s")
    result["bare_ms"] = 1e3 * statistics.median(each("bare", 1, "processor_s")) / frames
    return result


def program(matside, *arguments, tries=1):
    """Shortest wall-clock and processor time in seconds, and peak memory in MB, of whole runs."""
    best = [float("inf"), float("inf"), 0.0]
    for _ in range(tries):
        begun = time.monotonic()
        child = subprocess.Popen(
            [str(matside), "analyze", *map(str, arguments), "--quiet", "--json", "-"],
            stdout=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(child.pid, 0)
        if status != 0:
            sys.exit("end_to_end.py: matside failed")
        best[0] = min(best[0], time.monotonic() - begun)
        best[1] = min(best[1], usage.ru_utime + usage.ru_stime)
        best[2] = max(best[2], usage.ru_maxrss / 1e3)
    return best


def sgemm_gflops():
    """The best rate of OpenBLAS on one core, in processor time; None where it is not installed."""
    name = ctypes.util.find_library("openblas")
    if name is None:
        return None
    blas = ctypes.CDLL(name)
    blas.openblas_set_num_threads(1)
    n = 1024
    a, b, c = ((ctypes.c_float * (n * n))(*([0.5] * (n * n))) for _ in range(3))
    best = 0.0
    for _ in range(12):
        begun = time.thread_time()
        blas.cblas_sgemm(101, 111, 111, n, n, n, ctypes.c_float(1), a, n, b, n, ctypes.c_float(0), c, n)
        best = max(best, 2 * n**3 / (time.thread_time() - begun) / 1e9)
    return best


def rate_table(rows):
    yield "| model | bare network | frames per second on 1 thread | on 2 | end to end, relative to the bare network, 1 thread | 2 | network's share of processor time, 1 thread | 2 | scaling 1 to 2 | bare network's scaling | processor time on 2 relative to 1 |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for r in rows:
        yield (
            f"| {r['variant']}{' with the eye' if r['eye'] else ''} | {r['bare_ms']:.1f} ms | "
            f"{r['fps_1']:.1f} (best {r['best_fps_1']:.1f}) | {r['fps_2']:.1f} (best {r['best_fps_2']:.1f}) | "
            f"{r['wall_1']:.2f} | {r['wall_2']:.2f} | {r['share_1']:.3f} | {r['share_2']:.3f} | "
            f"{r['scaling']:.2f} (best runs {r['best_scaling']:.2f}) | {r['bare_scaling']:.2f} | {r['work']:.3f} |"
        )


def document(options):
    matside = options.build / "bin/matside"
    models = options.build / "share/matside/models"
    name, load = machine()
    yield "# Performance\n"
    yield "This file is written by `./dev bench`; do not edit it.\n"
    yield f"Machine: {name}. Load average at the start: {load:.1f}."
    yield f"Clip: `{options.clip.name}`, {options.frames} frames, {options.rounds} rounds.\n"
    yield "## End to end\n"
    yield "The column \"bare network\" gives the processor time of the network alone for one frame. Ratios are medians over the rounds;"
    yield "in each round everything runs in turn. A wall-clock ratio is reliable only where each thread had a"
    rows = [
        rates(options.build, models, options.clip, variant, eye, frames, options.rounds)
        for variant, eye, frames in (
            ("full", "with-eye", options.frames),
            ("full", "without-eye", options.frames),
            ("lite", "without-eye", options.frames),
            ("heavy", "without-eye", options.frames // 4),
        )
    ]
    cores = ", ".join(f"{r['cores_2']:.2f}" for r in rows)
    yield f"core to itself. In the rows below, the two threads had this many cores: {cores}.\n"
    yield from rate_table(rows)
    peak = sgemm_gflops()
    if peak:
        reached = HEAVY_GFLOP / rows[-1]["bare_ms"] * 1e3
        yield f"\nThe heavy network reaches {reached:.0f} GFLOP/s, which is {reached / peak:.2f} of what OpenBLAS's sgemm reaches on the same core ({peak:.0f})."
    yield "\n## Browser packages\n"
    if options.no_peers:
        yield "Not measured in this run (`--no-peers`)."
    else:
        yield from compare.section(run, options.build, models, options.clip, options.frames // 2, options.rounds)
    yield "\n## Start and memory\n"
    wall, processor, memory = program(matside, options.clip, "--to", "0.01", tries=5)
    yield f"From start to the first landmarks: {wall:.2f} s wall-clock, {processor:.2f} s processor time (shortest of 5 runs).\n"
    yield "| run | peak memory |\n|---|---|"
    yield f"| first frame of `{options.clip.name}` | {memory:.0f} MB |"
    for video in (options.clip, options.long):
        if video:
            yield f"| all of `{video.name}`, 2 threads | {program(matside, video, '--threads', 2)[2]:.0f} MB |"
    yield "\n## Live\n"
    live = json.loads(run(options.build / "tests/bench/live_latency", models, options.clip, "full", "with-eye", options.frames))
    for key, what in (("p50_ms", "median"), ("p99_ms", "99th percentile")):
        ratio = live["live"][key] / live["bare"][key]
        yield f"- From a frame to its landmarks, {what}: {live['live'][key]:.1f} ms, {ratio:.2f} times the bare network."
    yield f"- For 25 frames per second, `matside serve` chooses {live['chosen']} ({live['chosen_ms']:.1f} ms per frame)."
    figures = stages(options.build)
    if figures:
        yield "\n## Stages\n"
        yield "Processor time on one thread, median of 5 repetitions (`tests/bench/vision_benchmark`).\n"
        yield "| stage | microseconds |\n|---|---|"
        for stage, time_us in figures.items():
            yield f"| {stage.replace('/', ', ').replace('_', ' ')} | {time_us:.0f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--clip", required=True, type=pathlib.Path)
    parser.add_argument("--long", type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--frames", default=200, type=int)
    parser.add_argument("--rounds", default=5, type=int)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    text = wrapped(document(options))
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
