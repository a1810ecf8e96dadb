"""The finder: locates a lying person in a whole picture at any rotation. Like the eye, it is a head on
the frozen landmark network's features."""
from torch import nn
from torch.nn import functional

from eye_network import Block, FeatureProjection, doubled

SIDE, CELLS = 256, 32
CELL_PX = SIDE / CELLS
FEATURES = {226: (32, 32), 251: (16, 88), 269: (8, 144)}
# Channels: whether the middle of a lying body's hips is in the cell (logit), and where the end of
# the body is from there (in 64 px), as the tracker's region needs it.
CHANNELS = 3
REACH_PX = 64.0


class Finder(nn.Module):
    """Features (batch, channels, cells, cells), in the order of FEATURES -> (batch, 3, 32, 32)."""

    def __init__(self, widths=(128, 96, 64), blocks=(3, 3, 2)):
        super().__init__()
        w8, w16, w32 = widths
        self.take = nn.ModuleDict({"226": FeatureProjection(32, w32), "251": FeatureProjection(88, w16),
                                   "269": FeatureProjection(144, w8)})
        stages = [nn.Sequential(*[Block(w) for _ in range(n)]) for w, n in zip(widths, blocks)]
        self.stage8, self.stage16, self.stage32 = stages
        self.up16 = nn.Conv2d(w8, w16, 1, bias=False)
        self.up32 = nn.Conv2d(w16, w32, 1, bias=False)
        self.found = nn.Conv2d(w32, CHANNELS, 1)
        nn.init.constant_(self.found.bias, -2.0)

    def forward(self, f226, f251, f269):
        x8 = self.stage8(functional.relu(self.take["269"](f269)))
        x16 = self.stage16(functional.relu(self.take["251"](f251) + doubled(self.up16(x8))))
        x32 = self.take["226"](f226) + doubled(self.up32(x16))
        return self.found(self.stage32(functional.relu(x32)))
