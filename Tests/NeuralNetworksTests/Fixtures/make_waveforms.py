#!/usr/bin/env python3
"""Writes waveforms.json beside this file with NumPy and SciPy: some settings, some waves."""

import json
import pathlib

import numpy as np
from scipy import signal


def waveforms(count, length, fs, noise, freq, phase, shift, seed):
    np.random.seed(seed)
    t = (np.arange(length) + shift) / fs
    waves = []
    for kind in range(3):
        for _ in range(count):
            f = np.random.uniform(*freq)
            a = np.random.uniform(0.5, 1.5)
            p = np.random.uniform(*phase)
            w = 2 * np.pi * f * t + p
            s = [np.sin(w), signal.sawtooth(w, 0.5), signal.square(w)][kind]
            waves.append(a * s + np.random.normal(0, noise, length))
    return np.array(waves)


cases = []
for settings in [
    dict(count=3, length=16, fs=16, noise=0.05, freq=(1, 10), phase=(0, 6), shift=0, seed=1),
    dict(count=4, length=13, fs=128, noise=0, freq=(2, 2), phase=(0, 0), shift=5, seed=2**32 - 1),
    dict(count=2, length=9, fs=44.1, noise=1.5, freq=(0.5, 9), phase=(-1, 2), shift=-7.5, seed=99),
    dict(count=1, length=1, fs=128, noise=0.1, freq=(1, 10), phase=(0, 6), shift=0, seed=5),
]:
    cases.append({"settings": settings, "waves": waveforms(**settings).ravel().tolist()})
pathlib.Path(__file__).with_name("waveforms.json").write_text(json.dumps(cases) + "\n")
