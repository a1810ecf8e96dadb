"""Trains the finder on whole frames: train_lying_detector.py PREFIX... --minutes M --out finder.pt

The features of the frames must have been extracted (extract_features).
"""
import numpy
import torch
from torch.nn import functional

from lying_detector_head import CELL_PX, CELLS, FEATURES, REACH_PX, Finder
from training_loop import arguments, train

HEAT_WIDTH_CELLS = 1.0
# With less of the body in the frame, neither a miss nor a detection counts.
LEAST_SHARE = 0.5


def labels_of(crops, index):
    middle = numpy.stack([crops.column("p0_x"), crops.column("p0_y")], -1)[index]
    end = numpy.stack([crops.column("p1_x"), crops.column("p1_y")], -1)[index]
    lying = numpy.isin(crops.posture[index], (1, 2))
    clear = crops.column("share_in_frame")[index] >= LEAST_SHARE
    return dict(middle=torch.from_numpy(middle).float(), end=torch.from_numpy(end).float(),
                lying=torch.from_numpy(lying).float(),
                weight=torch.from_numpy(~lying | clear).float())


def loss_of(found, labels):
    cell = torch.arange(CELLS, dtype=torch.float32)
    place = labels["middle"] / CELL_PX - 0.5
    bell = torch.exp(-((cell - place[..., None]) ** 2) / (2 * HEAT_WIDTH_CELLS**2))
    heat = bell[:, 1, :, None] * bell[:, 0, None, :] * labels["lying"][:, None, None]
    chance = found[:, 0].sigmoid()
    # Focal: the many empty cells must not drown the one that matters.
    cross = functional.binary_cross_entropy_with_logits(found[:, 0], heat, reduction="none")
    heat_loss = ((heat - chance).abs() ** 2 * cross).sum((1, 2)) * labels["weight"]
    reach = (labels["end"] - labels["middle"]) / REACH_PX
    off = (found[:, 1:] - reach[..., None, None]).abs().sum(1)
    near = (heat > 0.3).float()
    reach_loss = (off * near).sum((1, 2)) / near.sum((1, 2)).clamp(min=1)
    reach_loss = reach_loss * labels["lying"] * labels["weight"]
    return heat_loss.mean() + 0.5 * reach_loss.mean(), heat_loss.mean(), reach_loss.mean()


def whole_frames(crops):
    return numpy.nonzero(crops.column("kind") > 0.5)[0]


if __name__ == "__main__":
    train(Finder, FEATURES, whole_frames, labels_of, loss_of, arguments(__doc__))
