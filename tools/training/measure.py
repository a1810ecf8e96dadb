"""Measures a trained eye and the reference on rendered crops not used for training:

    measure.py eye.pt PREFIX [--reference NAME=FILE.f32 ...]

Prints a Markdown table. FILE.f32 is what extract_features wrote with another landmark network.
"""
import argparse

import numpy
import torch

from crops import Crops
from eye_network import FEATURES, JOINTS, KNEES, PAIRS, POSTURES, Eye, read

# The landmark network's numbers of nose and of the left twins in the order of PAIRS.
NOSE, LEFT = 0, (7, 11, 13, 15, 23, 25, 27, 29, 31)
LEGS = [i for i, name in enumerate(JOINTS) if name.split("_")[-1] in PAIRS[4:]]


def flexion_of(points, near):
    """Knee flexion in the picture, degrees: hip, knee, ankle of the near (0) or far (1) leg."""
    hip = KNEES[near] - 1
    thigh, shank = points[:, hip] - points[:, hip + 1], points[:, hip + 2] - points[:, hip + 1]
    cosine = (thigh * shank).sum(-1) / numpy.linalg.norm(thigh, axis=-1).clip(1e-6)
    cosine = cosine / numpy.linalg.norm(shank, axis=-1).clip(1e-6)
    return 180 - numpy.degrees(numpy.arccos(cosine.clip(-1, 1)))


def reference_points(values, near_right):
    """The reference's landmarks in the eye's order; near and far by its own left and right."""
    landmarks = values[:, :-1].reshape(len(values), 33, 3)[:, :, :2]
    left = landmarks[:, LEFT]
    right = landmarks[:, [i + 1 for i in LEFT]]
    side = near_right[:, None, None]
    return numpy.concatenate([landmarks[:, NOSE:NOSE + 1], numpy.where(side, right, left),
                              numpy.where(side, left, right)], 1)


def trained_eye(path):
    eye = Eye()
    eye.load_state_dict(torch.load(path))
    return eye.eval()


def prone_crops(crops):
    return numpy.nonzero((crops.posture == 1) & (crops.column("kind") < 0.5))[0]


def eye_readings(eye, crops, index, size=64):
    parts = []
    with torch.no_grad():
        for start in range(0, len(index), size):
            outputs = eye(*crops.features(index[start:start + size], FEATURES))
            joints, deviation, flexion, flexion_deviation, _ = read(outputs[0])
            posture = outputs[1].mean((2, 3)).softmax(-1)
            parts.append([t.numpy() for t in (joints, deviation, flexion, flexion_deviation,
                                              posture)])
    return [numpy.concatenate(p) for p in zip(*parts)]


def exchanged(points, truth, body):
    """Where the two legs' knees and ankles fit better the other way round, and it matters."""
    near, far = list(range(KNEES[0], KNEES[0] + 2)), list(range(KNEES[1], KNEES[1] + 2))
    norm = lambda a, b: numpy.linalg.norm(points[:, a] - truth[:, b], axis=-1).sum(-1)
    apart = numpy.linalg.norm(truth[:, near] - truth[:, far], axis=-1).max(-1) > 0.1 * body
    return apart & (norm(near, far) + norm(far, near) < norm(near, near) + norm(far, far))


def angle_figures(error):
    return (f"{numpy.abs(error).mean():.1f} | {error.mean():+.1f} | "
            f"{numpy.quantile(numpy.abs(error), 0.95):.1f} | {100 * (numpy.abs(error) <= 10).mean():.1f} %")


def kick_tops(crops):
    """Prone crops with the kicking leg's joints in the picture, bent 70 degrees or more and the
    other leg straight: which leg (0 near, 1 far), or -1."""
    flexion = crops.flexion
    which = numpy.where((flexion[:, 0] >= 70) & (flexion[:, 1] < 30), 0,
                        numpy.where((flexion[:, 1] >= 70) & (flexion[:, 0] < 30), 1, -1))
    inside = crops.inside[:, LEGS].all(-1) & (crops.posture == 1)
    return numpy.where(inside & (crops.column("kind") < 0.5), which, -1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained")
    parser.add_argument("prefix")
    parser.add_argument("--reference", nargs="*", default=[])
    args = parser.parse_args()
    torch.set_num_threads(1)
    eye, crops = trained_eye(args.trained), Crops(args.prefix)
    top = kick_tops(crops)
    index = prone_crops(crops)
    joints, deviation, flexion, flexion_deviation, posture = eye_readings(eye, crops, index)
    body = crops.column("body_length_px")[index]
    truth, inside, tops = crops.points[index], crops.inside[index], top[index]
    near_right = crops.column("near_right")[index] > 0.5
    rows = {"eye": joints}
    rows["full"] = reference_points(crops.reference[index], near_right)
    for given in args.reference:
        name, path = given.split("=")
        values = numpy.fromfile(path, numpy.float32).reshape(crops.count, -1)[index]
        rows[name] = reference_points(values, near_right)
    chosen = tops >= 0
    true_flexion = numpy.take_along_axis(crops.flexion[index], tops.clip(0)[:, None], 1)[:, 0]
    print(f"{len(index)} prone crops, {chosen.sum()} of them kick tops\n")
    print("| | knee flexion MAE | bias | 95 % within | within 10 | joints of both legs within 5 %"
          " of the body | the same, near leg seen | exchanged |\n|---|---|---|---|---|---|---|---|")

    def row(name, points, angles):
        error = (angles - true_flexion)[chosen]
        off = numpy.linalg.norm(points - truth, axis=-1) / body[:, None]
        legs = inside[:, LEGS]
        near = [i for i in LEGS if i < 10]
        seen = inside[:, near] & (crops.seen[index][:, near] > 0)
        print(f"| {name} | {angle_figures(error)} | {100 * (off[:, LEGS] < 0.05)[legs].mean():.1f} % | "
              f"{100 * (off[:, near] < 0.05)[seen].mean():.1f} % | "
              f"{100 * exchanged(points, truth, body)[inside[:, LEGS].all(-1)].mean():.2f} % |")

    picked = lambda pair: numpy.where(tops == 1, pair[1], pair[0])
    for name, points in rows.items():
        row(name, points, picked([flexion_of(points, 0), flexion_of(points, 1)]))
    row("eye, flexion read directly", joints, picked([flexion[:, 0], flexion[:, 1]]))
    row("truth in the picture", truth, picked([flexion_of(truth, 0), flexion_of(truth, 1)]))

    error = numpy.abs(joints - truth)[inside] / deviation[inside][:, None]
    print(f"\nof joints, within one standard deviation {100 * (error < 1).mean():.1f} %, "
          f"within two {100 * (error < 2).mean():.1f} %")
    error = (numpy.abs(flexion - crops.flexion[index]) / flexion_deviation)
    print(f"of flexions, within one {100 * (error < 1).mean():.1f} %, "
          f"within two {100 * (error < 2).mean():.1f} %")
    print(f"prone, said to be prone: {100 * (posture[:, 1] > 0.5).mean():.1f} %")
    for number, name in enumerate(POSTURES):
        others = numpy.nonzero((crops.posture == number) & (crops.column("kind") < 0.5))[0]
        if number != 1 and len(others):
            said = eye_readings(eye, crops, others)[4]
            print(f"{name}, said to be prone: {100 * (said[:, 1] > 0.5).mean():.1f} % of "
                  f"{len(others)}")


if __name__ == "__main__":
    main()
