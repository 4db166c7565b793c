"""Times the same cells in Etude and in CPython with NumPy and SciPy: bench.py ETUDE

Each figure is the best of several runs, alternating between the two, so that a noisy machine affects
both. A ratio above 1 means that Etude is faster.

If PyTorch is installed, each trains the lesson's two networks once, on one core, and their loss
curves are compared up to the epoch after which PyTorch's own runs diverge from each other.
"""

import importlib.util
import json
import os
import subprocess
import sys
import time

etude = sys.argv[1]

PREPARE = """
x = np.sin(np.arange(220500) * 0.05) + np.sin(np.arange(220500) * 1.7)
short = signal.firwin(11, 200, fs=44100)
long = signal.firwin(1023, 200, fs=44100)
"""

CALLS = {
    "convolve 220,500 with 11": "np.convolve, x, short",
    "convolve 220,500 with 1023": "np.convolve, x, long",
    "rfft of 220,500": "np.fft.rfft, x",
    "firwin, 1023 taps": "signal.firwin, 1023, 0.1",
    "freqz, 1023 taps": "signal.freqz, long",
}

IN_PYTHON = """
import time
import numpy as np
from scipy import signal

def timeit(function, *args):
    best = float("inf")
    for _ in range(7):
        start = time.perf_counter()
        function(*args)
        best = min(best, time.perf_counter() - start)
    return best
"""


def seconds_of(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def in_etude(code):
    command = [etude, "eval", "--json", code]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["seconds"]


def in_python(code):
    command = [sys.executable, "-c", IN_PYTHON + code + "\nprint(seconds)"]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)


def row(name, ours, theirs, scale=1000, unit="ms"):
    ours_text, theirs_text = f"{scale * ours:.2f} {unit}", f"{scale * theirs:.2f} {unit}"
    print(f"{name:30} {ours_text:>13} {theirs_text:>13} {theirs / ours:8.1f}")


print(f"{'':30} {'Etude':>13} {'NumPy/SciPy':>13} {'ratio':>8}")
start_ours = [etude, "render", "convolution", "--page", "1"]
start_theirs = [sys.executable, "-c", "import numpy, scipy.signal"]
pairs = [(seconds_of(start_ours), seconds_of(start_theirs)) for _ in range(5)]
row("first page, or imports", *map(min, zip(*pairs)))
for name, call in CALLS.items():
    code = PREPARE + f"seconds = timeit({call})"
    pairs = [(in_etude(code), in_python(code)) for _ in range(3)]
    row(name, *map(min, zip(*pairs)))

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Tests")

TRAINING = """
X, y = waveforms()
train_set, test_set = split(dataset(X, y), 0.8)
fit = train(nn.Sequential({layers}), train_set, epochs={epochs}, test=test_set)
history, test_history, seconds = fit.history.tolist(), fit.test_history.tolist(), fit.seconds
right = accuracy(fit, test_set)
"""

# The layers of each run in train.json.
NETWORKS = {
    "seed0-cnn-asgd": """
        nn.Conv1d(1, 16, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Conv1d(16, 32, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Flatten(), nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3)""",
    "seed0-linear-asgd": """
        nn.Flatten(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
        nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 3)""",
}

WITH_PYTORCH = f"""
import json, sys
sys.path.insert(0, {FIXTURES + "/EndToEndTests/Fixtures"!r})
from etude_standins import *
from etude_network_standins import *
torch.set_num_threads(1)
"""

PRINT_RUN = """
names = ["history", "test_history", "seconds", "right"]
print(json.dumps({name: globals()[name] for name in names}))
"""


def trained_by_etude(code):
    command = [etude, "eval", "--json", code]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def trained_by_pytorch(code):
    command = [sys.executable, "-c", WITH_PYTORCH + code + PRINT_RUN]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def compare_training(key, run):
    code = TRAINING.format(layers=NETWORKS[key], epochs=run["epochs"])
    ours, theirs = trained_by_etude(code), trained_by_pytorch(code)
    row(f"{run['model']}, {run['epochs']} epochs", ours["seconds"], theirs["seconds"], 1, "s")
    apart = [
        max(abs(a - b) for a, b in zip(ours[name][: run["horizon"]], theirs[name]))
        for name in ["history", "test_history"]
    ]
    print(
        f"  up to epoch {run['horizon']} the losses differ by at most {apart[0]:.0e}, "
        f"the test losses by {apart[1]:.0e}; final accuracy: {100 * ours['right']:.1f} % and "
        f"{100 * theirs['right']:.1f} %"
    )
    return max(apart) <= 1e-3


if importlib.util.find_spec("torch"):
    print(f"\n{'on one core':30} {'Etude':>13} {'PyTorch':>13} {'ratio':>8}")
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with open(FIXTURES + "/NeuralNetworksTests/Fixtures/train.json") as stream:
        runs = {run["key"]: run for run in json.load(stream)}
    agrees = [compare_training(key, runs[key]) for key in NETWORKS]
    if not all(agrees):
        sys.exit("bench: a loss curve deviates from PyTorch's by more than 0.001")
else:
    print("\nPyTorch is not installed: no training to compare.")
