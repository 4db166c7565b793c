#!/usr/bin/env python3
"""Writes scipy.json beside this file with SciPy: windows, filters and responses.

signal.json and signal.safetensors come from the same functions and hold more filters.
"""

import json
import pathlib

import numpy as np
from scipy import signal

FILTERS = [
    dict(numtaps=31, cutoff=[0.3], window="hamming", pass_zero="highpass"),
    dict(numtaps=41, cutoff=[500, 1500], fs=8000, window="hann", pass_zero="bandpass"),
    dict(numtaps=41, cutoff=[500, 1500], fs=8000, window="blackman", pass_zero="bandstop"),
    dict(numtaps=20, cutoff=[0.2, 0.5], window="boxcar", pass_zero=False),
    dict(numtaps=65, cutoff=[0.1, 0.2, 0.6], window="hamming", pass_zero=False),
    dict(numtaps=65, cutoff=[0.1, 0.2, 0.6, 0.7], window=["kaiser", 8.6], pass_zero=True),
    dict(numtaps=101, cutoff=[1000], fs=44100, window=["kaiser", 14], scale=False),
    dict(numtaps=1, cutoff=[0.5], window="hann"),
]


def window(spec):
    return tuple(spec) if isinstance(spec, list) else spec


filters = []
for spec in FILTERS:
    options = {**spec, "window": window(spec["window"])}
    filters.append({**spec, "taps": signal.firwin(**options).tolist()})

windows = []
for spec in ["boxcar", "hann", "hamming", "blackman", ["kaiser", 0], ["kaiser", 5], ["kaiser", 100]]:
    for count in [1, 2, 7, 10]:
        values = signal.get_window(window(spec), count, fftbins=False)
        windows.append({"window": spec, "count": count, "values": values.tolist()})

RESPONSES = [
    dict(b=[1, 2, 3], worN=8),
    dict(b=[0.5, -0.25, 0.1], a=[1, -0.9, 0.4], worN=16, whole=True, fs=100),
    dict(b=list(range(30)), worN=5, fs=44100),
    dict(b=[1, 0, 1], worN=[0, 100, 250, 400], fs=1000),
    dict(b=[2.5], worN=3),
]
responses = []
for spec in RESPONSES:
    options = {**spec, "worN": np.array(spec["worN"]) if isinstance(spec["worN"], list) else spec["worN"]}
    w, h = signal.freqz(**options)
    responses.append({**spec, "frequencies": w.tolist(), "real": h.real.tolist(), "imaginary": h.imag.tolist()})

table = {"filters": filters, "windows": windows, "responses": responses}
path = pathlib.Path(__file__).parent / "scipy.json"
path.write_text(json.dumps(table, separators=(",", ":")).replace("},{", "},\n{") + "\n")
