"""Trains the eye on rendered crops: train_eye.py PREFIX... --minutes M --out eye.pt [--resume eye.pt]

The features of the crops must have been extracted (extract_features). Seeds are fixed; the number
of steps in the given time depends on the machine.
"""
import numpy
import torch
from torch.nn import functional

from eye_network import CELL_PX, CELLS, FEATURES, HEAT, KNEES, Eye, read
from training_loop import arguments, train

HEAT_WIDTH_CELLS = 1.2


def targets(points):
    """Target heat maps: a Gaussian around each joint, with a sum of 1 inside the crop."""
    cell = torch.arange(CELLS, dtype=torch.float32)
    place = points / CELL_PX - 0.5
    bell = torch.exp(-((cell - place[..., None]) ** 2) / (2 * HEAT_WIDTH_CELLS**2))
    heat = bell[..., 1, :, None] * bell[..., 0, None, :]
    return heat / heat.sum((-1, -2), keepdim=True).clamp(min=1e-9)


def loss_of(outputs, batch):
    maps, posture = outputs
    joints, deviation, flexion, flexion_deviation, _ = read(maps)
    weight = batch["inside"] * batch["weight"][:, None]
    total = weight.sum().clamp(min=1)
    log_chance = functional.log_softmax(maps[:, HEAT].flatten(2), -1)
    heat = -(targets(batch["points"]).flatten(2) * log_chance).sum(-1)
    error = (joints - batch["points"]).abs()
    place = error.sum(-1) / 10
    squared = (error.detach() ** 2).clamp(max=60.0**2)
    honesty = (squared / (2 * deviation[..., None] ** 2)).sum(-1) + 2 * deviation.log()
    joint_loss = ((heat + place + 0.2 * honesty) * weight).sum() / total

    knees = batch["inside"][:, KNEES] * (batch["weight"] == 1)[:, None]
    flexion_error = (flexion - batch["flexion"]).abs()
    flexion_loss = flexion_error / 10 + 0.2 * (
        (flexion_error.detach() ** 2).clamp(max=80.0**2) / (2 * flexion_deviation**2)
        + flexion_deviation.log())
    flexion_loss = (flexion_loss * knees).sum() / knees.sum().clamp(min=1)
    posture_loss = functional.cross_entropy(posture.mean((2, 3)), batch["posture"])
    return joint_loss + flexion_loss + 0.5 * posture_loss, joint_loss, flexion_loss, posture_loss


def labels_of(crops, index):
    posture = torch.from_numpy(crops.posture[index]).long()
    return dict(points=torch.from_numpy(crops.points[index]).float(),
                inside=torch.from_numpy(crops.inside[index]).float(),
                flexion=torch.from_numpy(crops.flexion[index]).float(),
                posture=posture,
                # Prone bodies are what the eye is for; the others teach it what they are not.
                weight=torch.where(posture == 1, 1.0, 0.25))


def regions(crops):
    return numpy.nonzero(crops.column("kind") < 0.5)[0]


if __name__ == "__main__":
    train(Eye, FEATURES, regions, labels_of, loss_of, arguments(__doc__))
