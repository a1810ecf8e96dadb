"""Compares Matside with browser packages that run the same networks: a section of docs/performance.md."""

import collections
import json
import pathlib
import statistics

HERE = pathlib.Path(__file__).resolve().parent
NAMES = {
    "bare": "**Matside's bare network**",
    "litert": "LiteRT.js (`@litertjs/core`)",
    "tfjs_tflite": "`@tensorflow/tfjs-tflite`",
    "with-eye": "**Matside, full with the eye**",
    "without-eye": "**Matside, full**",
    "pose_landmarker": "PoseLandmarker (`@mediapipe/tasks-vision`), its networks on the processor",
    "mediapipe_pose": "`@mediapipe/pose`, its networks on the processor",
    "mediapipe_pose_webgl": "`@mediapipe/pose` by default, its networks in WebGL",
}
NETWORKS = ("bare", "litert", "tfjs_tflite")
PIPELINES = ("with-eye", "without-eye", "pose_landmarker", "mediapipe_pose", "mediapipe_pose_webgl")
WANTED = 2.5


def ours(run, build, models, clip, frames):
    """One round of Matside on one thread and on two."""
    for eye in ("with-eye", "without-eye"):
        lines = run(build / "tests/bench/pipeline_rate", models, clip, "full", eye, frames, 1).splitlines()
        for line in map(json.loads, lines):
            if line["what"] == "whole" or eye == "without-eye":
                yield {
                    "peer": eye if line["what"] == "whole" else "bare",
                    "threads": line["threads"],
                    "pages": 0,
                    "frames_per_s": frames / line["wall_s"],
                    "processor_ms": 1e3 * line["processor_s"] / frames,
                    "cores": line["processor_s"] / line["wall_s"],
                }


def theirs(run, clip, frames):
    """One round of every peer in every setting."""
    return map(json.loads, run("node", HERE / "measure.mjs", clip, frames).splitlines())


def measured(run, build, models, clip, frames, rounds):
    """The results of each round, by peer, threads and pages."""
    results = collections.defaultdict(list)
    for _ in range(rounds):
        for line in (*ours(run, build, models, clip, frames), *theirs(run, clip, frames)):
            results[line["peer"], line["threads"], line["pages"]].append(line)
    return results


def each(results, who, key):
    return [line[key] for line in results[who]]


def ratios(results, who, others):
    """How much faster `who` is than the best of the others: by wall-clock and by processor time."""
    rate = [max(round_) for round_ in zip(*(each(results, other, "frames_per_s") for other in others))]
    work = [min(round_) for round_ in zip(*(each(results, other, "processor_ms") for other in others))]
    return (
        statistics.median(a / b for a, b in zip(each(results, who, "frames_per_s"), rate)),
        statistics.median(b / a for a, b in zip(each(results, who, "processor_ms"), work)),
    )


def table(results, kinds, first):
    yield f"| what | threads | pages at once | frames per second | processor time per frame | cores used | speed of {first} on 2 threads, relative to this | by processor time |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind in kinds:
        for who in (who for who in results if who[0] == kind):
            rate, work, cores = (
                statistics.median(each(results, who, key)) for key in ("frames_per_s", "processor_ms", "cores")
            )
            wall, processor = ratios(results, (kinds[0], 2, 0), [who])
            yield (
                f"| {NAMES[kind]} | {who[1]} | {who[2] or ''} | {rate:.1f} | {work:.1f} ms | {cores:.2f} | "
                f"{wall:.2f} | {processor:.2f} |"
            )


def section(run, build, models, clip, frames, rounds):
    """The section's lines; everything is measured on the way."""
    results = measured(run, build, models, clip, frames, rounds)
    browser = next(line["browser"] for lines in results.values() for line in lines if "browser" in line)
    pipelines = [who for who in results if who[2] and who[0] in PIPELINES]
    networks = [who for who in results if who[2] and who[0] in NETWORKS]
    yield f"The peers run in Chromium {browser} on this machine's processor, as WebAssembly with SIMD and, where a"
    yield f"package has them, threads (the page is cross-origin isolated). In each of {rounds} rounds, Matside and every"
    yield f"peer run in turn over {frames} frames of the clip; the peers first run over 40 warm-up frames. The tables give medians"
    yield "over the rounds; ratios are taken within a round. Where two pages run at once, each has its own process and"
    yield "does all the work, and their rates are added. That is the most that two cores can give, but one video can't"
    yield "be tracked that way. A peer's rate excludes reading and showing the picture; Matside's includes everything"
    yield "from reading the file onward. Processor time is that of all the browser's processes.\n"
    yield "The first table is for the landmark network alone, `pose_landmark_full.tflite`. The packages compute all its"
    yield "outputs; Matside computes only those that it uses. Matside's time for computing all of them is"
    yield "below, under \"Stages\", as \"full with every output\":\n"
    yield from table(results, NETWORKS, "Matside's bare network")
    yield "\nThe second table is for the whole pipeline, from frames to landmarks. No package contains PoseLandmarker's bundle;"
    yield "`tests/bench/peers/bundle.py` makes it from `@mediapipe/pose`'s networks. Both peers read a frame through"
    yield "WebGL, which runs in software here (SwiftShader). By default, `@mediapipe/pose` does all its work that way.\n"
    yield from table(results, PIPELINES, "Matside with the eye")
    yield f"\nThe third table compares Matside, end to end on 2 threads, with the best peer of each round (goal: {WANTED} times as fast):\n"
    yield "| against the best | with the eye | by processor time | without it | by processor time |\n|---|---|---|---|---|"
    for words, others in (
        ("pipeline, in one or two pages", pipelines),
        ("pipeline, in one page, as one video is tracked", [who for who in pipelines if who[2] == 1]),
        ("landmark network alone", networks),
    ):
        sides = [ratios(results, (eye, 2, 0), others) for eye in ("with-eye", "without-eye")]
        yield f"| {words} | " + " | ".join(f"{wall:.2f} | {processor:.2f}" for wall, processor in sides) + " |"
