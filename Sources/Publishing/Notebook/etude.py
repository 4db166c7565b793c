"""What the cells of a lesson need beside NumPy, SciPy and PyTorch, with the same numbers as in Etude.

In Jupyter sliders can be moved (run the cell and those below it again), sounds are played, and plots are drawn
by Matplotlib. Without ipywidgets, IPython or Matplotlib these show nothing; without PyTorch there are no
networks. https://pypi.org has all of them: pip install numpy scipy torch matplotlib ipywidgets.
"""

import copy as _copy
import dis as _dis
import json as _json
import math as _math
import struct as _struct
import sys as _sys
import time as _time

import numpy as np
import scipy.signal as signal
from scipy.io import wavfile

try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError:
    torch = None

try:
    from IPython import get_ipython as _get_ipython
    from IPython.display import HTML as _HTML, Audio as _Audio, display as _show

    _is_notebook = _get_ipython() is not None
except ImportError:
    _is_notebook = False

if _is_notebook:
    try:
        import ipywidgets as _widgets
    except ImportError:
        _widgets = None
    try:
        import matplotlib.pyplot as _pyplot
    except ImportError:
        _pyplot = None
else:
    _widgets = _pyplot = None


# Widgets

# What was moved, by the name and the arguments of the widget.
_moved = {}


def _assigned_name():
    """The variable that the cell assigns the widget to."""
    cell = _sys._getframe(2)
    for instruction in _dis.get_instructions(cell.f_code):
        if instruction.offset > cell.f_lasti and instruction.opname.startswith("STORE_"):
            return instruction.argval
    return ""


def _widget(key, value, make):
    """The value that the reader has set, or the lesson's; shows the widget."""
    value = _moved.get(key, value)
    if _widgets:
        widget = make(value)
        widget.observe(lambda change: _moved.update({key: change["new"]}), names="value")
        _show(widget)
    return value


def slider(start, stop, step=None, value=None, label=None, unit="", scale="linear"):
    """The value, clamped to start and stop and snapped to the steps from start; an int if all arguments
    are."""
    name = _assigned_name()
    if value is None:
        value = start
    numbers = [start, stop, value] + ([] if step is None else [step])
    is_integer = all(isinstance(number, int) for number in numbers)

    def make(value):
        kind = _widgets.IntSlider if is_integer else _widgets.FloatSlider
        small = step or (1 if is_integer else (stop - start) / 1000)
        text = " ".join(part for part in [label or name, f"({unit})" if unit else ""] if part)
        return kind(value=value, min=start, max=stop, step=small, description=text, style={"description_width": "initial"})

    value = _widget((name, "slider", start, stop, step, value, label), value, make)
    if is_integer:
        step = step or 1
        steps = min(_math.floor((value - start) / step + 0.5), (stop - start) // step)
        return start + max(steps, 0) * step
    value = min(max(float(value), start), stop)
    if step is None:
        return value
    steps = min(_math.floor((value - start) / step + 0.5), _math.floor((stop - start) / step + 1e-9))
    value = start + steps * step
    # If start and step are decimal fractions, so is the value: 0.3, not 0.30000000000000004.
    for digits in range(13):
        scaled = [start * 10**digits, step * 10**digits]
        if all(abs(number - round(number)) <= 1e-14 * abs(number) for number in scaled):
            value = round(value * 10**digits) / 10**digits
            break
    return min(value, stop)


def choice(options, value=None, label=None):
    name = _assigned_name()
    value = options[0] if value is None else options[options.index(value)]
    return _widget(
        (name, "choice", *options, label),
        value,
        lambda value: _widgets.Dropdown(options=options, value=value, description=label or name),
    )


def toggle(value=False, label=None):
    name = _assigned_name()
    return _widget(
        (name, "toggle", value, label),
        value,
        lambda value: _widgets.Checkbox(value=value, description=label or name, indent=False),
    )


def choose_device():
    return "cpu"


# Pictures and sounds


def _axes(series, labels, title, xlabel, ylabel, ylim, xscale, yscale, draw):
    if not _pyplot:
        return
    figure, axes = _pyplot.subplots(figsize=(8, 3))
    for index, (x, y) in enumerate(series):
        draw(axes, x, y, labels[index] if labels and index < len(labels) else None)
    axes.set(title=title or "", xlabel=xlabel or "", ylabel=ylabel or "", xscale=xscale, yscale=yscale)
    if ylim is not None:
        axes.set_ylim(ylim)
    axes.grid(alpha=0.3)
    if labels:
        axes.legend()
    _show(figure)
    _pyplot.close(figure)


def _pairs(arguments):
    if len(arguments) == 1:
        return [(np.arange(len(arguments[0])), arguments[0])]
    return [(arguments[i], arguments[i + 1]) for i in range(0, len(arguments), 2)]


def plot(*args, labels=None, title=None, xlabel=None, ylabel=None, ylim=None, xscale="linear", yscale="linear"):
    _axes(
        _pairs(args), labels, title, xlabel, ylabel, ylim, xscale, yscale,
        lambda axes, x, y, label: axes.plot(np.asarray(x), np.asarray(y), lw=1.2, label=label),
    )


def stem(*args, labels=None, title=None, xlabel=None, ylabel=None, ylim=None, xscale="linear", yscale="linear"):
    _axes(
        _pairs(args), labels, title, xlabel, ylabel, ylim, xscale, yscale,
        lambda axes, x, y, label: axes.stem(np.asarray(x), np.asarray(y), basefmt=" ", label=label),
    )


def _decibels(gain):
    with np.errstate(divide="ignore"):
        return np.maximum(20 * np.log10(np.abs(gain)), -120)


def response(*args, cutoff=None, labels=None, fs=None, **options):
    *coefficients, rate = args if fs is None else (*args, fs)
    hertz, gain = signal.freqz(*coefficients, worN=8192, fs=rate)
    title = "gain" if cutoff is None else f"gain, cut-off {cutoff:g} Hz"
    plot(hertz[1:], _decibels(gain)[1:], labels=labels, title=title, xlabel="Hz", ylabel="dB", xscale="log")


def spectrum(x, fs, labels=None):
    hertz, power = signal.welch(np.asarray(x, dtype=float), fs, nperseg=min(4096, len(x)), scaling="spectrum")
    level = 10 * np.log10(np.maximum(2 * power, 1e-12))
    plot(hertz[1:], level[1:], labels=labels, title="level", xlabel="Hz", ylabel="dB", xscale="log")


def spectrogram(x, fs, *, title=None, nperseg=512, noverlap=None, fmax=None, vmin=None, vmax=None):
    if not _pyplot:
        return
    hertz, seconds, power = signal.spectrogram(np.asarray(x, dtype=float), fs, nperseg=min(nperseg, len(x)), noverlap=noverlap)
    level = 10 * np.log10(np.maximum(power, 1e-20))
    figure, axes = _pyplot.subplots(figsize=(8, 3))
    mesh = axes.pcolormesh(seconds, hertz, level, vmin=level.max() - 80 if vmin is None else vmin, vmax=vmax, shading="auto")
    figure.colorbar(mesh, label="dB")
    axes.set(title=title or "", xlabel="seconds", ylabel="Hz", ylim=(0, fmax or fs / 2))
    _show(figure)
    _pyplot.close(figure)


def image(matrix, *, title=None, xlabel=None, ylabel=None, **options):
    if not _pyplot:
        return
    figure, axes = _pyplot.subplots(figsize=(5, 4))
    figure.colorbar(axes.imshow(np.asarray(matrix), aspect="auto", origin="lower"))
    axes.set(title=title or "", xlabel=xlabel or "", ylabel=ylabel or "")
    _show(figure)
    _pyplot.close(figure)


def stepper(x, h, flip=True):
    kernel = np.asarray(h, dtype=float)[:: 1 if flip else -1]
    print("signal", np.asarray(x), "kernel", np.asarray(h), "result", np.convolve(x, kernel))


def play(x, fs, label=None):
    if not _is_notebook:
        return
    samples = np.asarray(x)
    if samples.dtype.kind in "iu":
        samples = samples / np.iinfo(samples.dtype).max
    # Browsers play from 3,000 Hz on.
    factor = 1 if fs >= 8000 else _math.ceil(8000 / fs)
    if factor > 1:
        samples = signal.resample_poly(samples, factor, 1)
    _show(_HTML(f"<p>{label or 'sound'}</p>"))
    _show(_Audio(np.clip(samples.T, -1, 1), rate=round(fs * factor), normalize=False))


def table(headers, rows):
    lines = [[str(cell) for cell in row] for row in [headers, *rows]]
    widths = [max(map(len, column)) for column in zip(*lines)]
    if _is_notebook:
        for line in lines:
            print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)))


def check(condition, hint):
    if _is_notebook:
        print("✓ done" if condition else f"not yet: {hint}")


def questions_answered():
    return 0


questions_right = tasks_done = tasks_total = questions_answered


# Data


def waveforms(
    count=200, length=128, fs=128, noise=0.05, freq=(1, 10), phase=(0, 2 * _math.pi), shift=0, seed=0
):
    """`count` signals each of sine, triangle and square as rows of X, and their classes 0, 1, 2 in y.
    Random numbers are drawn in this order: frequency, amplitude, phase, then noise."""
    draws = np.random.RandomState(seed)
    time_axis = (np.arange(length) + shift) / fs
    shapes = [np.sin, lambda angle: signal.sawtooth(angle, 0.5), signal.square]
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
        (length,) = _struct.unpack("<Q", stream.read(8))
        header = _json.loads(stream.read(length))
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
    best = _math.inf
    for _ in range(3):
        start = _time.perf_counter()
        function(*args, **kwargs)
        best = min(best, _time.perf_counter() - start)
    return best


# Networks

if torch:
    from torch.utils.data import DataLoader as _DataLoader
    from torch.utils.data import TensorDataset as _TensorDataset
    from torch.utils.data import random_split as _random_split

    class _OptimizerWithoutParameters:
        """optim.ASGD(lr=0.01) selects the optimiser; train adds the parameters."""

        def __init__(self, kind):
            self.kind = kind

        def __call__(self, **options):
            return lambda parameters: self.kind(parameters, **options)

    class optim:
        SGD = _OptimizerWithoutParameters(torch.optim.SGD)
        ASGD = _OptimizerWithoutParameters(torch.optim.ASGD)
        Adam = _OptimizerWithoutParameters(torch.optim.Adam)
        AdamW = _OptimizerWithoutParameters(torch.optim.AdamW)

    class _DataSet:
        """Signals (count, 1, length) in float32, their classes, and the state of PyTorch's RNG after
        split, or None if nothing has been drawn."""

        def __init__(self, inputs, labels, stream=None):
            self.inputs = inputs
            self.labels = labels
            self.stream = stream

        def __len__(self):
            return len(self.labels)

        def __getitem__(self, index):
            return self.X[index], int(self.labels[index])

        @property
        def X(self):
            return self.inputs.numpy()

        @property
        def y(self):
            return self.labels.numpy()

    def dataset(X, y, classes=None):
        inputs = torch.tensor(np.asarray(X), dtype=torch.float32).unsqueeze(1)
        return _DataSet(inputs, torch.tensor(np.asarray(y), dtype=torch.long))

    def split(data, fraction=0.8, seed=0):
        stream = torch.Generator().manual_seed(seed)
        count = int(fraction * len(data))
        parts = _random_split(range(len(data)), [count, len(data) - count], generator=stream)
        return tuple(
            _DataSet(data.inputs[part.indices], data.labels[part.indices], stream.get_state())
            for part in parts
        )

    class _Fit:
        def __init__(self, model, optimizer):
            self.model = model
            self.optimizer = optimizer
            self.losses = []
            self.test_losses = []
            self.test_accuracies = []
            self.seconds = 0.0
            self.device = torch.device("cpu")

        @property
        def history(self):
            return np.array(self.losses)

        @property
        def test_history(self):
            return np.array(self.test_losses)

        @property
        def test_accuracy(self):
            return np.array(self.test_accuracies)

        @property
        def epochs(self):
            return len(self.losses)

    def train(
        model, data, optimizer=None, epochs=1000, batch_size=64, test=None, device=None, *, criterion=None
    ):
        """The usual loop over a DataLoader after torch.manual_seed, random_split and the layers' default
        initialisation."""
        criterion = criterion or nn.CrossEntropyLoss()
        with torch.random.fork_rng(devices=[]):
            if isinstance(model, _Fit):
                fit = _copy.deepcopy(model)
                torch.set_rng_state(fit.stream)
                if optimizer:
                    fit.optimizer = optimizer(fit.model.parameters())
            else:
                if data.stream is None:
                    torch.manual_seed(0)
                else:
                    torch.set_rng_state(data.stream)
                network = _copy.deepcopy(model)
                # Initialise as new layers do: weights, then biases, layer by layer.
                for layer in network.modules():
                    if hasattr(layer, "reset_parameters"):
                        layer.reset_parameters()
                optimizer = optimizer or optim.ASGD(lr=0.01)
                fit = _Fit(network, optimizer(network.parameters()))
            fit.signals = len(data)
            start = _time.perf_counter()
            loader = _DataLoader(_TensorDataset(data.inputs, data.labels), batch_size=batch_size, shuffle=True)
            for _ in range(epochs):
                fit.model.train()
                running_loss = 0.0
                for inputs, labels in loader:
                    fit.optimizer.zero_grad()
                    loss = criterion(fit.model(inputs), labels)
                    loss.backward()
                    fit.optimizer.step()
                    running_loss += loss.item() * len(labels)
                fit.losses.append(running_loss / len(data))
                if test is not None:
                    logits = _logits(fit, test)
                    fit.test_losses.append(criterion(logits, test.labels).item())
                    fit.test_accuracies.append(accuracy(fit, test))
            fit.seconds += _time.perf_counter() - start
            fit.stream = torch.get_rng_state()
        return fit

    def _logits(fit, data):
        """Of a data set, or of signals as rows of an array."""
        if isinstance(data, _DataSet):
            inputs = data.inputs
        else:
            inputs = torch.tensor(np.asarray(data), dtype=torch.float32).reshape(len(data), 1, -1)
        fit.model.eval()
        with torch.no_grad():
            return fit.model(inputs)

    def predict(fit, data):
        return _logits(fit, data).argmax(1).numpy()

    def probabilities(fit, data):
        return F.softmax(_logits(fit, data).double(), dim=1).numpy()

    def accuracy(fit, data):
        return float(np.mean(predict(fit, data) == data.y))

    def parameters(model):
        return sum(parameter.numel() for parameter in model.parameters())

    def shapes(model, input):
        value = torch.zeros(_sample_shape(input))
        result = []
        for layer in model:
            value = layer(value)
            result.append(tuple(value.shape[1:]))
        return result

    def receptive_field(model, input):
        """The receptive field and the distance between adjacent values after each layer, in samples."""
        size = apart = 1
        result = []
        for layer in model:
            if isinstance(layer, (nn.Flatten, nn.Linear, nn.AdaptiveAvgPool1d, nn.ConvTranspose1d, nn.GroupNorm)):
                break
            kernel_size, stride, dilation = [
                value[0] if isinstance(value, tuple) else value
                for value in [getattr(layer, name, 1) for name in ["kernel_size", "stride", "dilation"]]
            ]
            size += (dilation * (kernel_size - 1)) * apart
            apart *= stride
            result.append((size, apart))
        return result

    def _sample_shape(input):
        return (1, *(input.X.shape[1:] if isinstance(input, _DataSet) else input))

    def summary(model, input):
        rows = [
            [str(layer), str(shape), f"{parameters(layer):,}"]
            for layer, shape in zip(model, shapes(model, input))
        ]
        table(["layer", "output shape", "parameters"], rows + [["total", "", f"{parameters(model):,}"]])

    def curves(*fits, labels=None):
        names = labels or [f"run {number + 1}" for number in range(len(fits))]
        lines = []
        for fit, name in zip(fits, names):
            lines.append((f"{name}, train", fit.history))
            if len(fit.test_history):
                lines.append((f"{name}, test", fit.test_history))
        series = [part for _, y in lines for part in (np.arange(1, len(y) + 1), y)]
        plot(*series, labels=[name for name, _ in lines], title="loss", xlabel="epoch", yscale="log")

    def confusion(fit, data, labels=None):
        count = int(max(data.y.max(), predict(fit, data).max())) + 1
        names = labels or [str(number) for number in range(count)]
        matrix = np.zeros((count, count), dtype=int)
        np.add.at(matrix, (data.y, predict(fit, data)), 1)
        table(["true \\ predicted", *names], [[name, *row] for name, row in zip(names, matrix)])

    def examples(fit, data, count=6, seed=0, labels=None):
        chosen = np.random.RandomState(seed).choice(len(data), min(count, len(data)), replace=False)
        name = lambda number: labels[number] if labels else str(number)
        for index in chosen:
            answer = predict(fit, data)[index]
            plot(data.X[index, 0], title=f"true {name(data.y[index])}, predicted {name(answer)}")

    def kernels(fit, layer=0, channel=0, *, fs=1):
        layers = [part for part in fit.model if isinstance(part, nn.Conv1d)]
        for taps in layers[layer].weight.detach().numpy()[:32, channel]:
            stem(taps)
