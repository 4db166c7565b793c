"""Writes text.json: values and formats, and what Python and NumPy 2.4 print, for the Text tests.

Run with NumPy 2.4: python3 text.py > text.json
"""
import itertools
import json
import random

import numpy as np

assert np.__version__.startswith("2.4"), np.__version__
generator = random.Random(11)


def encoded(value):
    """A value as JSON: floats in hexadecimal, so that every bit arrives."""
    if value is None:
        return {"kind": "none"}
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        flat = array.ravel()
        if array.dtype == np.complex128:
            flat = flat.view(np.float64)
        data = [float(x).hex() if flat.dtype.kind == "f" else str(int(x)) for x in flat]
        return {"kind": "array", "dtype": array.dtype.name, "shape": list(array.shape),
                "data": data}
    if isinstance(value, bool):
        return {"kind": "bool", "data": [str(int(value))]}
    if isinstance(value, int):
        return {"kind": "int", "data": [str(value)]}
    if isinstance(value, float):
        return {"kind": "float", "data": [value.hex()]}
    if isinstance(value, str):
        return {"kind": "str", "data": [value]}
    if isinstance(value, range):
        return {"kind": "range", "data": [str(x) for x in (value.start, value.stop, value.step)]}
    kind = "list" if isinstance(value, list) else "tuple"
    return {"kind": kind, "elements": [encoded(element) for element in value]}


def array(values, dtype=None):
    return np.array(values, dtype=dtype)


nan, inf = float("nan"), float("inf")
FLOATS = [
    0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 2 / 3, 1e15, 1e16, 123456789012345680.0, 1e-4, 1e-5, 9.9e-5,
    5e-324, 1.7976931348623157e308, 1e22, 1e23, nan, inf, -inf, 3.14159, 100.0, 0.5, 2.5, 1e100,
    9007199254740993.0, 0.30000000000000004, 44100.0, 12345.678, -0.001, 999999.5, 1234567.891,
]
SINGLES = [0.1, 1e-4, 1.5, 16777216.0, 999999.0, 1e6, 1e20, 1e-5, nan, -inf, 0.0, 3.1415927]
COMPLEX = [1 + 2j, 1j, complex(-0.0, 1), complex(0, -0.0), complex(1e16, 1e-5), complex(nan, inf),
           1.5 - 2j, 0j, -2 + 0j]
VALUES = (
    [None, True, False, 0, -7, 2**63 - 1, -2**63, "", "a", "it's", 'say "x"', "'\"", "a\nb\t\\\r",
     "\x00\x1b\x7f\x85\xa0", "é€😀", "\u200b\u2028\ue000", "e\u0301", [], [1], [1, 2.0, "x"], (),
     (1,), (1, "a", None), [(1, [2]), True], range(3), range(1, 10, 2), range(5, 0, -1)]
    + FLOATS + [np.float64(x) for x in FLOATS[:8]] + [np.float32(x) for x in SINGLES]
    + [np.complex128(x) for x in COMPLEX]
    + [np.int64(-3), np.int16(7), np.uint8(255), np.int32(5), np.True_, np.False_]
    + [[np.float64(1.5), array([1, 2])], (np.float32(0.1), np.True_)]
)


def random_floats(count, dtype):
    scale = generator.choice([1, 1, 1e-3, 1e5, 1e-6, 1e9])
    digits = generator.choice([1, 2, 5, 9, 17])
    return array([round(generator.gauss(0, 1), digits) * scale for _ in range(count)], dtype)


def arrays():
    yield array([])
    yield array([], np.int16)
    yield array([], bool)
    yield np.zeros((0, 3))
    yield np.zeros((2, 0), np.float32)
    yield array([1.0])
    yield array([1, 2, 3])
    yield array([1, -20, 300])
    for dtype in (np.int16, np.int32, np.uint8, np.float32):
        yield array([1, 2, 3], dtype)
    yield array([True, False])
    yield array([[True], [False]])
    yield array([0.1, 0.25, 10])
    yield array([1e-5, 1])
    yield array([1e8, 1])
    yield array([1e7, 99999999.0])
    yield array([1, 1001.0])
    yield array([1, 1000.0])
    yield array([1e-4, 0.05])
    yield array([0.00001, 0.00002])
    yield array([1e100, 1e-100, 0])
    yield array([nan, 1])
    yield array([nan])
    yield array([inf, -inf, nan])
    yield array([-inf, 1.5])
    yield array([inf, 12345.5])
    yield array([nan, 1e10])
    yield array([-0.0, 0.0])
    yield array([1 / 3, 2 / 3])
    yield array([0.123456785, 1])
    yield array([0.999999999, 1])
    yield array([2.0**-9, 0.001953135])
    yield array([1.1e-5, 1.2345678e-3], np.float32)
    yield array([0.1, 0.2, 1 / 3], np.float32)
    yield array([1e6, 1], np.float32)
    yield array([999999, 1000], np.float32)
    yield array([1e-4, 1], np.float32)
    yield array([16777216, 0.1], np.float32)
    yield array(COMPLEX)
    yield array([1 + 2j, 3.25 - 4.5j])
    yield array([1e-7 + 1j])
    yield array([[1 + 1j, nan], [2, 3]])
    yield np.arange(30)
    yield np.arange(30.0)
    yield np.arange(100).reshape(10, 10)
    yield np.arange(24).reshape(2, 3, 4)
    yield np.arange(16.0).reshape(2, 2, 2, 2) / 7
    yield np.arange(1000)
    yield np.arange(1001)
    yield np.arange(1100) / 44100
    yield np.linspace(-1, 1, 1200, dtype=np.float32)
    yield np.arange(1200).reshape(12, 100)
    yield np.arange(1260).reshape(3, 7, 60)
    yield np.arange(1200).reshape(2, 600) % 7 == 0
    yield np.arange(1200).reshape(400, 3) * 1e-9
    yield np.zeros((1001, 1, 1), np.int16)
    yield np.full((3, 400), nan)
    yield np.arange(20, dtype=np.int16) - 10
    yield np.arange(40) % 3 == 0
    yield np.ones((1, 30), np.float32) / 3
    yield np.arange(19) * 1000
    for count in (1, 2, 5, 9, 11, 12, 13, 17, 31):
        for dtype in (np.float64, np.float32):
            for _ in range(5):
                yield random_floats(count, dtype)
    for shape in ((2, 3), (3, 9), (2, 2, 5)):
        for dtype in (np.float64, np.float32):
            yield random_floats(int(np.prod(shape)), dtype).reshape(shape)
        yield random_floats(2 * int(np.prod(shape)), np.float64).view(np.complex128).reshape(shape)


def specifications():
    by_hand = {
        "int": ["", "5", "<5", ">5", "^5", "=5", "05", "+", " ", "-", "+05", "d", "n", "b", "#b",
                "o", "#o", "x", "X", "#x", "#X", "#010x", ",", "_", "010,", "08,", "09,", "_b",
                "_x", "020_b", "c", "5c", "<5c", "e", ".2f", "g", "%", ".1%", "x<05", "0=+8",
                "*^15,", "s", ".2", ",x", "_n", "z", "q", "ab", "5.", ",,", "é>4", "\U0001F600^5",
                "0<5", "#d", "08.2f", "+,d", "010n", "00005"],
        "float": ["", "5", "10", "<10", "^10", "=10", "010", "+", " ", "f", ".0f", "#.0f", ".1f",
                  ".3f", "F", "e", ".2e", "E", "#.0e", "g", ".3g", "G", "#g", "#.3g", ".0g", "n",
                  "%", ".0%", ".2%", ".3", ".10", ".17", ".1", ".0", "#.3", "#", ",", "_", ",.2f",
                  "012,.2f", "015,", "z", "z.1f", "z.0e", "+.2f", "08.2f", "-08.3f", "*>12.4f",
                  "d", "s", "x", "c", ",n", ".", "zq", "<08", ">08", "_.3%", " .3g", "+g", "20.15g",
                  ".6", ".5", ".4", "0=10.2e", ",.0f", ",.3g", ",e"],
        "str": ["", "5", "<5", ">5", "^5", "05", "s", ".1", ".1s", "10.2", "*^9", "=5", "+", "#",
                ",", "z", "d", "0", ".0", "x<3", ">>4"],
    }
    ints = [0, 1, -1, 7, 65, 255, 1234, -1234567, 2**63 - 1, -2**63, 0x1F600]
    for value, spec in itertools.product(ints, by_hand["int"]):
        yield value, spec
    for value, spec in itertools.product(FLOATS, by_hand["float"]):
        yield value, spec
    for value, spec in itertools.product(["", "a", "héllo", "e\u0301x", "😀"], by_hand["str"]):
        yield value, spec
    for value, spec in itertools.product([True, False], ["", "5", "d", "s", "x", ".1f", "+", "c"]):
        yield value, spec
    scalars = [np.float64(1.25), np.float32(0.1), np.int16(-3), np.uint8(200), np.True_]
    for value, spec in itertools.product(
            scalars, ["", "8", ".2f", ".3", "05", "d", "e", "x", "s", "+", "<6", ","]):
        yield value, spec
    for value, spec in itertools.product(
            [np.complex128(z) for z in COMPLEX],
            ["", ".2f", "20", "<20.1f", "+.1e", ".3", "g", "012", "=12", "%", ",.1f", "^30.2"]):
        yield value, spec
    for value in [None, [1], (1,), array([1, 2]), range(3)]:
        for spec in ["", "5", "d"]:
            yield value, spec


def formatted(value, spec):
    try:
        return format(value, spec)
    except (ValueError, TypeError, OverflowError):
        return None


def rows(name, rows):
    print(f'"{name}": [')
    print(",\n".join(json.dumps(row) for row in rows))
    print("]", end="")


print("{")
rows("values", [{"value": encoded(v), "repr": repr(v), "str": str(v)} for v in VALUES])
print(",")
rows("arrays", [{"value": encoded(a), "repr": repr(a), "str": str(a)} for a in arrays()])
print(",")
rows("formats", [{"value": encoded(v), "specification": s, "result": formatted(v, s)}
                 for v, s in specifications()])
print("\n}")
