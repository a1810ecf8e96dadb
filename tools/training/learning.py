"""What training the eye and training the finder share: batches read ahead, and the loop."""
import argparse
import math
import queue
import threading
import time

import numpy
import torch

from crops import Crops


class Feed:
    """Batches of (features, labels) from several sets, in an order fixed by the seed, read ahead
    by a thread. `choose(crops)` gives the places of the crops to train on."""

    def __init__(self, sets, size, seed, taken, choose, labels_of):
        self.sets, self.size, self.taken, self.labels_of = sets, size, taken, labels_of
        self.places = numpy.array([(s, i) for s, crops in enumerate(sets) for i in choose(crops)])
        self.rng = numpy.random.default_rng(seed)
        self.ready = queue.Queue(4)
        threading.Thread(target=self._fill, daemon=True).start()

    def _fill(self):
        while True:
            order = self.rng.permutation(len(self.places))
            for start in range(0, len(order) - self.size + 1, self.size):
                self.ready.put(self._batch(self.places[order[start:start + self.size]]))

    def _batch(self, places):
        parts = []
        for s, crops in enumerate(self.sets):
            index = numpy.sort(places[places[:, 0] == s, 1])
            if len(index):
                parts.append((crops.features(index, self.taken), self.labels_of(crops, index)))
        features = [torch.cat(tensors) for tensors in zip(*[p[0] for p in parts])]
        labels = {key: torch.cat([p[1][key] for p in parts]) for key in parts[0][1]}
        return features, labels


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("prefixes", nargs="+")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--resume")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def learn(network, taken, choose, labels_of, loss_of, args):
    """Trains for args.minutes and writes args.out. `loss_of(outputs, labels)` gives the loss and
    its parts."""
    torch.set_num_threads(args.threads)
    if args.resume:
        network.load_state_dict(torch.load(args.resume))
    feed = Feed([Crops(p) for p in args.prefixes], args.batch, 0, taken, choose, labels_of)
    weights = sum(p.numel() for p in network.parameters())
    print(f"{len(feed.places)} crops, {weights / 1e6:.2f} M weights", flush=True)
    network = network.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), args.rate, weight_decay=1e-3)
    began, step, parts = time.monotonic(), 0, []
    while (done := (time.monotonic() - began) / 60 / args.minutes) < 1:
        rate = args.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        for group in optimiser.param_groups:
            group["lr"] = rate
        features, labels = feed.ready.get()
        losses = loss_of(network(*features), labels)
        optimiser.zero_grad()
        losses[0].backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        step += 1
        parts.append([part.item() for part in losses])
        if step % 50 == 0:
            means = ", ".join(f"{v:.3f}" for v in numpy.mean(parts, 0))
            print(f"{(time.monotonic() - began) / 60:5.1f} min, step {step}: loss {means}",
                  flush=True)
            parts = []
            torch.save(network.state_dict(), args.out)
    torch.save(network.state_dict(), args.out)
