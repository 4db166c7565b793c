"""Etude's functions for CPython: what a lesson's cells need in addition to NumPy, SciPy and PyTorch to
give the same numbers outside Etude. Widgets have the lesson's values; plots and sounds do nothing.
Networks are in etude_network_standins.py, which needs PyTorch."""

import json
import math
import struct
import time

import numpy as np
import scipy.signal
from scipy.io import wavfile


def slider(start, stop, step=None, value=None, label=None, unit="", scale="linear"):
    """The value, clamped to start and stop and snapped to the steps from start; an int if all arguments
    are."""
    if value is None:
        value = start
    numbers = [start, stop, value] + ([] if step is None else [step])
    if all(isinstance(number, int) for number in numbers):
        step = step or 1
        steps = min(math.floor((value - start) / step + 0.5), (stop - start) // step)
        return start + max(steps, 0) * step
    value = min(max(float(value), start), stop)
    if step is None:
        return value
    steps = min(math.floor((value - start) / step + 0.5), math.floor((stop - start) / step + 1e-9))
    value = start + steps * step
    # If start and step are decimal fractions, so is the value: 0.3, not 0.30000000000000004.
    for digits in range(13):
        scaled = [start * 10**digits, step * 10**digits]
        if all(abs(number - round(number)) <= 1e-14 * abs(number) for number in scaled):
            value = round(value * 10**digits) / 10**digits
            break
    return min(value, stop)


def choice(options, value=None, label=None):
    return options[0] if value is None else options[options.index(value)]


def toggle(value=False, label=None):
    return value


def choose_device():
    return "cpu"


def _shows_nothing(*args, **kwargs):
    return None


plot = stem = response = spectrum = spectrogram = stepper = play = table = check = _shows_nothing


def _none_so_far():
    return 0


questions_answered = questions_right = tasks_done = tasks_total = _none_so_far


def waveforms(
    count=200, length=128, fs=128, noise=0.05, freq=(1, 10), phase=(0, 2 * math.pi), shift=0, seed=0
):
    """`count` signals each of sine, triangle and square as rows of X, and their classes 0, 1, 2 in y.
    Random numbers are drawn in the notebook's order: frequency, amplitude, phase, then noise."""
    draws = np.random.RandomState(seed)
    time_axis = (np.arange(length) + shift) / fs
    shapes = [np.sin, lambda angle: scipy.signal.sawtooth(angle, 0.5), scipy.signal.square]
    X = []
    for shape in shapes:
        for _ in range(count):
            frequency = draws.uniform(*freq)
            amplitude = draws.uniform(0.5, 1.5)
            angle = 2 * np.pi * frequency * time_axis + draws.uniform(*phase)
            X.append(amplitude * shape(angle) + draws.normal(0, noise, length))
    return np.array(X), np.repeat(np.arange(len(shapes)), count)


def load(file, like=None):
    if file.endswith(".npy"):
        return np.load(file)
    if file.endswith(".wav"):
        return wavfile.read(file)
    with open(file, "rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        header = json.loads(stream.read(length))
        data = stream.read()
    dtypes = {"BOOL": "?", "U8": "u1", "I16": "<i2", "I32": "<i4", "I64": "<i8", "F32": "<f4", "F64": "<f8"}
    header.pop("__metadata__", None)
    arrays = []
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        flat = np.frombuffer(data[start:end], dtypes[entry["dtype"]])
        arrays.append((name, flat.reshape(entry["shape"])))
    return arrays[0][1] if len(arrays) == 1 else arrays


def save(value, file):
    return None


def timeit(function, *args, **kwargs):
    best = math.inf
    for _ in range(3):
        start = time.perf_counter()
        function(*args, **kwargs)
        best = min(best, time.perf_counter() - start)
    return best
