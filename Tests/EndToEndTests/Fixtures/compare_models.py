"""Whether a model that Etude saves gives PyTorch the same logits, and the other way round.

usage: compare_models.py ETUDE

Prints a line for each network and direction that differs by more than TOLERANCE, and "compared N" at the end.
Logits are compared up to what softmax ignores, a number added to all of a signal's.
"""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import torch
import torch.nn as nn

TOLERANCE = 1e-5

# As text, which Etude and PyTorch read: the lesson's networks, and one with every kind of layer.
NETWORKS = {
    "the lesson's CNN": """nn.Sequential(
        nn.Conv1d(1, 16, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Conv1d(16, 32, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Flatten(), nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3))""",
    "the lesson's MLP": """nn.Sequential(
        nn.Flatten(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
        nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 3))""",
    "every kind of layer": """nn.Sequential(
        nn.Conv1d(1, 8, 7, stride=2, padding=3), nn.BatchNorm1d(8), nn.GELU(),
        nn.AvgPool1d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False),
        nn.Sequential(nn.ConvTranspose1d(8, 6, 4, stride=2, padding=1, output_padding=1, groups=2), nn.Tanh()),
        nn.Conv1d(6, 12, 3, dilation=2, groups=3, bias=False), nn.GroupNorm(3, 12), nn.SiLU(),
        nn.Conv1d(12, 12, 4, padding="same", groups=4), nn.LeakyReLU(0.1), nn.Sigmoid(),
        nn.MaxPool1d(3, stride=3, padding=1, dilation=2, ceil_mode=True), nn.AdaptiveAvgPool1d(1),
        nn.Flatten(), nn.Dropout(0.3), nn.Linear(12, 10), nn.BatchNorm1d(10), nn.ReLU(),
        nn.Linear(10, 3, bias=False))""",
}

TYPES = {"F32": np.float32, "I64": np.int64}


def read(path):
    """A .safetensors file."""
    data = open(path, "rb").read()
    size = int.from_bytes(data[:8], "little")
    tensors = {}
    for name, entry in json.loads(data[8:8 + size]).items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        values = np.frombuffer(data[8 + size + start:8 + size + end], TYPES[entry["dtype"]])
        tensors[name] = torch.tensor(values.reshape(entry["shape"]))
    return tensors


def write(path, tensors):
    header, body = {}, b""
    for name, values in tensors.items():
        values = values.detach().numpy()
        code = next(code for code, kind in TYPES.items() if kind == values.dtype)
        start, body = len(body), body + values.tobytes()
        header[name] = {"dtype": code, "shape": list(values.shape), "data_offsets": [start, len(body)]}
    text = json.dumps(header).encode()
    open(path, "wb").write(len(text).to_bytes(8, "little") + text + body)


def etude(code):
    subprocess.run([sys.argv[1], "eval", code], check=True, stdout=subprocess.DEVNULL)


def difference(network, signals, probabilities):
    """The largest one between PyTorch's logits and Etude's."""
    network.eval()
    with torch.no_grad():
        logits = network(torch.tensor(signals)).double().numpy()
    ours = np.log(probabilities)
    return np.abs((logits - logits.mean(1, keepdims=True)) - (ours - ours.mean(1, keepdims=True))).max()


def from_etude(code, folder):
    etude(f"""
X, y = waveforms()
train_set, test_set = split(dataset(X[:, None], y), 0.8)
fit = train({code}, train_set, epochs=20)
save(fit.model, "{folder}/etude.safetensors")
save(test_set.X, "{folder}/signals.npy")
save(probabilities(fit, test_set), "{folder}/probabilities.npy")
""")
    network = eval(code)
    network.load_state_dict(read(f"{folder}/etude.safetensors"))
    return difference(network, np.load(f"{folder}/signals.npy"), np.load(f"{folder}/probabilities.npy"))


def to_etude(code, folder):
    torch.manual_seed(1)
    network = eval(code)
    signals = torch.randn(40, 1, 128)
    # BatchNorm's statistics are others than in the beginning.
    for _ in range(5):
        network(signals)
    write(f"{folder}/pytorch.safetensors", network.state_dict())
    np.save(f"{folder}/signals.npy", signals.numpy())
    etude(f"""
model = load("{folder}/pytorch.safetensors", like={code})
save(probabilities(model, load("{folder}/signals.npy")), "{folder}/probabilities.npy")
""")
    return difference(network, signals.numpy(), np.load(f"{folder}/probabilities.npy"))


with tempfile.TemporaryDirectory() as folder:
    count = 0
    for name, code in NETWORKS.items():
        for direction, compare in ("from Etude to PyTorch", from_etude), ("from PyTorch to Etude", to_etude):
            found = compare(code, folder)
            print(f"{name}, {direction}: {found:.1e}", file=sys.stderr)
            if not found < TOLERANCE:
                print(f"{name}, {direction}: logits differ by {found:.1e}")
            count += 1
    print(f"compared {count}")
