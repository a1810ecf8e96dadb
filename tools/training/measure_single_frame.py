"""Measures single-frame detection on clips with known joints: measure_single_frame.py CLIPS SIGHTS

SIGHTS/NAME.csv is what single_frame_detection wrote for CLIPS/NAME.mp4. A person
counts as found when the hips' middle is within 10 % of the body's length. Prints a line for each clip with misses and one for each turn.
"""
import argparse
import csv
import pathlib

import numpy

from measure_clips import read_truth


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips")
    parser.add_argument("sights")
    args = parser.parse_args()
    found, seen = {}, {}
    for path in sorted(pathlib.Path(args.sights).glob("*.csv")):
        truth = pathlib.Path(args.clips) / (path.stem + ".truth.csv.gz")
        _, joints, _, body = read_truth(truth)
        hips = (joints["left"][:, 0] + joints["right"][:, 0]) / 2
        missed = 0
        with open(path, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                here = bool(row["hip_x"])
                place = numpy.array([float(row["hip_x"] or "nan"), float(row["hip_y"] or "nan")])
                near = here and numpy.linalg.norm(place - hips[int(row["frame"])]) < 0.1 * body
                found.setdefault(row["turn_deg"], []).append(near)
                seen.setdefault(row["turn_deg"], []).append(here)
                missed += not near
        if missed:
            print(f"{path.stem}: {missed} not found")
    for turn, values in found.items():
        print(f"turned by {turn}: found {100 * numpy.mean(values):.2f} %, a person detected "
              f"{100 * numpy.mean(seen[turn]):.2f} % of {len(values)}")
    everything = numpy.concatenate(list(found.values()))
    print(f"in all: found {100 * everything.mean():.2f} % of {len(everything)}")


if __name__ == "__main__":
    main()
