"""Measures poses (matside analyze --poses) frame by frame on clips with known joints:

    measure_clips.py CLIPS_DIR POSES_DIR [--match 'varied_*']

POSES_DIR holds NAME.csv for each NAME.mp4 of CLIPS_DIR. Prints a row in Markdown: knee flexion of the
kicking leg in the picture at the top of each kick against the true angle in space; joints of both
legs in every frame; legs exchanged.
"""
import argparse
import csv
import fnmatch
import gzip
import json
import pathlib

import numpy

LEG = ("hip", "knee", "ankle", "heel", "toe")
OURS = {"toe": "foot_index"}
SIDES = ("left", "right")


def read_truth(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = lambda name: numpy.array([float(r[name]) for r in rows])
    place = lambda name: numpy.stack([values(name + "_u"), values(name + "_v")], -1)
    joints = {s: numpy.stack([place(f"{s}_{j}") for j in LEG], 1) for s in SIDES}
    flexion = {s: values("knee_flexion_" + s) for s in SIDES}
    shoulder = (place("left_shoulder") + place("right_shoulder")) / 2
    hip = (joints["left"][:, 0] + joints["right"][:, 0]) / 2
    length = lambda a, b: numpy.linalg.norm(a - b, axis=-1)
    leg = max(numpy.median(length(joints[s][:, 0], joints[s][:, 1])
                           + length(joints[s][:, 1], joints[s][:, 2])) for s in SIDES)
    body = leg + numpy.median(length(shoulder, hip) + length(place("nose"), shoulder))
    return values("t"), joints, flexion, body


def read_poses(path, frames):
    """Joints by side, frames x LEG x 2; not a number where nobody was seen."""
    joints = {s: numpy.full((frames, len(LEG), 2), numpy.nan) for s in SIDES}
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            frame = int(row["frame"])
            if frame >= frames or not row["nose_x"]:
                continue
            for s in SIDES:
                for k, joint in enumerate(LEG):
                    name = f"{s}_{OURS.get(joint, joint)}"
                    joints[s][frame, k] = float(row[name + "_x"]), float(row[name + "_y"])
    return joints


def flexion_of(joints):
    thigh, shank = joints[:, 0] - joints[:, 1], joints[:, 2] - joints[:, 1]
    cosine = (thigh * shank).sum(-1) / numpy.linalg.norm(thigh, axis=-1)
    return 180 - numpy.degrees(numpy.arccos(numpy.clip(
        cosine / numpy.linalg.norm(shank, axis=-1), -1, 1)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips")
    parser.add_argument("poses")
    parser.add_argument("--match", default="*")
    args = parser.parse_args()
    errors, right_place, exchanged, unseen = [], [], [], []
    for path in sorted(pathlib.Path(args.clips).glob("*.truth.json")):
        name = path.name.removesuffix(".truth.json")
        if not fnmatch.fnmatch(name, args.match):
            continue
        truth = json.loads(path.read_text(encoding="utf-8"))
        time, true, flexion, body = read_truth(path.with_name(name + ".truth.csv.gz"))
        seen = read_poses(pathlib.Path(args.poses) / (name + ".csv"), len(time))
        for repetition in truth["repetitions"]:
            side = repetition["side"]
            for beat in repetition["beats"]:
                frame = int(numpy.argmin(numpy.abs(time - beat["t"])))
                errors.append(flexion_of(seen[side][frame:frame + 1])[0] - flexion[side][frame])
        off = numpy.stack([numpy.linalg.norm(seen[s] - true[s], axis=-1) for s in SIDES], 1)
        unseen.append(numpy.isnan(off[:, 0, 0]))
        right_place.append((off < 0.05 * body)[~unseen[-1]].ravel())
        fit = lambda a, b: numpy.linalg.norm(seen[a][:, 1:3] - true[b][:, 1:3], axis=-1).sum(-1)
        apart = numpy.linalg.norm(true["left"][:, 1:3] - true["right"][:, 1:3], axis=-1).max(-1)
        swapped = (fit("left", "right") + fit("right", "left")
                   < fit("left", "left") + fit("right", "right"))
        exchanged.append((swapped & (apart > 0.1 * body))[~unseen[-1]])
    errors = numpy.array(errors)
    lost = numpy.isnan(errors)
    size = numpy.abs(errors[~lost])
    print(f"{len(errors)} kicks, {lost.sum()} with nobody seen | MAE {size.mean():.1f} | "
          f"bias {errors[~lost].mean():+.1f} | 95 % within {numpy.quantile(size, 0.95):.1f} | "
          f"within 10 {100 * (size <= 10).mean():.1f} % | joints within 5 % "
          f"{100 * numpy.concatenate(right_place).mean():.1f} % | exchanged "
          f"{100 * numpy.concatenate(exchanged).mean():.2f} % | frames with nobody "
          f"{100 * numpy.concatenate(unseen).mean():.2f} %")


if __name__ == "__main__":
    main()
