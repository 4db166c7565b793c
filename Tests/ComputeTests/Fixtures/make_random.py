#!/usr/bin/env python3
"""Writes random.tsv beside this file with NumPy and PyTorch (one thread).

A row: the function, the seed, its two arguments, how many values were drawn in one stream, the
bits of the last four values, and a checksum over the bits of all of them:
h = (31 h + bits) mod 2^64.
"""

import pathlib

import numpy as np
import torch

torch.set_num_threads(1)
SEEDS = [0, 1, 42, 1234567891, 2**32 - 1]


def bits(values):
    values = np.asarray(values)
    return values.view({4: np.uint32, 8: np.uint64}[values.dtype.itemsize]).tolist()


def numpy_values(name, seed, a, b, count):
    np.random.seed(seed)
    if name == "random_sample":
        return np.random.random_sample(count)
    if name == "uniform":
        return np.random.uniform(a, b, count)
    # Normals as float32: they are made with a logarithm, and a last bit may differ from NumPy's.
    if name == "normal":
        return np.random.normal(a, b, count).astype(np.float32)
    # An odd number of normals keeps one over the uniform number in between.
    return np.array(
        [
            np.random.uniform(a, b) if i % 4 == 3 else np.random.normal(a, b)
            for i in range(count)
        ],
        dtype=np.float32,
    )


def torch_values(name, seed, a, b, count):
    torch.manual_seed(seed)
    if name == "uniform_":
        return torch.empty(count).uniform_(a, b).numpy()
    if name == "bernoulli_":
        return torch.empty(count).bernoulli_(a).numpy()
    if name == "randperm":
        return torch.randperm(count).numpy()
    return torch.empty(count, dtype=torch.int64).random_().numpy()


with open(pathlib.Path(__file__).parent / "random.tsv", "w") as table:
    for name, a, b, count in [
        ("random_sample", 0, 1, 5000),
        ("uniform", -3.5, 10.25, 5000),
        ("normal", 0.25, 0.05, 5001),
        ("mixed", -1, 2, 5001),
        ("uniform_", 0, 1, 5000),
        ("uniform_", -0.0668153092, 0.0668153092, 5000),
        ("uniform_", -3.1, 7.7, 5000),
        ("bernoulli_", 0.7, 0, 3000),
        ("randperm", 0, 0, 5),
        ("randperm", 0, 0, 600),
        ("randperm", 0, 0, 24000),
        ("random_", 0, 0, 2000),
    ]:
        for seed in SEEDS:
            torches = name in ("uniform_", "bernoulli_", "randperm", "random_")
            values = bits((torch_values if torches else numpy_values)(name, seed, a, b, count))
            checksum = 0
            for value in values:
                checksum = (checksum * 31 + value) % 2**64
            row = [name, seed, a, b, count, *values[-4:], checksum]
            print(*row, sep="\t", file=table)
