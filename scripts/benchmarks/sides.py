"""Runs the same cells in Etude and in the peers, each in a process of its own."""

import json
import os
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ETUDE = os.environ.get("ETUDE", os.path.join(ROOT, ".build/release/etude"))
THREADS = [1, 2]

# As Etude's timeit, so that both do the same number of runs.
PEERS_TIMEIT = """
import json, sys, time
import numpy as np
import scipy.fft as scipy_fft
from scipy import signal
from scipy.io import wavfile

def timeit(function, *args, **kwargs):
    best = total = runs = 0
    while runs < 3 or (total < 0.1 and runs < 1000):
        start = time.perf_counter()
        function(*args, **kwargs)
        seconds = time.perf_counter() - start
        best = min(best or seconds, seconds)
        total += seconds
        runs += 1
    return best
"""
PEERS_TENSORS = """
import torch
import torch.nn.functional as F
torch.set_num_threads(int(sys.argv[1]))
torch.set_grad_enabled(False)
"""


def run(command, threads=2):
    """What a command prints."""
    names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]
    environment = {**os.environ, **dict.fromkeys(names, str(threads)), "SWIFT_BACKTRACE": "enable=no"}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT, env=environment).stdout


def seconds_of(command):
    start = time.perf_counter()
    run(command)
    return time.perf_counter() - start


def in_etude(code, threads=None):
    """The names that the cells define."""
    option = [] if threads is None else ["--threads", str(threads)]
    return json.loads(run([ETUDE, "eval", "--json", *option, code]))


def in_python(code, threads, result):
    """A name that the code defines."""
    code = f"{code}\nprint(json.dumps({result}))"
    return json.loads(run([sys.executable, "-c", code, str(threads)], threads))


def knows_threads():
    """Whether this build of Etude has the option --threads."""
    return b"--threads" in run([ETUDE, "eval", "--help"])
