"""Writes options.tsv: what NumPy, SciPy and PyTorch say to every option of optimisers, layers, losses,
windows, filters and waveforms, one call a line: "ok" or "no", a tab, the call.

Made with NumPy 2.4, SciPy 1.17 and PyTorch 2.15.
"""

import os
import warnings
from math import inf, nan

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from scipy import signal

warnings.simplefilter("ignore")

NUMBERS = ["-1", "-0.1", "-1e-9", "0", "0.0", "1e-9", "0.5", "0.999", "1", "1.0", "1.5", "2", "3", "1e30",
           "inf", "-inf", "nan", "True", "False", "None", "'a'", "[1]", "(1, 2)", "(0.5,)"]
SIZES = ["-2", "-1", "0", "1", "2", "3", "4", "7", "1.0", "1.5", "None", "'a'", "[1]", "(1,)", "(2,)",
         "(1, 2)", "nan"]
SWITCHES = ["True", "False", "0", "1", "None"]

calls = []


def call(function, *arguments, **options):
    options = ", ".join([*arguments] + [f"{name}={value}" for name, value in options.items()])
    calls.append(f"{function}({options})")


def sweep(function, base, values):
    """Each option in turn, the others as in `base`."""
    call(function, **base)
    for name, choices in values.items():
        for choice in choices:
            call(function, **{**base, name: choice})


# Optimisers: each is made, and takes two steps.

sweep("optim.SGD", {}, dict.fromkeys(["lr", "momentum", "dampening", "weight_decay"], NUMBERS))
sweep("optim.ASGD", {}, dict.fromkeys(["lr", "lambd", "alpha", "t0", "weight_decay"], NUMBERS))
sweep("optim.Adam", {}, dict.fromkeys(["lr", "eps", "weight_decay", "betas"], NUMBERS))
sweep("optim.AdamW", {}, dict.fromkeys(["lr", "eps", "weight_decay", "betas"], NUMBERS))
for momentum in ["0", "0.5", "1", "2"]:
    for dampening in ["0", "0.1", "-0.5", "1", "2"]:
        call("optim.SGD", momentum=momentum, dampening=dampening)
        call("optim.SGD", momentum=momentum, dampening=dampening, nesterov="True")
for betas in ["(0.0, 0.0)", "(0, 0.9)", "(0.9, 0)", "(0.9, 1.0)", "(1.0, 0.9)", "(-0.1, 0.9)",
              "(0.9, -0.1)", "(0.9,)", "(0.9, 0.9, 0.9)", "[0.9, 0.99]", "(nan, 0.9)", "(0.9, nan)",
              "('a', 0.9)", "(0.9, None)", "0.9", "(inf, 0.9)", "(False, 0.9)"]:
    call("optim.Adam", betas=betas)

# Layers: each is made, and applied.

convolution = {"in_channels": "2", "out_channels": "4", "kernel_size": "3"}
sweep("nn.Conv1d", convolution, {
    **dict.fromkeys([*convolution, "stride", "padding", "dilation", "groups"], SIZES), "bias": SWITCHES})
for padding in ["'same'", "'valid'", "'full'"]:
    for stride, dilation in [(1, 1), (2, 1), (1, 3)]:
        call("nn.Conv1d", **convolution, padding=padding, stride=stride, dilation=dilation)
sweep("nn.ConvTranspose1d", convolution, {
    **dict.fromkeys([*convolution, "stride", "padding", "dilation", "groups", "output_padding"], SIZES),
    "bias": SWITCHES})
for stride, dilation, padding in [(1, 1, 1), (2, 1, 1), (2, 1, 2), (1, 2, 1), (1, 3, 2), (2, 3, 3)]:
    call("nn.ConvTranspose1d", **convolution, stride=stride, dilation=dilation, output_padding=padding)
sweep("nn.Linear", {"in_features": "3", "out_features": "2"}, {
    "in_features": SIZES, "out_features": SIZES, "bias": SWITCHES})
for pool in ["nn.MaxPool1d", "nn.AvgPool1d"]:
    sweep(pool, {"kernel_size": "2"}, {
        "kernel_size": SIZES, "stride": SIZES, "padding": SIZES, "ceil_mode": ["True", "False"]})
    for kernel, stride, padding in [(3, 2, 1), (3, 5, 1), (4, 3, 2), (4, 3, 3), (17, 1, 1), (18, 1, 0)]:
        call(pool, str(kernel), str(stride), str(padding), ceil_mode="True")
sweep("nn.MaxPool1d", {"kernel_size": "2"}, {"dilation": SIZES, "return_indices": ["True", "False"]})
sweep("nn.AvgPool1d", {"kernel_size": "2"}, {"count_include_pad": ["True", "False"]})
sweep("nn.Dropout", {}, {"p": NUMBERS})
sweep("nn.BatchNorm1d", {"num_features": "4"}, {
    "num_features": SIZES, "eps": NUMBERS, "momentum": NUMBERS})
sweep("nn.GroupNorm", {"num_groups": "2", "num_channels": "4"}, {
    "num_groups": SIZES, "num_channels": SIZES, "eps": NUMBERS, "affine": ["True", "False"]})
sweep("nn.LeakyReLU", {}, {"negative_slope": NUMBERS})
sweep("nn.ELU", {}, {"alpha": NUMBERS})
sweep("nn.GELU", {}, {"approximate": ["'none'", "'tanh'", "'x'", "None", "0"]})

# The same as functions.

X = "torch.arange(12.).reshape(1, 2, 6)"
sweep("F.conv1d", {"input": X, "weight": "torch.ones(4, 2, 3)"}, {
    **dict.fromkeys(["stride", "dilation", "groups"], SIZES),
    "padding": SIZES + ["'same'", "'valid'", "'full'"],
    "bias": ["torch.ones(4)", "torch.ones(3)", "torch.ones(1)", "None", "0", "True"]})
sweep("F.conv_transpose1d", {"input": X, "weight": "torch.ones(2, 4, 3)"},
      dict.fromkeys(["stride", "padding", "dilation", "groups", "output_padding"], SIZES))
for pool in ["F.max_pool1d", "F.avg_pool1d"]:
    sweep(pool, {"input": X, "kernel_size": "3"},
          dict.fromkeys(["kernel_size", "stride", "padding"], SIZES))
    for kernel, stride, padding in [(2, 1, 1), (3, 2, 1), (3, 1, 2), (6, 1, 3), (7, 1, 0), (7, 1, 3)]:
        call(pool, X, str(kernel), str(stride), str(padding))
for kernel, stride, padding in [(2, 4, 0), (2, 5, 1), (3, 4, 1), (8, 3, 0), (9, 2, 0), (9, 4, 0)]:
    call("F.max_pool1d", X, str(kernel), str(stride), str(padding), ceil_mode="True")
    call("F.avg_pool1d", X, str(kernel), str(stride), str(padding), "True")
sweep("F.max_pool1d", {"input": X, "kernel_size": "3"}, {"dilation": SIZES})
sweep("F.group_norm", {"input": X, "num_groups": "2"}, {
    "num_groups": SIZES, "weight": ["None", "torch.ones(2)", "torch.ones(3)", "1.0"],
    "bias": ["None", "torch.ones(2)", "torch.ones(1)", "0"]})
sweep("F.leaky_relu", {"input": X}, {"negative_slope": NUMBERS})
sweep("F.elu", {"input": X}, {"alpha": NUMBERS})
sweep("F.gelu", {"input": X}, {"approximate": ["'none'", "'tanh'", "'x'", "None", "0"]})
call("F.gelu", X, "'tanh'")
for axis in ["0", "2", "-1", "-3", "3", "-4", "1.0", "'a'"]:
    call("F.softmax", X, axis)
    call("F.log_softmax", X, dim=axis)
for target in ["[0, 2]", "[0, 3]", "[0, -1]", "[0.0, 1.0]", "[0]", "[0, 1, 2]", "[True, False]",
               "[0, 1], dtype=torch.int32", "[0, 1], dtype=torch.uint8"]:
    call("F.cross_entropy", "torch.zeros(2, 3)", f"torch.tensor({target})")
call("F.cross_entropy", "torch.zeros(3)", "torch.tensor(1)")
for weight in ["torch.ones(3)", "torch.ones(2)", "torch.ones(1, 3)", "torch.tensor([1, 2, 3])", "[1.0, 1, 1]",
               "torch.ones(3, dtype=torch.float64)", "None", "1.0"]:
    call("F.cross_entropy", "torch.zeros(2, 3)", "torch.tensor([0, 1])", weight)
    call("nn.CrossEntropyLoss", weight)
for smoothing in NUMBERS:
    call("F.cross_entropy", "torch.zeros(2, 3)", "torch.tensor([0, 1])", label_smoothing=smoothing)
    call("nn.CrossEntropyLoss", label_smoothing=smoothing)
call("F.cross_entropy", "torch.zeros(2, 3, dtype=torch.int64)", "torch.tensor([0, 1])")
for target in ["torch.ones(3)", "torch.ones(2)", "torch.tensor([1, 2, 3])", "1.0",
               "torch.ones(3, dtype=torch.float64)"]:
    call("F.mse_loss", "torch.zeros(3)", target)
call("F.mse_loss", "torch.tensor([1, 2, 3])", "torch.tensor([1, 2, 4])")
for pad in ["(1, 1)", "(1,)", "1", "(1, 1, 1, 1)", "(-1, 0)", "(-7, 0)", "(0, -6)", "[1, 2]", "(1.0, 1)",
            "None", "'a'", "(7, 7)", "(5, 5)", "(6, 6)", "(1, 1, 1, 1, 1, 1, 1, 1)"]:
    for mode in ["'constant'", "'reflect'", "'replicate'", "'circular'", "'x'"]:
        call("F.pad", X, pad, mode)

# Windows.

for name in ["boxcar", "box", "ones", "rect", "rectangular", "hann", "hanning", "han", "hamming", "hamm",
             "ham", "blackman", "black", "blk", "Hann", "HANN", " hann", "", "none", "kaiser", "ksr"]:
    call("signal.get_window", repr(name), "8")
    call("signal.get_window", f"({name!r},)", "8")
    call("signal.get_window", f"({name!r}, 0.5)", "8")
    call("signal.firwin", "7", "0.3", window=repr(name))
for count in ["0", "1", "2", "7", "8", "-1", "1.0", "7.5", "True", "None", "'a'", "[3]"]:
    for isPeriodic in ["True", "False"]:
        call("signal.get_window", "'hann'", count, isPeriodic)
for isPeriodic in ["None", "0", "1", "'a'"]:
    call("signal.get_window", "'hann'", "8", isPeriodic)
for beta in NUMBERS + ["8.6", "-14", "700", "1000", "np.float64(5)", "np.int64(5)", "np.float32(5)"]:
    call("signal.get_window", f"('kaiser', {beta})", "8")
    call("signal.get_window", beta, "8")
for window in ["['kaiser', 5]", "('kaiser', 5, 6)", "()", "[]", "(5, 'kaiser')", "np.array([1.0, 2.0])",
               "None", "True"]:
    call("signal.get_window", window, "8")
    call("signal.firwin", "3", "0.3", window=window)

# Filters.

for taps in ["0", "1", "2", "7", "-1", "1.0", "7.5", "None", "'7'", "[7]"]:
    call("signal.firwin", taps, "0.3")
    call("signal.firwin", taps, "0.3", pass_zero="False")
for cutoff in ["0", "0.0", "1", "1.0", "0.5", "-0.1", "1.5", "inf", "'a'", "True", "[0.3]", "(0.3,)",
               "[0.2, 0.5]", "[0.5, 0.2]", "[0.3, 0.3]", "[]", "[0.2, 0.5, 0.7]", "[0, 0.5]", "[0.5, 1]",
               "[[0.2, 0.5]]", "np.array(0.3)", "np.array([0.2, 0.5])", "np.float32(0.3)", "1e-300"]:
    for band in ["True", "False", "'lowpass'", "'highpass'", "'bandpass'", "'bandstop'"]:
        call("signal.firwin", "7", cutoff, pass_zero=band)
    call("signal.firwin", "7", cutoff, scale="False")
    call("signal.firwin", "7", cutoff, fs="2")
    call("signal.firwin", "7", cutoff, fs="8000")
for band in ["'LOWPASS'", "'low'", "0", "1", "2", "None", "1.0", "'x'", "[1]", "True"]:
    for taps in ["7", "8"]:
        call("signal.firwin", taps, "0.3", pass_zero=band)
        call("signal.firwin", taps, "[0.2, 0.5]", pass_zero=band)
for rate in NUMBERS + ["8000", "0.2", "np.float64(8000)"]:
    call("signal.firwin", "7", "0.1", fs=rate)
    call("signal.freqz", "[1, 2, 3]", worN="4", fs=rate)
for coefficients in ["[1]", "[1, 2, 3]", "1", "2.5", "[[1, 2], [3, 4]]", "np.array([1.0, 0.5])", "'a'",
                     "None", "[0]", "[True, False]"]:
    call("signal.freqz", coefficients, worN="4")
    call("signal.freqz", "[1.0, 2.0]", coefficients, worN="4")
for grid in ["0", "1", "8", "-1", "None", "1.0", "2.5", "[0, 1, 2]", "[]", "np.array([0.1, 0.2])", "'a'",
             "np.int64(4)", "(0.1, 0.2)"]:
    call("signal.freqz", "[1, 2, 3]", worN=grid)
    call("signal.freqz", "[1, 2, 3]", "[1, 0.5]", grid, "True")
for mode in ["'full'", "'same'", "'valid'", "'FULL'", "'x'", "None", "0"]:
    for method in ["'auto'", "'direct'", "'fft'", "'x'", "None"]:
        call("signal.convolve", "[1.0, 2, 3, 4]", "[1.0, 2]", mode, method)
    call("signal.convolve", "[1, 2]", "[1, 2, 3, 4]", mode)
for one, other in [("1", "2"), ("[1, 2]", "2"), ("2", "[1, 2]"), ("'a'", "[1]"), ("None", "[1]"),
                   ("[True, False]", "[True, True]")]:
    call("signal.convolve", one, other)

# Waveforms.

for time in ["0", "1.5", "[0, 1, 2]", "np.array([0.0, -1.0, 10.0])", "'a'", "None", "nan", "[inf, 1, nan]",
             "[[0.5, 1], [2, 3]]", "True", "np.array([0.5, 2.0], dtype=np.float32)"]:
    call("signal.sawtooth", time)
    call("signal.square", time)
for part in NUMBERS:
    call("signal.sawtooth", "[0.5, 2, 4]", part)
    call("signal.square", "[0.5, 2, 4]", part)


def optimizer(kind):
    def make(**options):
        weights = torch.ones(3, requires_grad=True)
        optimizer = kind([weights], **options)
        for _ in range(2):
            weights.grad = torch.ones(3)
            optimizer.step()
    return make


class optim:
    SGD, ASGD, Adam, AdamW = (
        optimizer(kind)
        for kind in [torch.optim.SGD, torch.optim.ASGD, torch.optim.Adam, torch.optim.AdamW])


def verdict(code):
    try:
        value = eval(code)
        if isinstance(value, nn.CrossEntropyLoss):
            value(torch.zeros(2, 3), torch.tensor([0, 1]))
        elif isinstance(value, nn.Module):
            value(torch.zeros((2, 3) if "Linear" in code else (2, 4, 16) if "Norm" in code else (2, 2, 16)))
        return "ok"
    except Exception:
        return "no"


path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "options.tsv")
with open(path, "w") as file:
    for code in dict.fromkeys(calls):
        file.write(f"{verdict(code)}\t{code}\n")
