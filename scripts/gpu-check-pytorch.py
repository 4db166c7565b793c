"""Times PyTorch on a card on the work that gpucheck times: eager, and as CUDA graphs.

Called by scripts/gpu-check. The networks, the data's sizes, the batches and the optimiser are the lesson's; the
numbers are others, which takes as long.
"""

import time

import torch
import torch.nn as nn
import torch.nn.functional as F

EPOCHS = 1000
# Eager PyTorch is slow: what it takes for these is multiplied.
EAGER_EPOCHS = 50
SAMPLES, TEST_SAMPLES, BATCH = 480, 120, 64


def cnn():
    return nn.Sequential(
        nn.Conv1d(1, 16, 5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Conv1d(16, 32, 5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Flatten(), nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3))


def mlp():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
        nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 3))


def seconds(work):
    torch.cuda.synchronize()
    start = time.perf_counter()
    work()
    torch.cuda.synchronize()
    return time.perf_counter() - start


def data():
    x = torch.randn(SAMPLES, 1, 128, device="cuda")
    y = torch.randint(0, 3, (SAMPLES,), device="cuda")
    test_x = torch.randn(TEST_SAMPLES, 1, 128, device="cuda")
    test_y = torch.randint(0, 3, (TEST_SAMPLES,), device="cuda")
    return x, y, test_x, test_y


def eager(make):
    network, loss = make().cuda(), nn.CrossEntropyLoss()
    optimizer = torch.optim.ASGD(network.parameters(), lr=0.01)
    x, y, test_x, test_y = data()

    def epoch():
        order = torch.randperm(SAMPLES)
        total = 0.0
        for start in range(0, SAMPLES, BATCH):
            batch = order[start:start + BATCH].cuda()
            optimizer.zero_grad()
            error = loss(network(x[batch]), y[batch])
            error.backward()
            optimizer.step()
            total += error.item() * len(batch)
        with torch.no_grad():
            logits = network(test_x)
            loss(logits, test_y).item()
            (logits.argmax(1) == test_y).sum().item()

    for _ in range(3):
        epoch()
    return seconds(lambda: [epoch() for _ in range(EAGER_EPOCHS)]) * EPOCHS / EAGER_EPOCHS


def graphs(make):
    """An epoch as two graphs, a whole batch and what is left over; losses are read once an epoch."""
    network, loss = make().cuda(), nn.CrossEntropyLoss()
    # ASGD cannot be captured: its step size is a number of the host. SGD does less.
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
    x, y, test_x, test_y = data()
    order = torch.zeros(SAMPLES, dtype=torch.int64, device="cuda")
    total = torch.zeros((), device="cuda")
    result = torch.zeros(2, device="cuda")

    def epoch():
        total.zero_()
        for start in range(0, SAMPLES, BATCH):
            batch = order[start:start + BATCH]
            optimizer.zero_grad(set_to_none=False)
            error = loss(network(x[batch]), y[batch])
            error.backward()
            optimizer.step()
            total.add_(error.detach() * len(batch))
        with torch.no_grad():
            logits = network(test_x)
            result[0] = loss(logits, test_y)
            result[1] = (logits.argmax(1) == test_y).sum()

    stream = torch.cuda.Stream()
    with torch.cuda.stream(stream):
        for _ in range(3):
            epoch()
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        epoch()

    def run():
        for _ in range(EPOCHS):
            order.copy_(torch.randperm(SAMPLES))
            graph.replay()
            total.item()

    run()
    return seconds(run)


def convolution(taps):
    x = torch.randn(1, 1, 10_000_000, device="cuda")
    w = torch.randn(1, 1, taps, device="cuda")
    for _ in range(3):
        F.conv1d(x, w)
    return seconds(lambda: [F.conv1d(x, w) for _ in range(50)]) / 50


if __name__ == "__main__":
    print(f"\nPyTorch {torch.__version__} on {torch.cuda.get_device_name()}, the same work")
    for taps in (3, 11, 101):
        time_taken = convolution(taps)
        print(f"  conv1d of 10^7 samples, {taps} taps: {1e6 * time_taken:.0f} µs, {8e7 / time_taken / 1e9:.0f} GB/s")
    for name, make in (("CNN", cnn), ("MLP", mlp)):
        print(f"  {name}, {EPOCHS} epochs: eager {eager(make):.2f} s, CUDA graphs {graphs(make):.2f} s", flush=True)
