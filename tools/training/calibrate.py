"""Calibrates a trained eye's standard deviations: calibrate.py eye.pt OUT.pt PREFIX...

Each PREFIX is a set that was not used for training, one for each renderer, with equal weight. The
deviations are scaled by one factor for each joint and each knee's flexion, so that 68 % of the errors
are within one deviation.
"""
import argparse

import numpy
import torch

from crops import Crops
from eye_network import DEVIATION, FLEXION_DEVIATION
from measure import eye_readings, prone_crops, trained_eye

WITHIN_ONE = 0.6827


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained")
    parser.add_argument("out")
    parser.add_argument("prefixes", nargs="+")
    args = parser.parse_args()
    torch.set_num_threads(1)
    eye = trained_eye(args.trained)
    factors, knee_factors = [], []
    for prefix in args.prefixes:
        crops = Crops(prefix)
        index = prone_crops(crops)
        joints, deviation, flexion, flexion_deviation, _ = eye_readings(eye, crops, index)
        inside = crops.inside[index]
        error = numpy.abs(joints - crops.points[index]) / deviation[..., None]
        factors.append([numpy.quantile(error[inside[:, j], j], WITHIN_ONE)
                        for j in range(error.shape[1])])
        knee_error = numpy.abs(flexion - crops.flexion[index]) / flexion_deviation
        knee_factors.append(numpy.quantile(knee_error, WITHIN_ONE, axis=0))
    factors, knee_factors = numpy.mean(factors, 0), numpy.mean(knee_factors, 0)
    print("joints:", " ".join(f"{f:.2f}" for f in factors))
    print("flexion:", " ".join(f"{f:.2f}" for f in knee_factors))
    with torch.no_grad():
        eye.maps.bias[DEVIATION] += torch.tensor(factors, dtype=torch.float32).log()
        eye.maps.bias[FLEXION_DEVIATION] += torch.tensor(knee_factors, dtype=torch.float32).log()
    torch.save(eye.state_dict(), args.out)


if __name__ == "__main__":
    main()
