#!/usr/bin/env python3
"""Writes generators.tsv beside this file with NumPy.

A row: the generator, what is drawn, the seed, how many, the bits of the last four values, and a checksum
over the bits of all of them: h = (31 h + bits) mod 2^64.
"""

import pathlib

import numpy as np

SEEDS = [0, 1, 42, 1234567891, 2**32 - 1]
DRAWS = {
    "random": (20000, lambda g, n: g.random(n)),
    # Enough that some come from the tail, one of 4,000.
    "normal": (200000, lambda g, n: g.standard_normal(n)),
    "integers10": (20001, lambda g, n: integers(g, 0, 10, n)),
    "integers32": (5000, lambda g, n: integers(g, -5, 2**32 - 5, n)),
    "integers40": (5000, lambda g, n: integers(g, 0, 3 * 2**39, n)),
    "integers64": (5000, lambda g, n: integers(g, -(2**63), 2**63 - 1, n)),
    "uint8": (9999, lambda g, n: integers(g, 0, 200, n, np.uint8).astype(np.int64)),
    "int16": (9999, lambda g, n: integers(g, -300, 30000, n, np.int16).astype(np.int64)),
    "bool": (9999, lambda g, n: integers(g, 0, 2, n, bool).astype(np.int64)),
    "order": (5000, lambda g, n: g.permutation(n)),
    "mixed": (3000, lambda g, n: np.array([mixed(g, i) for i in range(n)])),
}


def integers(g, low, high, n, dtype=np.int64):
    draw = g.randint if isinstance(g, np.random.RandomState) else g.integers
    return draw(low, high, n, dtype=dtype)


def mixed(g, i):
    """32 and 64 bits in turn: what is kept of a pair must be kept."""
    return [g.standard_normal, g.random, lambda: float(integers(g, 0, 10, None)), g.random][i % 4]()


with open(pathlib.Path(__file__).parent / "generators.tsv", "w") as table:
    for kind, make in [("Generator", np.random.default_rng), ("RandomState", np.random.RandomState)]:
        for name, (count, draw) in DRAWS.items():
            for seed in SEEDS:
                values = draw(make(seed), count).view(np.uint64).tolist()
                checksum = 0
                for value in values:
                    checksum = (checksum * 31 + value) % 2**64
                print(kind, name, seed, count, *values[-4:], checksum, sep="\t", file=table)
