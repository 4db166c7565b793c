#!/usr/bin/env python3
"""Writes operators.tsv beside this file with PyTorch: odd shapes, forward and backward.

A row is OPERATOR, its options as NAME=VALUE, then arrays as in make_fixtures.py under their names:
x w b (arguments), y (result), dy (its gradient), dx dw db (theirs); or "error" in place of y. The cross-entropy
has target (classes) and perhaps weight (of the classes) instead of w. Options are whole numbers: same=1 stands
for padding="same", and tenths=1 for label_smoothing=0.1.

ops.json and ops.safetensors hold more of the same, made with PyTorch 2.15 for the sizes of the
lesson's network.
"""

import itertools
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(1)
rows = []


def describe(x):
    shape = ",".join(map(str, x.shape)) or "-"
    name = str(x.dtype).removeprefix("torch.")
    return " ".join([name, shape] + [repr(v) for v in x.detach().flatten().tolist()])


def case(name, function, options, **arguments):
    arguments = {k: v.clone().requires_grad_() for k, v in arguments.items() if v is not None}
    row = [name, " ".join(f"{k}={v}" for k, v in options.items())]
    row += [f"{k} {describe(v)}" for k, v in arguments.items()]
    try:
        y = function(*arguments.values(), **options)
    except (RuntimeError, ValueError):
        rows.append(row + ["error"])
        return
    dy = random(*y.shape)
    y.backward(dy)
    row += [f"y {describe(y)}", f"dy {describe(dy)}"]
    row += [f"d{k} {describe(v.grad)}" for k, v in arguments.items()]
    rows.append(row)


def random(*shape):
    """Multiples of an eighth, which are short to write down."""
    return (torch.randn(shape, dtype=torch.float64) * 8).round() / 8


# Length, kernel, stride, padding, dilation, groups, output padding: more than fits in places.
sizes = itertools.product([1, 2, 7, 10], [1, 2, 3, 5], [1, 2, 3], [0, 1, 4], [1, 2], [1, 2])
for index, (length, kernel, stride, padding, dilation, groups) in enumerate(sizes):
    if index % 7 != 0 and (length, kernel) != (7, 3):
        continue
    batch, ins, outs = 1 + index % 2, 2 * groups, groups * (1 + index % 3)
    options = dict(stride=stride, padding=padding, dilation=dilation, groups=groups)
    case("conv1d", F.conv1d, options, x=random(batch, ins, length),
         w=random(outs, ins // groups, kernel), b=random(outs))
    options["output_padding"] = index % 3
    case("conv_transpose1d", F.conv_transpose1d, options, x=random(batch, ins, length),
         w=random(ins, outs // groups, kernel), b=random(outs))

for length, kernel, stride, padding in itertools.product([1, 4, 9], [1, 2, 3, 4], [1, 2, 5], [0, 1]):
    options = dict(kernel_size=kernel, stride=stride, padding=padding)
    # Few different values, so that maxima are often shared.
    x = torch.randint(-2, 3, (2, 2, length)).double()
    case("max_pool1d", F.max_pool1d, options, x=x)
    case("avg_pool1d", F.avg_pool1d, options, x=x)
case("adaptive_avg_pool1d", F.adaptive_avg_pool1d, dict(output_size=1), x=random(2, 3, 7))

for name in ["relu", "tanh", "sigmoid"]:
    case(name, getattr(F, name), {}, x=torch.cat([random(3, 4), torch.zeros(1, 4).double()]))
case("softmax", F.softmax, dict(dim=-1), x=random(2, 3, 4) * 30)
for shape in [(4,), (2, 4), (1, 2, 4), (0, 4)]:
    case("linear", F.linear, {}, x=random(*shape), w=random(3, 4), b=random(3))
case("linear", F.linear, {}, x=random(2, 3), w=random(3, 4), b=random(3))
case("mse_loss", F.mse_loss, {}, x=random(3, 4), w=random(3, 4))

# Below, what came later: rows that exist keep their random numbers.

for length, kernel, dilation, groups in itertools.product([1, 6, 9], [1, 2, 3, 4], [1, 3], [1, 2]):
    case("conv1d", lambda x, w, b, same, **options: F.conv1d(x, w, b, padding="same", **options),
         dict(same=1, dilation=dilation, groups=groups), x=random(2, 2, length),
         w=random(4, 2 // groups, kernel), b=random(4))


def pooling(function):
    def pool(x, **options):
        for name in {"ceil_mode", "count_include_pad"} & options.keys():
            options[name] = bool(options[name])
        return function(x, **options)
    return pool


windows = itertools.product([5, 8, 9], [2, 3, 5], [1, 2, 3], [0, 1, 2], [0, 1], [0, 1])
for index, (length, kernel, stride, padding, ceil, other) in enumerate(windows):
    if index % 3 == 0:
        continue
    options = dict(kernel_size=kernel, stride=stride, padding=padding, ceil_mode=ceil)
    x = torch.randint(-2, 3, (2, 2, length)).double()
    case("max_pool1d", pooling(F.max_pool1d), dict(options, dilation=1 + other), x=x)
    case("avg_pool1d", pooling(F.avg_pool1d), dict(options, count_include_pad=other), x=x)

for shape, groups in [((3, 4, 5), 2), ((2, 6, 1), 3), ((2, 6), 2), ((1, 4, 3), 4), ((2, 3, 4), 1), ((2, 4, 3), 3)]:
    case("group_norm", lambda x, w, b, num_groups: F.group_norm(x, num_groups, w, b), dict(num_groups=groups),
         x=random(*shape), w=random(shape[1]), b=random(shape[1]))

for classes, count, tenths, weighted in itertools.product([2, 5], [1, 6], [0, 1, 10], [0, 1]):
    target = torch.randint(0, classes, (count,))
    # Some classes may not count at all, but never all of them.
    weight = random(classes).abs() + (torch.arange(classes) == target[0]) if weighted else None
    x = random(count, classes).requires_grad_()
    y = F.cross_entropy(x, target, weight, label_smoothing=tenths / 10)
    y.backward()
    row = ["cross_entropy", f"tenths={tenths}", f"x {describe(x)}", f"target {describe(target)}"]
    row += [f"weight {describe(weight)}"] if weighted else []
    rows.append(row + [f"y {describe(y)}", f"dx {describe(x.grad)}"])

path = pathlib.Path(__file__).parent / "operators.tsv"
path.write_text("\n".join("\t".join(row) for row in rows) + "\n")
