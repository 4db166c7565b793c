"""Writes cases/random_sequences.py: random comprehensions, calls with unpacked arguments, changed
elements, Python's functions of sequences, slices, formatted numbers, methods of strings, chained
comparisons and arithmetic. CPython takes all of them; the end-to-end tests compare.

Run with any Python 3 that has NumPy: python3 make_random_sequences.py > cases/random_sequences.py
"""

import random
import warnings

import numpy as np

NUMBERS = ["0", "1", "-1", "2", "3", "7", "2.5", "-0.5", "True", "10"]
FUNCTIONS = ["abs", "len", "str", "int", "max", "sum"]
BOUNDS = ["", "0", "1", "-1", "2", "-2", "5", "-100", "100", "None"]
STEPS = ["", "1", "-1", "2", "-2", "3", "None"]
VALUES = NUMBERS + ["-17", "255", "2**62", "1e16", "1e-7", "2.675", "1 / 3", "-0.0", "float('inf')", "float('nan')"]
SPECIFICATIONS = [
    "", "d", "5", "<5", "^7", "+d", "05", "x", "X", "b", "o", "#x", ",", "_", ".2f", ".0f", "8.3f", "e", ".3e",
    "g", ".3g", ".1%", "+.1f", "*^9", "0>6", "=+8", "08.2f", ",.2f", "#.3g",
]
TEXTS = ["''", "'abc'", "'Hello World'", "'a,b,,c'", "'  x  y '", "'äöü'", "'x\\ny'", "'aaa'", "'123'"]
METHODS = [
    "upper()", "lower()", "strip()", "split()", "split(',')", "replace('a', 'bb')", "replace('', '-')", "count('a')",
    "startswith('a')", "endswith('c')", "join(['x', 'y'])", "lstrip('a')", "rstrip()", "strip('xa ')",
]
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "|", "&", "<<"]

generator = random.Random(15)


def items():
    """The code of something to loop over."""
    count = generator.randrange(5)
    numbers = ", ".join(generator.choice(NUMBERS) for _ in range(count))
    start, stop = generator.randrange(-3, 6), generator.randrange(-3, 8)
    words = [generator.choice(["x", "ab", "B", ""]) for _ in range(count)]
    rows = [", ".join(generator.choice(NUMBERS) for _ in range(generator.randrange(3))) for _ in range(count)]
    return generator.choice([
        f"range({start}, {stop}, {generator.choice([1, 2, -1])})", f"[{numbers}]", f"({numbers},)",
        repr("".join(words)), f"np.arange({count})", repr(words),
        "[" + ", ".join(f"[{row}]" for row in rows) + "]",
    ])


def comprehension():
    return generator.choice([
        f"[x * y for x in {items()} for y in {items()}]",
        f"[(x, y) for x in {items()} if x for y in range(3) if y != 1 if y > x]",
        f"[v for row in {items()} for v in row]",
        f"[[a + b for a in range(b)] for b in {items()} if b]",
        f"[x for x in {items()} for x in {generator.choice(['range(2)', '[x]', '[x, x]'])}]",
    ])


def call():
    function, order = generator.choice(FUNCTIONS), generator.choice(["True", "False"])
    return generator.choice([
        f"sorted({items()})", f"sorted({items()}, key={function}, reverse={order})",
        f"list(reversed({items()}))", f"any({items()})", f"all({items()})",
        f"max(*{items()}, {generator.choice(NUMBERS)})", f"min(1, *{items()}, *{items()})",
        f"list(zip(*{items()}))", f"sum(*[{items()}])",
    ])


def value():
    """Arithmetic, roundings, comparisons in a chain, and text."""
    a, b, c = (generator.choice(VALUES) for _ in range(3))
    text = generator.choice(TEXTS)
    bounds = [generator.choice(BOUNDS) for _ in range(2)] + [generator.choice(STEPS)]
    compared = [generator.choice(["<", "<=", "==", "!=", ">"]) for _ in range(2)]
    return generator.choice([
        f"{items()}[{':'.join(bounds)}]", f"{text}[{':'.join(bounds)}]",
        f"{a} {compared[0]} {b} {compared[1]} {c}", f"({a} or {b}) if {c} else {text}",
        f"({a}) {generator.choice(OPERATORS)} ({b})", f"-({a}) % ({b})", f"~({a})",
        f"round({a}, {generator.randrange(-2, 4)})", f"round({a})",
        f"f'{{{a.replace(chr(39), chr(34))}:{generator.choice(SPECIFICATIONS)}}}'", f"str({a})",
        f"{text}.{generator.choice(METHODS)}", f"str({items()})",
        f"{text} {generator.choice(['in', 'not in'])} {generator.choice(TEXTS)}",
        f"[{items()}, {a}, {text}].index({a})",
    ])


def unpacking(name):
    return f"{name}, {name}b = {generator.choice([items(), repr('ab'), '(1, [2])'])}\n"


def change(name):
    array = generator.choice([
        "np.arange(6)", "np.arange(6.0)", "np.ones((3, 2))", "np.arange(6, dtype='int16')",
        "np.array([True, False, True])", "[1, 2, 3]", "[1.5, 'a', 2]", "list(range(6))",
    ])
    index = generator.choice(["0", "-1", "2", "1:3", "::2", ":", "[0, 0, 2]", f"{name} > 1", "1, 0", "..."])
    value = generator.choice(NUMBERS + ["[1, 2]", "np.arange(2)", "[7]", "'b'"])
    return f"{name} = {array}\n{name}[{index}] {generator.choice(OPERATORS)}= {value}\n"


def holds_arrays(value):
    """Such lists are compared by their text only, which differs."""
    return isinstance(value, (list, tuple)) and any(
        isinstance(item, np.ndarray) or holds_arrays(item) for item in value)


def main():
    warnings.simplefilter("ignore")
    count = 0
    while count < 600:
        name = f"r{count}"
        code = generator.choice([comprehension, call, value, value, change, unpacking])
        source = code(name) if code in (change, unpacking) else f"{name} = {code()}\n"
        names = {"np": np}
        try:
            exec(source, names)
        except Exception:
            continue
        if holds_arrays(names[name]):
            continue
        print(source, end="")
        count += 1


main()
