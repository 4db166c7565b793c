"""Runs cells in CPython and in `etude eval`, and compares every name that they define.

usage: compare_with_cpython.py ETUDE AUDIO_FOLDER FILE...

A FILE is Python source (.py), each statement of which is a cell, or a lesson (.md). The cells run in
order. In a file whose name begins with `raises`, both must reject each line. Prints one line per
difference: the FILE, a tab and a sentence; for a FILE without differences, one line with an empty
sentence.

Left out are cells that train, which would take PyTorch minutes (scripts/bench compares them), cells
that measure time, cells that need PyTorch if it is not installed, and all cells that depend on these.
Etude still runs those of Python source. Standard error lists what was left out.
"""

import ast
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import warnings

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../Sources/Publishing/Notebook"))
import etude
from etude import torch

# Relative to an array's largest magnitude: allows for a different order of summation, no more.
TOLERANCE = 1e-10


# The names defined by the network stand-ins and PyTorch.
NEEDS_PYTORCH = set(
    """torch nn F optim dataset split summary parameters shapes receptive_field train curves predict
    probabilities accuracy confusion examples kernels""".split()
)


def namespace():
    """The names that are predefined in a cell."""
    return {name: value for name, value in public_names(etude).items() if value is not None}


def public_names(module):
    return {name: value for name, value in vars(module).items() if not name.startswith("_")}


def cells_of_lesson(text):
    """The runnable cells of a lesson, then its inline values as assignments to generated names."""
    cells = []
    prose = ""
    fence = None
    for line in text.splitlines(keepends=True):
        opening = re.match(r"\s*(```+|~~~+)\s*(.*)", line)
        if fence is None and opening:
            fence = opening.group(1)
            runs = re.match(r"python\b", opening.group(2)) and ".static" not in opening.group(2)
            if runs:
                cells.append("")
        elif fence is not None and line.strip() == fence:
            fence = None
        elif fence is None:
            prose += line
        elif runs:
            cells[-1] += line
    for index, value in enumerate(re.findall(r"(?<!`)`\{python\} ([^`]*)`", prose)):
        cells.append(f"inline_value_{index} = {value}\n")
    return cells


def comparable(cells):
    """The cells that can be compared, joined, and the number of those left out."""
    missing = {"train", "timeit"} | (set() if torch else NEEDS_PYTORCH)
    kept = []
    for cell in cells:
        tree = ast.parse(cell)
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        assigned = [s for s in tree.body if isinstance(s, ast.Assign)]
        changed = {s.target.id for s in tree.body if isinstance(s, ast.AugAssign) and isinstance(s.target, ast.Name)}
        changed -= {t.id for s in assigned for t in s.targets if isinstance(t, ast.Name)}
        defined = {node.id for node in names if isinstance(node.ctx, ast.Store)} - changed
        imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        needs_import = not torch and any("torch" in ast.unparse(node) for node in imports)
        if needs_import or any(node.id in missing - defined for node in names):
            missing |= {name for statement in tree.body for name in targets(statement)}
        else:
            kept.append(cell)
    return "".join(kept), len(cells) - len(kept)


def statements_of(source):
    """Each statement as a cell."""
    return [ast.get_source_segment(source, node) + "\n" for node in ast.parse(source).body]


def targets(statement):
    """The names that an assignment defines; empty for other statements."""
    trees = getattr(statement, "targets", [])
    return {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}


def link_readable_files(folder, path, audio):
    """Links the files that cells may read, the lesson's and the sounds, into the folder."""
    for place in (os.path.dirname(path), audio):
        for entry in os.listdir(place) if os.path.isdir(place) else []:
            if not os.path.exists(os.path.join(folder, entry)):
                os.symlink(os.path.join(place, entry), os.path.join(folder, entry))


def run_cpython(source, folder):
    """The names that the source defines, with their values."""
    names = namespace()
    before = dict(names)
    os.chdir(folder)
    with warnings.catch_warnings(), open(os.devnull, "w") as nowhere:
        warnings.simplefilter("ignore")
        stdout, sys.stdout = sys.stdout, nowhere
        try:
            exec(compile(source, "cells", "exec"), names)
        finally:
            sys.stdout = stdout
    return {
        name: value.numpy() if torch and isinstance(value, torch.Tensor) else value
        for name, value in names.items()
        if not name.startswith("_")
        and (name not in before or before[name] is not value)
        and not isinstance(value, type(os))
    }


def run_etude(etude, source, folder, arrays):
    """What `etude eval --json` prints, and the arrays it saves."""
    with tempfile.TemporaryDirectory(prefix="etude-arrays-") as results:
        cells = os.path.join(results, "cells.py")
        with open(cells, "w") as stream:
            stream.write(source)
        command = [etude, "eval", "--file", cells, "--json"]
        for name in arrays:
            command += ["--save", f"{name}={os.path.join(results, name)}.npy"]
        run = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
        )
        if run.returncode != 0 or not run.stdout.rstrip().endswith("}"):
            return run, None, None
        saved = {name: np.load(os.path.join(results, name + ".npy")) for name in arrays}
        return run, json.loads(run.stdout[run.stdout.index("{") :]), saved


def is_handle(value):
    """Whether the value is opaque, such as a device or a data set."""
    return type(value).__module__ == "etude" or type(value).__name__ == "device"


def differences(name, expected, actual, saved):
    """Sentences that describe how `actual` differs from CPython's value."""
    if isinstance(expected, (np.ndarray, np.generic)) and saved is not None:
        expected = np.asarray(expected)
        if saved.dtype != expected.dtype or saved.shape != expected.shape:
            return [
                f"{name} is {saved.dtype}{list(saved.shape)}, "
                f"in CPython {expected.dtype}{list(expected.shape)}"
            ]
        if expected.dtype.kind not in "fc":
            wrong = np.argwhere(saved != expected)
        else:
            finite = np.abs(expected[np.isfinite(expected)])
            allowed = TOLERANCE * (finite.max() if finite.size else 1)
            if expected.dtype == np.float32:
                allowed = 1e-6 * (finite.max() if finite.size else 1)
            same = (saved == expected) | (np.isnan(saved) & np.isnan(expected))
            with np.errstate(all="ignore"):
                wrong = np.argwhere(~(same | (np.abs(saved - expected) <= allowed)))
        if len(wrong):
            index = tuple(wrong[0])
            return [
                f"{name}{list(map(int, index))} is {saved[index]}, in CPython {expected[index]} "
                f"({len(wrong)} of {expected.size} differ)"
            ]
        return []
    if isinstance(expected, np.ndarray):
        same = actual == {"shape": list(expected.shape), "dtype": str(expected.dtype)}
        return [] if same else [f"{name} is {actual}, in CPython {expected.shape} {expected.dtype}"]
    if isinstance(expected, np.generic):
        expected = expected.item()
    if isinstance(expected, (list, tuple, range)):
        if not isinstance(actual, list) or len(actual) != len(expected):
            return [f"{name} is {actual}, in CPython {expected}"]
        return [
            text
            for index, pair in enumerate(zip(expected, actual))
            for text in differences(f"{name}[{index}]", *pair, None)
        ]
    if isinstance(expected, float) and isinstance(actual, float):
        same = (
            actual == expected
            or (math.isnan(actual) and math.isnan(expected))
            or abs(actual - expected) <= TOLERANCE * abs(expected)
        )
    elif isinstance(expected, complex) and isinstance(actual, dict):
        number = complex(actual["real"], actual["imag"])
        same = abs(number - expected) <= TOLERANCE * abs(expected)
    elif callable(expected) or isinstance(expected, (type, np.dtype)) or is_handle(expected):
        same = True
    else:
        same = type(actual) is type(expected) and actual == expected
    return [] if same else [f"{name} is {actual!r}, in CPython {expected!r}"]


def compare(etude, path, folder):
    with open(path) as stream:
        source = stream.read()
    is_lesson = path.endswith(".md")
    cells = cells_of_lesson(source) if is_lesson else statements_of(source)
    whole = source
    source, left_out = comparable(cells)
    if left_out:
        reason = "they train" if torch else "they train, or need PyTorch, which is not installed"
        print(f"{path}: {left_out} of {len(cells)} cells left out: {reason}", file=sys.stderr)
    if left_out and not is_lesson:
        run, values, _ = run_etude(etude, whole, folder, [])
        if values is None:
            return [f"etude fails: {run.stderr.strip() or run.stdout.strip()}"]
    if not source:
        return []
    expected = run_cpython(source, folder)
    arrays = [name for name, value in expected.items() if isinstance(value, (np.ndarray, np.generic))]
    run, values, saved = run_etude(etude, source, folder, arrays)
    if values is None:
        return [f"etude fails: {run.stderr.strip() or run.stdout.strip()}"]
    found = [f"etude does not define {name}" for name in expected if name not in values]
    found += [f"only etude defines {name}" for name in values if name not in expected and name[0] != "_"]
    for name, value in expected.items():
        if name in values:
            found += differences(name, value, values[name], saved.get(name))
    return found


def compare_refusals(etude, path, folder):
    found = []
    for line in open(path):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            run_cpython(line, folder)
            found.append(f"CPython accepts {line.strip()}")
        except Exception:
            pass
        run, values, _ = run_etude(etude, line, folder, [])
        if values is not None:
            found.append(f"etude accepts {line.strip()}")
        elif run.returncode != 1:
            found.append(f"etude exits with {run.returncode} on {line.strip()}")
    return found


def main():
    etude, audio, *paths = map(os.path.abspath, sys.argv[1:])
    for path in paths:
        comparison = compare_refusals if os.path.basename(path).startswith("raises") else compare
        with tempfile.TemporaryDirectory(prefix="etude-cells-") as folder:
            link_readable_files(folder, path, audio)
            try:
                found = comparison(etude, path, folder)
            except Exception as error:
                found = [f"the comparison itself fails: {type(error).__name__}: {error}"]
        for sentence in found or [""]:
            print(path, " ".join(sentence.split()), sep="\t", flush=True)


main()
