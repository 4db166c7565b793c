"""The training of Etude's stand-ins without a DataLoader, from the same random numbers."""

import copy
import time

import torch
import torch.nn.functional as F
from etude import _Fit, _logits, optim
from torch.utils.data import RandomSampler


def train(model, data, epochs, batch_size, test):
    torch.set_rng_state(data.stream)
    network = copy.deepcopy(model)
    for layer in network.modules():
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()
    fit = _Fit(network, optim.ASGD(lr=0.01)(network.parameters()))
    sampler = RandomSampler(range(len(data)))
    start = time.perf_counter()
    for _ in range(epochs):
        # What a DataLoader draws for its workers.
        torch.empty((), dtype=torch.int64).random_()
        order = torch.tensor(list(sampler))
        fit.model.train()
        losses = 0.0
        for batch in order.split(batch_size):
            fit.optimizer.zero_grad()
            loss = F.cross_entropy(fit.model(data.inputs[batch]), data.labels[batch])
            loss.backward()
            fit.optimizer.step()
            losses += loss.detach() * len(batch)
        fit.losses.append(losses.item() / len(data))
        logits = _logits(fit, test)
        fit.test_losses.append(F.cross_entropy(logits, test.labels).item())
        fit.test_accuracies.append((logits.argmax(1) == test.labels).float().mean().item())
    fit.seconds = time.perf_counter() - start
    return fit
