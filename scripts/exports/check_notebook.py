"""Executes an exported lesson in Jupyter and compares its numbers with Etude's.

usage: check_notebook.py ETUDE LESSON_FILE AUDIO_FOLDER [--quick]

Every cell has to run, as a script, too. What does not depend on training has to agree; of each training the losses have to agree
up to the horizon at which roundings, which PyTorch orders differently, have grown to a thousandth. --quick trains
for a few epochs only.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import nbclient
import nbformat
import numpy as np

# Later the two runs are different runs of the same network: that is what chaos means.
LEAST_HORIZON = 20

# Appended to the notebook: what its names are worth.
DUMP = """
import json as _json
import numpy as _np
def _plain(value):
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (_np.ndarray, _np.generic)) and _np.size(value) <= 2000:
        return _np.asarray(value).tolist()
    if isinstance(value, (list, tuple)) and len(value) <= 100:
        return [_plain(item) for item in value]
    if hasattr(value, "history"):
        return {"history": value.history.tolist()}
    return None
print("VALUES" + _json.dumps({
    name: _plain(value) for name, value in list(globals().items()) if name[0] != "_" and _plain(value) is not None}))
"""


def shortened(text):
    for long, short in [("epochs=1000", "epochs=30"), ("epochs=200", "epochs=30"), ("value=1000", "value=30"), ("160000 // amount", "4")]:
        text = text.replace(long, short)
    return text


def in_jupyter(etude, lesson, folder):
    path = os.path.join(folder, "lesson.ipynb")
    subprocess.run([etude, "export", lesson, "--format", "ipynb", "-o", path], check=True)
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    notebook.cells.append(nbformat.v4.new_code_cell(DUMP))
    nbclient.NotebookClient(notebook, timeout=None, resources={"metadata": {"path": folder}}).execute()
    errors = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"]
    if errors:
        sys.exit(f"a cell of the notebook fails: {errors[0].evalue}")
    text = "".join(o.text for o in notebook.cells[-1].outputs if o.output_type == "stream")
    return json.loads(text[text.index("VALUES") + 6 :]), [c.source for c in notebook.cells if c.cell_type == "code"][1:-1]


def as_script(etude, lesson, folder):
    """What the names are worth after the lesson has run as a script, with short trainings."""
    os.mkdir(folder)
    path = os.path.join(folder, "lesson.py")
    subprocess.run([etude, "export", lesson, "--format", "py", "-o", path], check=True)
    with open(path, "a") as file:
        file.write(DUMP)
    run = subprocess.run([sys.executable, path], cwd=folder, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"the script fails: {run.stderr}")
    return json.loads(run.stdout[run.stdout.index("VALUES") + 6 :])


def in_etude(etude, cells, fits, folder):
    source = "\n".join(cells) + "\n"
    for name, index in fits:
        place = name if index is None else f"{name}[{index}]"
        source += f"history_of_{name}_{index or 0} = {place}.history.tolist()\n"
    path = os.path.join(folder, "cells.py")
    with open(path, "w") as file:
        file.write(source)
    run = subprocess.run([etude, "eval", "--file", path, "--json"], cwd=folder, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"etude fails: {run.stderr}")
    return json.loads(run.stdout[run.stdout.index("\n{") if not run.stdout.startswith("{") else 0 :])


def has_handles(value):
    """Whether there is something in it that has no plain form, such as a data set."""
    return value is None or isinstance(value, list) and any(has_handles(item) for item in value)


def horizon(ours, theirs):
    """The first epoch whose losses differ by more than a thousandth; their number if none does."""
    ours, theirs = np.array(ours), np.array(theirs)
    apart = np.abs(ours - theirs) > 1e-3 * np.abs(theirs)
    return int(np.argmax(apart)) if apart.any() else len(theirs)


def main():
    etude, lesson, audio = map(os.path.abspath, sys.argv[1:4])
    with tempfile.TemporaryDirectory(prefix="etude-notebook-") as folder:
        place = os.path.join(folder, "lesson")
        os.mkdir(place)
        text = open(lesson).read()
        with open(os.path.join(place, "lesson.md"), "w") as file:
            file.write(shortened(text) if "--quick" in sys.argv else text)
        for name in os.listdir(audio):
            if name.endswith(".wav"):
                os.symlink(os.path.join(audio, name), os.path.join(place, name))
        theirs, cells = in_jupyter(etude, place, folder)
        fits = [(name, None) for name, value in theirs.items() if isinstance(value, dict)]
        for name, value in theirs.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                fits += [(name, index) for index in range(len(value))]
        ours = in_etude(etude, cells, fits, folder)
        with open(os.path.join(place, "lesson.md"), "w") as file:
            file.write(shortened(text))
        script = as_script(etude, place, os.path.join(folder, "script"))
    # Jupyter's own is In.
    apart = set(script) ^ (set(theirs) - {"In"})
    failed = bool(apart)
    if failed:
        print(f"only in one of script and notebook: {apart}")
    for name, index in fits:
        reference = theirs[name] if index is None else theirs[name][index]
        found = horizon(ours[f"history_of_{name}_{index or 0}"], reference["history"])
        count = len(reference["history"])
        label = name if index is None else f"{name}[{index}]"
        print(f"{label}: the losses agree for {found} of {count} epochs")
        failed |= found < min(LEAST_HORIZON, count)
    # What depends on a training agrees as long as that does.
    trained = {"train", "timeit"}
    for cell in cells:
        if any(re.search(rf"\b{name}\b", cell) for name in trained):
            trained |= set(re.findall(r"^(\w+)(?: = |, )", cell, re.M))
    agreeing = 0
    for name, value in theirs.items():
        if name in trained or name not in ours or isinstance(value, dict) or has_handles(value):
            continue
        mine = ours[name]
        if isinstance(mine, dict) and "shape" in mine:
            same = list(np.shape(value)) == mine["shape"]
        else:
            try:
                same = bool(np.allclose(np.array(mine, dtype=float), np.array(value, dtype=float), rtol=1e-9, atol=1e-12))
            except (TypeError, ValueError):
                same = mine == value
        agreeing += same
        if not same:
            print(f"{name}: {value} in Jupyter, {mine} in Etude")
            failed = True
    print(f"{agreeing} values that do not depend on training agree")
    sys.exit(failed)


main()
