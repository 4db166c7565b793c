"""Times the same cells under Etude and under CPython with NumPy and SciPy: bench.py ETUDE

Each figure is the best of several runs; the two take turns, so that a noisy machine disturbs both.
A ratio above 1 means that Etude is faster.
"""

import json
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


def row(name, ours, theirs):
    print(f"{name:30} {1000 * ours:10.2f} ms {1000 * theirs:10.2f} ms {theirs / ours:8.1f}")


print(f"{'':30} {'Etude':>13} {'NumPy/SciPy':>13} {'ratio':>8}")
start_ours = [etude, "render", "convolution", "--page", "1"]
start_theirs = [sys.executable, "-c", "import numpy, scipy.signal"]
pairs = [(seconds_of(start_ours), seconds_of(start_theirs)) for _ in range(5)]
row("first page, or imports", *map(min, zip(*pairs)))
for name, call in CALLS.items():
    code = PREPARE + f"seconds = timeit({call})"
    pairs = [(in_etude(code), in_python(code)) for _ in range(3)]
    row(name, *map(min, zip(*pairs)))
