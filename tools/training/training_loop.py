"""The training loop for the eye and the finder, and the loader that prefetches its batches."""
import argparse
import datetime
import math
import os
import queue
import tempfile
import threading
import time

import numpy
import torch
from torch import distributed, multiprocessing

from crops import Crops

# Workers train independently between two averagings of their weights. Each has one thread: with a
# network this small a second thread idles half of the time.
AVERAGING_S = 10.0


class BatchLoader:
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
    parser.add_argument("--only-taken", action="store_true",
                        help="the sets hold only the tensors that this network takes")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    return parser.parse_args()


def average(network, workers):
    """Gives every worker the mean of all workers' weights and running statistics."""
    with torch.no_grad():
        for tensor in network.state_dict().values():
            if tensor.is_floating_point():
                whole = tensor.contiguous()
                distributed.all_reduce(whole)
                tensor.copy_(whole / workers)


def train(make_network, taken, choose, labels_of, loss_of, args):
    """Trains for args.minutes in args.workers processes and writes args.out.
    `loss_of(outputs, labels)` gives the loss and its parts."""
    with tempfile.TemporaryDirectory() as folder:
        multiprocessing.spawn(work, nprocs=args.workers,
                              args=(folder, time.monotonic(), make_network, taken, choose,
                                    labels_of, loss_of, args))


def work(worker, folder, began, make_network, taken, choose, labels_of, loss_of, args):
    """One of the processes of train()."""
    distributed.init_process_group("gloo", f"file://{folder}/meet", rank=worker,
                                   world_size=args.workers, timeout=datetime.timedelta(hours=1))
    torch.set_num_threads(1)
    torch.manual_seed(0)
    network = make_network()
    if args.resume:
        network.load_state_dict(torch.load(args.resume))
    stored = taken if args.only_taken else None
    feed = BatchLoader([Crops(p, stored=stored) for p in args.prefixes], args.batch, worker, taken, choose, labels_of)
    network = network.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), args.rate, weight_decay=1e-3)
    weights = sum(p.numel() for p in network.parameters())
    report = print if worker == 0 else lambda *words, **options: None
    report(f"{len(feed.places)} crops, {weights / 1e6:.2f} M weights, {args.workers} workers",
         flush=True)
    last = max(1, int(args.minutes * 60 / AVERAGING_S))
    step, averaged, parts, parent = 0, 0, [], os.getppid()
    while averaged < last and os.getppid() == parent:  # Workers end with who started them.
        done = min(1.0, (time.monotonic() - began) / 60 / args.minutes)
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
        if time.monotonic() - began >= (averaged + 1) * AVERAGING_S:
            average(network, args.workers)
            averaged += 1
            if averaged % 6 == 0 or averaged == last:
                means = ", ".join(f"{v:.3f}" for v in numpy.mean(parts, 0))
                report(f"{(time.monotonic() - began) / 60:5.1f} min, step {step}: loss {means}",
                     flush=True)
                parts = []
                if worker == 0:
                    torch.save(network.state_dict(), args.out)
