"""Times Etude and its peers side by side: scripts/bench starts it."""

import argparse
import importlib.metadata
import os
import subprocess
import tempfile
from typing import NamedTuple

import arrays
import networks
import reader
from sides import *
from table import *

# Targets: within the noise of two equal times, or at least half as fast.
AS_FAST, HALF_AS_FAST = 0.95, 0.5
# Calls that share a process: few, so that ours and theirs meet the same noise.
GROUP = 8
DOCUMENT = os.path.join(ROOT, "docs/benchmarks.md")
INTRODUCTION = """# Benchmarks

Written by `scripts/bench --markdown`; do not edit. {machine}; {versions}; {date}.

Ours and theirs run in turn, {rounds} times, on the same data; each figure is the best. Peers get one thread and
two, the better one counts. The ratio is the peer's time over ours: above 1, Etude is faster; ↓ is below the
target (0.95 for what a slider's cell calls, 0.5 for other array functions). The limit is what this machine needs
at least, for as many multiplications and additions at {flops:.0f} GFLOP/s (fused, single precision, one thread), or to copy as
many bytes at {bytes:.0f} GB/s (a sound of 441,000 doubles); both were measured in the same run. Training and functions of
tensors use two threads, which together reach {flops_of_two:.0f} GFLOP/s here: {cores}
"""
TWO_CORES = "they have a core each."
ONE_CORE = "they share the arithmetic units of one\ncore, so that the second thread can only fill gaps that the first leaves."
REMARKS = """
## What holds some rows back

`np.dot` of two sounds reads seven megabytes, which one thread does at four fifths of the copy's speed; NumPy takes two threads,
and starting one here would cost what it saves. A product of matrices has two threads, but rounds each product before it
is added ([arithmetic.md](arithmetic.md)), so that processors without fused multiply-add have the same bits; the peers fuse, which is
twice as fast.

A batch of the lesson's CNN takes about 220 µs on one thread here and 135 µs on two. Convolutions and linear layers multiply at 85 to
97 % of what a thread can do, the gradients of convolutions' weights at 84 %, since their sums are short; a tenth goes into pools
and their gradients, which pass through the second cache. Tests, which the limit leaves out, take 8 % of an epoch. Two threads
meet once in a batch, and what each has computed, parameters above all, must travel to the other's cache: the two cores of this
machine have no cache in common. Even at the limit the CNN would be some 22 times as fast as PyTorch; the target of 35 times was set
where PyTorch had AVX2 only and took 47 s. A `conv1d` of 16 channels at the limit would be 1.2 times as fast as PyTorch's. `ThreadChoice` keeps two
threads from costing time: beside another busy program they train one and a half times as fast as threads that always wait for
each other.
"""
CARDS = """
## Graphics cards

No card could be had yet (2026-11): the kernels were compiled for every architecture since 2016 and checked bit by bit on the
processor, behind a driver that plays one. `scripts/gpu-check` builds a program that checks a real card and times it, beside
PyTorch where it is installed, and ends within five minutes, since every measurement is bounded; `scripts/gpu-check FOLDER`
makes a folder to copy to a computer with a card, which needs neither Swift nor CUDA. It prints tables for this page. Without a
card, `gpucheck --quick` goes through all of it on the card that is played. To be reached on an H100: the lesson's CNN, 1000 epochs, in less than 0.5 s, at
least ten times as fast as PyTorch eager, and faster than with CUDA graphs; conv1d of 10⁷ samples at 70 % of the memory's
bandwidth. What to tune first: the divisions of whole numbers in indices, and the register tiles of the weights' gradients.
"""


class Limits(NamedTuple):
    """What this machine does per second: the flops of one thread and of two together, and the bytes one copies."""

    flops: float
    flops_of_two: float
    bytes: float


def measured_limits():
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "limits")
        source = os.path.join(os.path.dirname(__file__), "limits.c")
        options = ["-O2", "-march=native", "-mprefer-vector-width=512", "-ffp-contract=fast"]
        if b"x86" not in run(["cc", "-dumpmachine"]):
            options.remove("-mprefer-vector-width=512")
        run(["cc", *options, source, "-o", program, "-pthread"])
        runs = [tuple(map(float, run([program]).split())) for _ in range(10)]
    return Limits(*map(max, zip(*runs)))


def timed(calls, rounds, limits, target):
    """A row for each call."""
    for first in range(0, len(calls), GROUP):
        group = calls[first : first + GROUP]
        tensors = any(call.is_tensor for call in group)
        prepare = arrays.PREPARE + arrays.PREPARE_TENSORS * tensors
        ours = [f"timeit({call.text})" for call in group]
        forms = [(call, form) for call in group for form in (call.text, *call.others)]
        theirs = [f"timeit({form})" for _, form in forms]
        head = PEERS_TIMEIT + PEERS_TENSORS * tensors
        our_runs, their_runs = [], []
        for _ in range(rounds):
            for threads in THREADS:
                our_runs.append(in_etude(prepare + cells("t", ours)))
                code = f"{head}{prepare}seconds = [{', '.join(theirs)}]"
                their_runs.append(in_python(code, threads, "seconds"))
        best = [min(times) for times in zip(*their_runs)]
        for index, call in enumerate(group):
            options = [(best[i], form) for i, (owner, form) in enumerate(forms) if owner is call]
            seconds, form = min(options)
            # Functions of tensors take both threads where that pays.
            flops = limits.flops_of_two if call.is_tensor else limits.flops
            least = max(call.flops / flops, call.bytes / limits.bytes)
            mine = min(run[f"t{index}"] for run in our_runs)
            yield Row(call.name, mine, seconds, peer_name(call, form), least, target)


def cells(name, expressions):
    return "".join(f"\n{name}{i} = {expression}" for i, expression in enumerate(expressions))


def peer_name(call, form):
    function = form.split(",")[0]
    if function.startswith("F."):
        return "PyTorch"
    label = "NumPy" if function.startswith("np.") else "SciPy"
    different = function if function != call.text.split(",")[0] else ""
    return f"{label} {different}".strip()


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="in about three minutes, less exactly")
    parser.add_argument("--markdown", action="store_true", help="write the table to docs/benchmarks.md")
    parser.add_argument(
        "--only", choices=["start", "training", "signals", "sliding", "others", "views", "reader"], action="append"
    )
    options = parser.parse_args()
    rounds = 1 if options.quick else 3
    limits = measured_limits()
    print(
        f"{machine()}: {limits.flops / 1e9:.0f} GFLOP/s, {limits.flops_of_two / 1e9:.0f} on two threads, "
        f"{limits.bytes / 1e9:.0f} GB/s copied"
    )

    sections = {
        "start": ("Start", lambda: networks.start(rounds)),
        "signals": ("Signals", lambda: timed(arrays.SIGNALS, rounds, limits, AS_FAST)),
        "sliding": (
            "What a slider's cell calls, ten seconds of audio",
            lambda: timed(list(arrays.listed(arrays.SLIDING)), rounds, limits, AS_FAST),
        ),
        "others": (
            "Other functions, ten seconds of audio",
            lambda: timed(list(arrays.listed(arrays.OTHERS)), rounds, limits, HALF_AS_FAST),
        ),
        "views": (
            "Functions that return views in NumPy",
            lambda: timed(list(arrays.listed(arrays.VIEWS)), rounds, limits, 0),
        ),
        "training": ("Training", lambda: networks.training(options.quick, limits)),
        "reader": ("The reader, 140 × 45", lambda: reader.rows(options.quick)),
    }
    tables = []
    for name in options.only or sections:
        title, rows = sections[name]
        print_heading(title)
        tables.append((title, []))
        for row in rows():
            tables[-1][1].append(row)
            print_row(row)
    if options.markdown:
        write(tables, rounds, limits)


def write(tables, rounds, limits):
    names = ["numpy", "scipy", "torch", "jax"]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    text = INTRODUCTION.format(
        machine=machine(), versions=versions, date=today(), rounds=2 * rounds,
        flops=limits.flops / 1e9, flops_of_two=limits.flops_of_two / 1e9, bytes=limits.bytes / 1e9,
        cores=TWO_CORES if limits.flops_of_two > 1.5 * limits.flops else ONE_CORE,
    )
    with open(DOCUMENT, "w") as stream:
        stream.write("\n".join([text, *(markdown(title, rows) for title, rows in tables)]) + REMARKS + CARDS)


main()
