"""Training: the lesson's networks and a larger one, in Etude, PyTorch and JAX, from the same data."""

import os
from typing import NamedTuple

from sides import *
from table import Row

# How far losses may be apart, and for how many epochs. Later, PyTorch's own runs differ from each other.
TOLERANCE, COMPARED_EPOCHS = 1e-3, 100

STANDINS = os.path.join(ROOT, "Sources/Publishing/Notebook")
HERE = os.path.dirname(os.path.abspath(__file__))


class Network(NamedTuple):
    name: str
    layers: str
    # Arguments of waveforms, and of train.
    signals: str
    batch_size: int
    epochs: int
    # The signals of an epoch, and the products of one in each layer that has weights.
    samples: int
    products: list

    @property
    def flops(self):
        """Of all epochs, without tests: outputs, gradients of weights, and of inputs but the first."""
        return self.epochs * self.samples * (6 * sum(self.products) - 2 * self.products[0])

    @property
    def cells(self):
        return f"""
X, y = waveforms({self.signals})
train_set, test_set = split(dataset(X, y), 0.8)
fit = train(nn.Sequential({self.layers}), train_set, epochs={self.epochs},
    batch_size={self.batch_size}, test=test_set)
history, seconds = fit.history.tolist(), fit.seconds
"""


def networks(is_quick):
    epochs = 20 if is_quick else 1000
    return [
        Network(
            f"the lesson's CNN, {epochs} epochs",
            """nn.Conv1d(1, 16, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
            nn.Conv1d(16, 32, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
            nn.Flatten(), nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3)""",
            "", 64, epochs, 480, [62 * 16 * 5, 14 * 32 * 16 * 5, 224 * 64, 64 * 3],
        ),
        Network(
            f"the lesson's MLP, {epochs} epochs",
            """nn.Flatten(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
            nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 3)""",
            "", 64, epochs, 480, [128 * 256, 256 * 128, 128 * 64, 64 * 3],
        ),
        Network(
            f"a larger CNN, {1 if is_quick else 10} epochs",
            """nn.Conv1d(1, 32, 9, stride=2), nn.ReLU(), nn.MaxPool1d(2),
            nn.Conv1d(32, 64, 9, stride=2), nn.ReLU(), nn.MaxPool1d(2),
            nn.Conv1d(64, 64, 9, stride=2), nn.ReLU(), nn.MaxPool1d(2),
            nn.Flatten(), nn.Linear(1856, 3)""",
            "count=100, length=2048, fs=2048", 32, 1 if is_quick else 10, 240,
            [1020 * 32 * 9, 251 * 64 * 32 * 9, 59 * 64 * 64 * 9, 1856 * 3],
        ),
    ]


def start(rounds):
    """From the start of the program to what a reader sees."""
    ours = [ETUDE, "render", "convolution", "--page", "1"]
    imports = {"NumPy, SciPy": "numpy, scipy.signal", "PyTorch": "torch", "JAX": "jax.numpy"}
    theirs = {name: [sys.executable, "-c", f"import {what}"] for name, what in imports.items()}
    our_runs, their_runs = [], []
    for _ in range(2 * rounds):
        our_runs.append(seconds_of(ours))
        their_runs += [(seconds_of(command), name) for name, command in theirs.items()]
    seconds, name = min(their_runs)
    yield Row("first page; peer: its import", min(our_runs), seconds, name)


def training(is_quick, limits):
    """A row for each network, and one for what the second thread brings."""
    for network in networks(is_quick):
        ours, theirs = {}, []
        for threads in THREADS:
            runs = [in_etude(network.cells, threads if knows_threads() else None)]
            peers = {"PyTorch": in_pytorch(network, threads), "JAX": in_jax(network, threads)}
            runs += [] if is_quick else [in_etude(network.cells, threads if knows_threads() else None)]
            ours[threads] = min(run["seconds"] for run in runs)
            theirs += [(run["seconds"], f"{name}, {threads} thr.") for name, run in peers.items()]
            check_losses(network, runs[0]["history"], peers["PyTorch"]["history"])
        seconds, name = min(theirs)
        yield Row(network.name, min(ours.values()), seconds, name, network.flops / limits.flops_of_two)
        for seconds, name in sorted(theirs)[1:]:
            yield Row("", min(ours.values()), seconds, name)
        if knows_threads():
            yield Row("two threads; peer: one thread", ours[2], ours[1], "Etude, 1 thr.")


def check_losses(network, ours, theirs):
    apart = max(abs(a - b) for a, b in list(zip(ours, theirs))[:COMPARED_EPOCHS])
    if apart > TOLERANCE:
        sys.exit(f"{network.name}: the losses differ from PyTorch's by up to {apart:.1e}")


def in_pytorch(network, threads):
    """The lesson's run, with batches by index: a DataLoader takes most of the time."""
    code = f"""
import json, sys
sys.path[:0] = [{STANDINS!r}, {HERE!r}]
from etude import *
from pytorch_run import train
torch.set_num_threads({threads})
{network.cells}"""
    return in_python(code, threads, '{"history": history, "seconds": seconds}')


def in_jax(network, threads):
    """The same network, each epoch one compiled scan over its batches."""
    code = f"""
import json, os, sys
# XLA takes as many threads as the process has cores.
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-{threads}:])
sys.path[:0] = [{STANDINS!r}, {HERE!r}]
from etude import *
from jax_run import dataset, nn, split, train
{network.cells}"""
    return in_python(code, threads, '{"history": history, "seconds": seconds}')
