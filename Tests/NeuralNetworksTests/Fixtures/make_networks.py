#!/usr/bin/env python3
"""Writes networks.safetensors beside this file with PyTorch (one thread): a network of every kind of
layer, and a few epochs of training as the lesson does it.

x, y are the data; KEY.0.NAME is the state_dict at first and KEY.1.NAME after training; KEY.history
is the mean loss of each epoch, KEY.logits are those of all samples afterwards, in evaluation. The runs of
AdamW have class weights and label smoothing, and KEY.test is the loss of all samples after each epoch.
"""

import json
import pathlib
import struct

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
SEEDS = [0, 7, 2**32 - 1]
EPOCHS = 3


def network():
    return nn.Sequential(
        nn.Conv1d(2, 8, 7, stride=2, padding=3),
        nn.BatchNorm1d(8),
        nn.ReLU(),
        nn.AvgPool1d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False),
        nn.Sequential(
            nn.ConvTranspose1d(8, 6, 4, stride=2, padding=1, output_padding=1, groups=2),
            nn.Tanh(),
        ),
        nn.Conv1d(6, 12, 3, dilation=2, groups=3, bias=False),
        nn.GroupNorm(3, 12),
        nn.Conv1d(12, 12, 4, padding="same", groups=4),
        nn.GroupNorm(2, 12, eps=1e-3, affine=False),
        nn.BatchNorm1d(12, momentum=0.3, eps=1e-3),
        nn.Sigmoid(),
        nn.MaxPool1d(3, stride=3, padding=1, dilation=2, ceil_mode=True),
        nn.ReLU(),
        nn.AdaptiveAvgPool1d(1),
        nn.Flatten(),
        nn.Dropout(0.3),
        nn.Linear(12, 10),
        nn.BatchNorm1d(10),
        nn.Linear(10, 3, bias=False),
    )


def optimizers(parameters):
    return {
        "sgd": lambda: torch.optim.SGD(parameters, lr=1.0),
        "adam": lambda: torch.optim.Adam(parameters, lr=0.01, weight_decay=0.1),
        # The bias before BatchNorm has a gradient of 0, but for roundings: with a larger eps they do
        # not decide the direction of a step.
        "adamw": lambda: torch.optim.AdamW(parameters, lr=0.01, weight_decay=0.1, eps=0.1),
    }


def criterion(name):
    if name != "adamw":
        return nn.CrossEntropyLoss()
    return nn.CrossEntropyLoss(weight=torch.tensor([0.5, 2.0, 1.25]), label_smoothing=0.1)


def dump(path, arrays):
    header, data = {}, b""
    for name, array in arrays.items():
        array = np.asarray(array, order="C")
        kind = {"float32": "F32", "float64": "F64", "int64": "I64"}[array.dtype.name]
        offsets = [len(data), len(data) + array.nbytes]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": offsets}
        data += array.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    random = np.random.default_rng(1)
    x = random.normal(size=(43, 2, 30)).astype(np.float32)
    y = random.integers(0, 3, 43)
    arrays = {"x": x, "y": y}
    data = torch.utils.data.TensorDataset(torch.from_numpy(x), torch.from_numpy(y))
    for seed in SEEDS:
        for name in ["sgd", "adam", "adamw"]:
            torch.manual_seed(seed)
            model = network()
            key = f"{name}{seed}"
            for entry, value in model.state_dict().items():
                arrays[f"{key}.0.{entry}"] = value.numpy().copy()
            # All samples at once and one step: what SGD with a rate of 1 takes off is the gradient.
            batch_size = 43 if name == "sgd" else 20
            loader = torch.utils.data.DataLoader(data, batch_size=batch_size, shuffle=True)
            optimizer = optimizers(model.parameters())[name]()
            loss_of = criterion(name)
            history, tests = [], []
            for epoch in range(1 if name == "sgd" else EPOCHS):
                total = 0.0
                model.train()
                for inputs, labels in loader:
                    optimizer.zero_grad()
                    loss = loss_of(model(inputs), labels)
                    loss.backward()
                    optimizer.step()
                    total += loss.item() * len(labels)
                history.append(total / len(x))
                model.eval()
                with torch.no_grad():
                    tests.append(loss_of(model(torch.from_numpy(x)), torch.from_numpy(y)).item())
            for entry, value in model.state_dict().items():
                arrays[f"{key}.1.{entry}"] = value.numpy().copy()
            arrays[f"{key}.history"] = np.array(history)
            arrays[f"{key}.test"] = np.array(tests)
            model.eval()
            with torch.no_grad():
                arrays[f"{key}.logits"] = model(torch.from_numpy(x)).numpy()
    dump(pathlib.Path(__file__).with_name("networks.safetensors"), arrays)


if __name__ == "__main__":
    main()
