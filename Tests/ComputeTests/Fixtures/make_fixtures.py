#!/usr/bin/env python3
"""Writes the tables beside this file with NumPy 2: arithmetic.tsv, indexing.tsv, reductions.tsv.

An operand is TYPE SHAPE VALUES, as in "int16 2,3 1 2 3 4 5 6"; the types pyint, pyfloat and pybool
are plain Python numbers; a complex number is written as two numbers joined by a comma. A result is
an operand or "error". NumPy's int8, uint64 and float16, which Etude does not have, count as errors
(sums of uint8 are left out instead).
"""

import itertools
import pathlib
import warnings

import numpy as np

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
TYPES = ["bool", "uint8", "int16", "int32", "int64", "float32", "float64", "complex128"]


def number(x):
    if isinstance(x, complex):
        return f"{float(x.real)!r},{float(x.imag)!r}"
    if isinstance(x, bool):
        return str(int(x))
    return repr(x)


def describe(x):
    if isinstance(x, np.generic):
        x = np.asarray(x)
    if isinstance(x, bool):
        return f"pybool - {int(x)}"
    if isinstance(x, int):
        return f"pyint - {x}"
    if isinstance(x, float):
        return f"pyfloat - {x!r}"
    x = np.asarray(x)
    if x.dtype.name not in TYPES:
        return "error"
    shape = ",".join(map(str, x.shape)) or "-"
    return " ".join([x.dtype.name, shape] + [number(v) for v in x.ravel().tolist()])


def result(function):
    try:
        return describe(np.asarray(function()))
    except (TypeError, ValueError, OverflowError, IndexError):
        return "error"


def write(name, lines):
    (HERE / name).write_text("\n".join("\t".join(line) for line in lines) + "\n")


# Arithmetic

OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": lambda a, b: a**b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "<<": lambda a, b: a << b,
    ">>": lambda a, b: a >> b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "np.maximum": np.maximum,
    "np.minimum": np.minimum,
    "np.arctan2": np.arctan2,
    "np.hypot": np.hypot,
}

SAMPLES = {
    "bool": [True, False, True, False],
    "uint8": [0, 1, 7, 255],
    "int16": [-32768, -7, 0, 5],
    "int32": [-(2**31), -1, 3, 2**31 - 1],
    "int64": [-(2**63), -2, 0, 12345678901],
    "float32": [-2.5, 0.0, 1.25, float("inf")],
    "float64": [-0.0, 7.5, float("nan"), -3.0],
    "complex128": [1 + 2j, 0j, -3.5j, 2.0 + 0j],
}
OTHERS = {
    "bool": [True, True, False, False],
    "uint8": [3, 0, 200, 9],
    "int16": [-1, 3, 0, 4],
    "int32": [-1, 2, 0, 5],
    "int64": [-1, 3, 5, 0],
    "float32": [0.5, -3.0, 0.0, 2.0],
    "float64": [2.0, -2.0, 0.1, 0.5],
    "complex128": [2 - 1j, 1 + 0j, 0.5j, 3.0 + 0j],
}
WEAK = [True, 2, -3, 0, 300, 0.5, -2.0]

arithmetic = []
for name, operation in OPERATIONS.items():
    for first, second in itertools.product(TYPES, TYPES):
        a, b = np.array(SAMPLES[first], first), np.array(OTHERS[second], second)
        arithmetic.append([name, describe(a), describe(b), result(lambda: operation(a, b))])
    for kind, weak in itertools.product(TYPES, WEAK):
        if (name, kind, weak) == ("**", "bool", 2):
            continue  # int8 in NumPy by a short cut for squares, while ** 3 is int64 as here
        a = np.array(SAMPLES[kind], kind)
        arithmetic.append([name, describe(a), describe(weak), result(lambda: operation(a, weak))])
        arithmetic.append([name, describe(weak), describe(a), result(lambda: operation(weak, a))])
for shapes in [((2, 1), (3,)), ((2, 3), ()), ((1, 3), (2, 1)), ((0, 3), (1,)), ((2,), (3,))]:
    a, b = (np.arange(int(np.prod(s)), dtype=float).reshape(s) + 1 for s in shapes)
    arithmetic.append(["*", describe(a), describe(b), result(lambda: a * b)])
write("arithmetic.tsv", arithmetic)

# Indexing: the array is np.arange(size).reshape(shape); then 100 is stored at the index.

INDICES = [
    ((5,), "2"), ((5,), "-1"), ((5,), "5"), ((5,), "-6"), ((5,), "1:4"), ((5,), "::-1"),
    ((5,), "::2"), ((5,), "4:1:-2"), ((5,), "-100:100"), ((5,), "3:1"), ((5,), "100:"),
    ((5,), ":-9:-1"), ((5,), "::9223372036854775807"), ((5,), "::-9223372036854775807"),
    ((5,), "..."), ((5,), "None"), ((5,), "[0,3,3]"), ((5,), "[]"), ((5,), "[7]"),
    ((5,), "[-1,-5]"), ((5,), "m10110"), ((5,), "m101"), ((5,), "1,2"), ((5,), "...,..."),
    ((2, 3), "1"), ((2, 3), ":,1"), ((2, 3), "1,::-1"), ((2, 3), "...,0"), ((2, 3), "0,..."),
    ((2, 3), "None,:,None,2"), ((2, 3), "[1,0]"), ((2, 3), ":,[2,0]"), ((2, 3), "[1,0],[2,0]"),
    ((2, 3), "[1,0],:2"), ((2, 3), "[0,1],[0,1,2]"), ((2, 3), "m10"), ((2, 3), ":,m101"),
    ((2, 3), "m10,m101"), ((2, 3), "m11,m101"), ((2, 3), "1,m101"), ((2, 3), "m10,1"),
    ((2, 3), "M101011"), ((2, 3), "M101011,0"), ((2, 3), "B1"), ((2, 3), "B0"), ((2, 3), "...,B1"),
    ((2, 3), "B1,[0,1]"), ((2, 3), ":,3"), ((2, 3), "2"),
    ((2, 3, 4), "0,:,1"), ((2, 3, 4), "[0],:,1"), ((2, 3, 4), "0,:,[1,2]"), ((2, 3, 4), "0,[1,2]"),
    ((2, 3, 4), ":,0,[1,2]"), ((2, 3, 4), ":,[1,2],0"), ((2, 3, 4), "[0,1],:,[1,2]"),
    ((2, 3, 4), "[0,1],None,[1,2]"), ((2, 3, 4), "None,[0,1],None"), ((2, 3, 4), "0,...,[1,2]"),
    ((2, 3, 4), ":,0,...,[1,2]"), ((2, 3, 4), "::-1,1:,::3"), ((2, 3, 4), "...,None,1"),
    ((2, 3, 4), "[0,1],1:,[1,2]"), ((2, 3, 4), "1,m101,[0,3]"), ((2, 3, 4), ":,m101,[0,3]"),
    ((), ""), ((), "..."), ((), "None"), ((), "0"), ((0, 3), ":,1"), ((0, 3), "0"),
]


def parse(text, shape):
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text + ","):
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    index = []
    for part in filter(None, parts):
        if part[0] == "m":
            index.append(np.array([c == "1" for c in part[1:]]))
        elif part[0] == "M":
            index.append(np.array([c == "1" for c in part[1:]]).reshape(shape))
        elif part[0] == "B":
            index.append(part == "B1")
        else:
            index.append(eval(f"np.s_[{part}]"))
    return tuple(index)


indexing = []
for shape, text in INDICES:
    array = np.arange(int(np.prod(shape)), dtype=int).reshape(shape)

    def store():
        copy = array.copy()
        copy[parse(text, shape)] = 100
        return copy

    indexing.append(
        [",".join(map(str, shape)) or "-", text, result(lambda: array[parse(text, shape)]),
         result(store)])
write("indexing.tsv", indexing)

# Reductions

REDUCTIONS = {
    "sum": np.sum, "prod": np.prod, "mean": np.mean, "std": np.std, "var": np.var, "min": np.min,
    "max": np.max, "argmin": np.argmin, "argmax": np.argmax, "cumsum": np.cumsum, "any": np.any,
    "all": np.all,
}
random = np.random.default_rng(1)
ARRAYS = [
    np.array([[1, 0, 3], [-7, 32767, -32768]], np.int16),
    np.array([[True, False, True], [True, True, True]]),
    np.array([[2**62, 2**62], [2**62, 2**62]]),
    np.array([[1.5, np.nan, -2.0], [4.0, -0.5, 0.25]]),
    np.array([[1.5, 1e8, -2.0], [4.0, -0.5, 0.25]], np.float32),
    np.array([[1 + 2j, 3j], [-1 - 1j, 0.5 + 0j]]),
    np.arange(24).reshape(2, 3, 4),
    random.normal(size=(3, 20)),
    np.zeros((2, 0)),
    np.array(5.0),
]
reductions = []
for name, function in REDUCTIONS.items():
    for array in ARRAYS:
        # NumPy takes axis 0 of an array without axes in some functions and not in others.
        for axis in [None, 0, 1, -1, 5] if array.ndim else [None, 1]:
            reductions.append(
                [name, str(axis), describe(array), result(lambda: function(array, axis=axis))])
write("reductions.tsv", reductions)
