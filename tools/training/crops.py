"""Rendered crops with their labels and the frozen network's features, as inputs for training."""
import json

import numpy
import torch

from eye_network import FEATURES, JOINTS, PAIRS, SIDE

# The renderer's posture numbers -> the eye's posture classes.
POSTURE = numpy.array([0, 1, 2, 2, 3, 3, 3])


class Crops:
    """All crops of one prefix. Arrays are memory-mapped. `stored` are the extracted tensors: number ->
    (cells on a side, channels)."""

    def __init__(self, prefix, with_features=True, stored=None):
        with open(f"{prefix}_columns.json", encoding="utf-8") as file:
            self.columns = json.load(file)["columns"]
        self.place = {name: i for i, name in enumerate(self.columns)}
        self.labels = numpy.load(f"{prefix}_labels.npy")
        self.images = numpy.load(f"{prefix}_images.npy", mmap_mode="r")
        self.count = len(self.labels)
        if with_features:
            self.start, size = {}, 0
            for number, (cells, channels) in (stored or FEATURES).items():
                self.start[number] = size
                size += cells * cells * channels
            self.records = numpy.memmap(f"{prefix}_features.f16", numpy.float16, "r",
                                        shape=(self.count, size))
            self.reference = numpy.fromfile(f"{prefix}_reference.f32", numpy.float32)
            self.reference = self.reference.reshape(self.count, -1)
        near_right = self.column("near_right") > 0.5
        self.near = numpy.where(near_right, "right", "left")
        self.points = self._near_far(lambda name: numpy.stack(
            [self.column(name + "_x"), self.column(name + "_y")], -1))
        self.seen = self._near_far(lambda name: self.column(name + "_seen"))
        left, right = self.column("knee_flexion_left"), self.column("knee_flexion_right")
        self.flexion = numpy.stack([numpy.where(near_right, right, left),
                                    numpy.where(near_right, left, right)], -1)
        self.posture = POSTURE[self.column("posture").astype(int)]
        self.inside = (self.points > 0).all(-1) & (self.points < SIDE).all(-1)
        self.inside &= (self.seen >= 0) & (self.posture > 0)[:, None]

    def column(self, name):
        return self.labels[:, self.place[name]]

    def _near_far(self, values):
        near_right = self.column("near_right") > 0.5
        result = [values("nose")]
        for near in (True, False):
            for pair in PAIRS:
                left, right = values("left_" + pair), values("right_" + pair)
                take_right = near_right == near
                result.append(numpy.where(take_right.reshape((-1,) + (1,) * (left.ndim - 1)),
                                          right, left))
        assert len(result) == len(JOINTS)
        return numpy.stack(result, 1)

    def features(self, index, taken):
        """The tensors `taken` of the crops `index`, (batch, channels, cells, cells) each, in the
        order of `taken`."""
        records = self.records[index]
        result = []
        for number, (cells, channels) in taken.items():
            start = self.start[number]
            part = records[:, start:start + cells * cells * channels]
            part = torch.from_numpy(part.reshape(-1, cells, cells, channels).astype(numpy.float32))
            result.append(part.permute(0, 3, 1, 2))
        return result
