"""Etude's functions for networks, implemented with PyTorch: train gives the same run as the usual loop
over a DataLoader after torch.manual_seed, random_split and the layers' default initialisation."""

import copy
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split


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
    parts = random_split(range(len(data)), [count, len(data) - count], generator=stream)
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
    criterion = criterion or nn.CrossEntropyLoss()
    with torch.random.fork_rng(devices=[]):
        if isinstance(model, _Fit):
            fit = copy.deepcopy(model)
            torch.set_rng_state(fit.stream)
            if optimizer:
                fit.optimizer = optimizer(fit.model.parameters())
        else:
            if data.stream is None:
                torch.manual_seed(0)
            else:
                torch.set_rng_state(data.stream)
            network = copy.deepcopy(model)
            # Initialise as new layers do: weights, then biases, layer by layer.
            for layer in network.modules():
                if hasattr(layer, "reset_parameters"):
                    layer.reset_parameters()
            optimizer = optimizer or optim.ASGD(lr=0.01)
            fit = _Fit(network, optimizer(network.parameters()))
        start = time.perf_counter()
        loader = DataLoader(
            TensorDataset(data.inputs, data.labels), batch_size=batch_size, shuffle=True
        )
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
        fit.seconds += time.perf_counter() - start
        fit.stream = torch.get_rng_state()
    return fit


def _logits(fit, data):
    fit.model.eval()
    with torch.no_grad():
        return fit.model(data.inputs)


def predict(fit, data):
    return _logits(fit, data).argmax(1).numpy()


def probabilities(fit, data):
    return F.softmax(_logits(fit, data).double(), dim=1).numpy()


def accuracy(fit, data):
    return float(np.mean(predict(fit, data) == data.y))


def parameters(model):
    return sum(parameter.numel() for parameter in model.parameters())


def shapes(model, input):
    signal = torch.zeros(_sample_shape(input))
    result = []
    for layer in model:
        signal = layer(signal)
        result.append(tuple(signal.shape[1:]))
    return result


def receptive_field(model, input):
    """The receptive field and the distance between adjacent values after each layer, in samples."""
    size = apart = 1
    result = []
    for layer in model:
        if isinstance(layer, (nn.Flatten, nn.Linear, nn.AdaptiveAvgPool1d, nn.ConvTranspose1d)):
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


def _shows_nothing(*args, **kwargs):
    return None


summary = curves = confusion = examples = kernels = _shows_nothing
