#!/usr/bin/env python3
"""Writes optimizer-options.json and .safetensors beside this file with PyTorch: the parameters after
each step on random gradients, in the manner of optimizers.json, with other options."""

import json
import pathlib

import numpy as np
import torch

from make_networks import dump

CASES = [
    ("SGD", dict(lr=0.2, weight_decay=0.05)),
    ("SGD", dict(lr=0.1, momentum=0.9, dampening=0.5)),
    ("SGD", dict(lr=0.03, momentum=0.7, dampening=0.2, weight_decay=0.01)),
    ("ASGD", dict(lr=0.1, t0=0, lambd=0.1)),
    ("ASGD", dict(lr=0.02, t0=3, alpha=1.0, weight_decay=0.3)),
    ("Adam", dict(lr=0.1, betas=[0.0, 0.5])),
    ("Adam", dict(lr=0.01, eps=0.1)),
    ("AdamW", dict(lr=0.1)),
    ("AdamW", dict(lr=0.05, betas=[0.5, 0.9], weight_decay=0.3)),
]

random = np.random.default_rng(2)
start = random.normal(size=20).astype(np.float32)
grads = random.normal(size=(15, 20)).astype(np.float32)
arrays = {"start": start, "grads": grads}
cases = []
for index, (name, options) in enumerate(CASES):
    parameter = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = getattr(torch.optim, name)([parameter], **options)
    steps = []
    for grad in grads:
        parameter.grad = torch.from_numpy(grad.copy())
        optimizer.step()
        steps.append(parameter.detach().numpy().copy())
    key = f"options{index}"
    arrays[key] = np.array(steps)
    if name == "ASGD":
        arrays[f"{key}.average"] = optimizer.state[parameter]["ax"].numpy().copy()
    cases.append({"key": key, "optimizer": name, "options": options})
here = pathlib.Path(__file__).parent
dump(here / "optimizer-options.safetensors", arrays)
(here / "optimizer-options.json").write_text(json.dumps(cases, indent=1) + "\n")
