"""Times PyTorch on a card on the work that gpucheck times: eager, and as CUDA graphs.

Called by scripts/gpu-check. Networks, shapes of the data, batches, optimiser and steps are gpucheck's; the signals are
random numbers, which take as long. `--device cpu` tries everything but the graphs on the processor, `--quick` a little
of it.
"""

import argparse
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

SAMPLES, TEST_SAMPLES, LENGTH, BATCH = 480, 120, 128, 64
STEPS = -(-SAMPLES // BATCH)
# As gpucheck's networks: a typo would be seen.
PARAMETERS = {"CNN": 17_283, "MLP": 74_371}


def cnn():
    return nn.Sequential(
        nn.Conv1d(1, 16, 5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Conv1d(16, 32, 5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Flatten(), nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3))


def mlp():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
        nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 3))


class Timing:
    """A device, how much is computed there, and for how long at most."""

    def __init__(self, device, is_quick):
        self.device = device
        self.epochs = 2 if is_quick else 1000
        self.samples = 10_000 if is_quick else 10_000_000
        self.limit = 8

    def wait(self):
        if self.device == "cuda":
            torch.cuda.synchronize()

    def seconds(self, work, times):
        """The mean of so many calls, or of as many as there is time for."""
        done = 0
        self.wait()
        start = time.perf_counter()
        while done < times and time.perf_counter() - start < self.limit:
            work()
            done += 1
        self.wait()
        return (time.perf_counter() - start) / done

    def data(self):
        return (
            torch.randn(SAMPLES, 1, LENGTH, device=self.device), torch.randint(0, 3, (SAMPLES,), device=self.device),
            torch.randn(TEST_SAMPLES, 1, LENGTH, device=self.device),
            torch.randint(0, 3, (TEST_SAMPLES,), device=self.device))

    def eager(self, make):
        """The usual loop, with a loss read after each batch: seconds of all epochs."""
        network, loss = make().to(self.device), nn.CrossEntropyLoss()
        optimizer = torch.optim.ASGD(network.parameters(), lr=0.01)
        x, y, test_x, test_y = self.data()

        def epoch():
            order = torch.randperm(SAMPLES)
            total = 0.0
            for start in range(0, SAMPLES, BATCH):
                batch = order[start:start + BATCH].to(self.device)
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
        return self.seconds(epoch, self.epochs) * self.epochs

    def graphs(self, make):
        """An epoch as one graph; its loss is read once an epoch: seconds of all epochs."""
        network, loss = make().cuda(), nn.CrossEntropyLoss()
        # Its step size lies on the card, so that it can be captured.
        optimizer = torch.optim.ASGD(network.parameters(), lr=0.01, capturable=True)
        x, y, test_x, test_y = self.data()
        order = torch.randperm(SAMPLES).cuda()
        total = torch.zeros((), device="cuda")
        result = torch.zeros(2, device="cuda")

        def epoch():
            total.zero_()
            for start in range(0, SAMPLES, BATCH):
                batch = order[start:start + BATCH]
                optimizer.zero_grad(set_to_none=True)
                error = loss(network(x[batch]), y[batch])
                error.backward()
                optimizer.step()
                total.add_(error.detach() * len(batch))
            with torch.no_grad():
                logits = network(test_x)
                result[0] = loss(logits, test_y)
                result[1] = (logits.argmax(1) == test_y).sum()

        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                epoch()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        optimizer.zero_grad(set_to_none=True)
        with torch.cuda.graph(graph):
            epoch()

        def run():
            order.copy_(torch.randperm(SAMPLES))
            graph.replay()
            total.item()

        for _ in range(3):
            run()
        return self.seconds(run, self.epochs) * self.epochs

    def convolution(self, taps):
        x = torch.randn(1, 1, self.samples, device=self.device)
        w = torch.randn(1, 1, taps, device=self.device)
        with torch.no_grad():
            for _ in range(3):
                F.conv1d(x, w)
            return self.seconds(lambda: F.conv1d(x, w), 50)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--device", choices=["cuda", "cpu"], default="cuda")
    parser.add_argument("--quick", action="store_true", help="two epochs and short signals")
    arguments = parser.parse_args()
    if arguments.device == "cuda" and not torch.cuda.is_available():
        parser.exit(1, "PyTorch finds no card.\n")
    # PyTorch may choose its fastest convolution.
    torch.backends.cudnn.benchmark = True
    timing = Timing(arguments.device, arguments.quick)
    name = torch.cuda.get_device_name() if arguments.device == "cuda" else "the processor"
    print(f"\nPyTorch {torch.__version__} on {name}: the same work as gpucheck's", flush=True)
    for what, make in ("CNN", cnn), ("MLP", mlp):
        count = sum(values.numel() for values in make().parameters())
        assert count == PARAMETERS[what], f"the {what} has {count} parameters"
        print(f"  {what}: {count:,} parameters, {SAMPLES} signals in {STEPS} steps an epoch, {TEST_SAMPLES} tested "
              "after each, ASGD(lr=0.01)")

    print("\n| operator | PyTorch | GB/s |\n|---|--:|--:|")
    for taps in (3, 11, 101):
        seconds = timing.convolution(taps)
        print(f"| conv1d, {taps} taps, {timing.samples:,} samples | {1e6 * seconds:.0f} µs "
              f"| {8 * timing.samples / seconds / 1e9:.3g} |", flush=True)
    print("\n| network | epochs | PyTorch, eager | with CUDA graphs |\n|---|--:|--:|--:|")
    for what, make in ("CNN", cnn), ("MLP", mlp):
        print(f"| {what} | {timing.epochs} | {timing.eager(make):.3g} s | ", end="", flush=True)
        if arguments.device == "cpu":
            print("not on a processor |")
            continue
        try:
            print(f"{timing.graphs(make):.3g} s |", flush=True)
        except (RuntimeError, TypeError) as error:
            print(f"failed: {str(error).splitlines()[0]} |", flush=True)


if __name__ == "__main__":
    main()
