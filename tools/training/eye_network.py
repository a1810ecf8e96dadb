"""The eye: a head on the frozen landmark network's inner features, and how its outputs are read.

Joints are classified as near or far from the camera, not as left or right: the picture shows which
leg is near, and which one is the left follows from how the body lies.
"""
import torch
from torch import nn
from torch.nn import functional

PAIRS = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
JOINTS = ("nose",) + tuple(f"near_{p}" for p in PAIRS) + tuple(f"far_{p}" for p in PAIRS)
KNEES = (JOINTS.index("near_knee"), JOINTS.index("far_knee"))
POSTURES = ("nobody", "prone", "other_lying", "upright")
CELLS, SIDE = 64, 256
CELL_PX = SIDE / CELLS
# Tensors of pose_landmark_full.tflite: number -> (cells a side, channels).
FEATURES = {216: (64, 24), 279: (64, 48), 226: (32, 32), 251: (16, 88), 269: (8, 144)}
# Channels of the output: heat, log of the standard deviation in px, flexion of both knees in
# 100 degrees and the log of its standard deviation.
N = len(JOINTS)
HEAT, DEVIATION = slice(0, N), slice(N, 2 * N)
FLEXION, FLEXION_DEVIATION = slice(2 * N, 2 * N + 2), slice(2 * N + 2, 2 * N + 4)
CHANNELS = 2 * N + 4


class Block(nn.Module):
    """Depthwise, then pointwise, with a residual."""

    def __init__(self, channels, kernel=5):
        super().__init__()
        self.depthwise = nn.Conv2d(channels, channels, kernel, 1, kernel // 2, groups=channels,
                                   bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.pointwise = nn.Conv2d(channels, channels, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        y = functional.relu(self.norm1(self.depthwise(x)))
        return functional.relu(x + self.norm2(self.pointwise(y)))


class FeatureProjection(nn.Module):
    """A feature tensor, normalised and brought to a width."""

    def __init__(self, channels, width):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.conv = nn.Conv2d(channels, width, 1)

    def forward(self, x):
        return self.conv(self.norm(x))


def doubled(x):
    return functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class Eye(nn.Module):
    """Features (batch, channels, cells, cells), in the order of FEATURES -> maps, postures."""

    def __init__(self, widths=(160, 160, 96, 40), blocks=(2, 4, 4, 1)):
        super().__init__()
        w8, w16, w32, w64 = widths
        self.take = nn.ModuleDict({"216": FeatureProjection(24, w64), "279": FeatureProjection(48, w64),
                                   "226": FeatureProjection(32, w32), "251": FeatureProjection(88, w16),
                                   "269": FeatureProjection(144, w8)})
        stages = [nn.Sequential(*[Block(w) for _ in range(n)]) for w, n in zip(widths, blocks)]
        self.stage8, self.stage16, self.stage32, self.stage64 = stages
        self.up16 = nn.Conv2d(w8, w16, 1, bias=False)
        self.up32 = nn.Conv2d(w16, w32, 1, bias=False)
        self.up64 = nn.Conv2d(w32, w64, 1, bias=False)
        self.maps = nn.Conv2d(w64, CHANNELS, 1)
        self.posture = nn.Conv2d(w8, len(POSTURES), 1)
        with torch.no_grad():  # It begins by knowing nothing: about 20 px and 30 degrees.
            self.maps.bias.zero_()
            self.maps.bias[DEVIATION] = 3.0
            self.maps.bias[FLEXION] = 0.4
            self.maps.bias[FLEXION_DEVIATION] = 3.4

    def forward(self, f216, f279, f226, f251, f269):
        x8 = self.stage8(functional.relu(self.take["269"](f269)))
        x16 = self.stage16(functional.relu(self.take["251"](f251) + doubled(self.up16(x8))))
        x32 = self.stage32(functional.relu(self.take["226"](f226) + doubled(self.up32(x16))))
        x64 = self.take["216"](f216) + self.take["279"](f279) + doubled(self.up64(x32))
        x64 = self.stage64(functional.relu(x64))
        return self.maps(x64), self.posture(x8)


def read(maps):
    """Maps -> joints (batch, joint, 2) in px of the crop, their standard deviations (batch, joint),
    knee flexion near and far in degrees, and its standard deviations, and the chances per cell."""
    batch = maps.shape[0]
    chance = functional.softmax(maps[:, HEAT].flatten(2), -1)
    centre = (torch.arange(CELLS, dtype=maps.dtype) + 0.5) * CELL_PX
    grid = chance.view(batch, N, CELLS, CELLS)
    joints = torch.stack([(grid.sum(2) * centre).sum(-1), (grid.sum(3) * centre).sum(-1)], -1)
    deviation = (chance.detach() * maps[:, DEVIATION].flatten(2)).sum(-1).clamp(-2, 5).exp()
    knees = chance[:, KNEES].detach()
    flexion = (knees * maps[:, FLEXION].flatten(2)).sum(-1) * 100
    flexion_deviation = (knees * maps[:, FLEXION_DEVIATION].flatten(2)).sum(-1).clamp(-1, 5).exp()
    return joints, deviation, flexion, flexion_deviation, chance
