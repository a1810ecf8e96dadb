"""Measures detection in whole frames, without tracking: measure_detection.py PREFIX POSES.csv

POSES.csv is what detect_poses wrote for PREFIX_images.npy. A person counts as found when
the hips' middle is within 10 % of the body's length.
"""
import argparse
import csv

import numpy

from crops import Crops


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prefix")
    parser.add_argument("poses")
    args = parser.parse_args()
    crops = Crops(args.prefix, with_features=False)
    hips = numpy.full((crops.count, 2), numpy.nan)
    with open(args.poses, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["left_hip_x"]:
                hips[int(row["frame"])] = [
                    (float(row["left_hip_" + a]) + float(row["right_hip_" + a])) / 2 for a in "xy"]
    frames = crops.column("kind") > 0.5
    middle = numpy.stack([crops.column("p0_x"), crops.column("p0_y")], -1)
    body = crops.column("body_length_px")
    near = numpy.linalg.norm(hips - middle, axis=-1) < 0.1 * body
    seen = ~numpy.isnan(hips[:, 0])
    lying = frames & numpy.isin(crops.posture, (1, 2)) & (crops.column("share_in_frame") >= 0.75)
    prone = lying & (crops.posture == 1)
    nobody = frames & (crops.posture == 0)
    line = lambda name, of, what: print(f"{name}: {100 * what[of].mean():.1f} % of {of.sum()}")
    line("lying, at least three quarters in the frame: found", lying, near)
    line("prone: found", prone, near)
    line("prone: a person detected", prone, seen)
    upright = numpy.stack([crops.column("p1_x"), crops.column("p1_y")], -1) - middle
    turn = (numpy.degrees(numpy.arctan2(upright[:, 0], -upright[:, 1])).round(-1) // 90) % 4
    for quarter in range(4):
        line(f"prone, head about {90 * quarter} to {90 * quarter + 90} degrees from up: found",
             prone & (turn == quarter), near)
    line("empty rooms: a person detected", nobody, seen)


if __name__ == "__main__":
    main()
