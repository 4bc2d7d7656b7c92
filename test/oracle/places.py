"""Writes places.jsonl: random networks that move positions about, with what PyTorch measures of every tensor.

Run with a Python that has PyTorch 1.13 (Debian: python3-torch):  python3 places.py > places.jsonl
Rows made of maps, windows of tokens, reshapes that cut and merge axes, class tokens, slices and joins along one axis
and along both, torus rolls. All layers are linear with positive weights, so that a value's gradient is what the network
makes of one lit pixel: one image a pixel, all in one batch. Of each tensor `seen` is, along each axis of the input, the
most pixels from the first to the last that change one value; 0 where no value depends on the input.
"""

import json
import random
import sys
import warnings

import torch
from torch import nn
from torch.nn import functional

NETWORKS = 300
LARGEST = 6_000
pick, integer = random.choice, random.randint


def mixed(x, axis):
    """Every value along an axis becomes a mean of all of them, as a normalisation or a linear layer mixes them."""
    return x.mean(axis, keepdim=True).expand_as(x)


def conv(x, text, stride=1):
    outputs, kernel = pick([2, 4]), integer(1, 3)
    padding = integer(0, kernel // 2)
    make = nn.Conv1d if x.dim() == 3 else nn.Conv2d
    module = make(x.shape[1], outputs, kernel, stride, padding, bias=False)
    nn.init.constant_(module.weight, 0.5)
    return f"{text} -> conv({outputs}, {kernel}, stride={stride}, padding={padding}, bias=false)", module(x)


def divisors(size):
    return [n for n in range(1, size + 1) if size % n == 0]


def patches(x, text):
    size = pick([2, 3, 4])
    module = nn.Conv2d(x.shape[1], 4, size, size, bias=False)
    nn.init.constant_(module.weight, 0.5)
    return f"{text} -> conv(4, {size}, stride={size}, bias=false)", module(x)


def reshape(x, text, shape):
    return f"{text} -> reshape({list(shape)})", x.reshape(x.shape[0], *shape)


def permute(x, text, order):
    return f"{text} -> permute({list(order)})", x.permute(0, *(axis + 1 for axis in order))


def rows(x, text):
    """A map as rows of channels."""
    text, x = reshape(x, text, [x.shape[1], x.shape[2] * x.shape[3]])
    return permute(x, text, [1, 0])


def windows(x, text):
    """A map as windows of tokens, each a row of all its features; mixed, and back to a map."""
    channels, height, width = x.shape[1:]
    tall, wide = pick(divisors(height)), pick(divisors(width))
    text, x = reshape(x, text, [channels, height // tall, tall, width // wide, wide])
    text, x = permute(x, text, [1, 3, 2, 4, 0])
    split = list(x.shape[1:])
    text, x = reshape(x, text, [split[0] * split[1], split[2] * split[3] * split[4]])
    if random.random() < 0.7:
        text, x = linear(x, text, x.shape[2])
    if random.random() < 0.3:
        return text, x
    text, x = reshape(x, text, split)
    text, x = permute(x, text, [4, 0, 2, 1, 3])
    return reshape(x, text, [channels, height, width])


def linear(x, text, features=None):
    features = features or pick([2, 4, 6])
    return f"{text} -> linear({features}, bias=false)", x.mean(2, keepdim=True).expand(*x.shape[:2], features)


def layernorm(x, text):
    return f"{text} -> layernorm", mixed(x, 2 if x.dim() == 3 else 1)


def regroup(x, text):
    """The values under a shape of two or three axes that need not go with the old one."""
    count = x[0].numel()
    first = pick(divisors(count))
    second = pick(divisors(count // first))
    shape = pick([[first, count // first], [first, second, count // first // second]])
    return reshape(x, text, shape)


def token(x, text):
    """One row more that depends on nothing, before the others."""
    zeros = torch.zeros(x.shape[0], 1, x.shape[2])
    return f"concat(parameter([1, {x.shape[2]}]), {text}, axis=0)", torch.cat([zeros, x], 1)


def part(x, text):
    axis = integer(0 if x.dim() == 3 else 1, x.dim() - 2)
    size = x.shape[axis + 1]
    start = integer(0, size - 1)
    stop = integer(start + 1, size)
    return f"{text} -> slice({start}, {stop}, axis={axis})", x.narrow(axis + 1, start, stop - start)


def roll(x, text, axis):
    size = x.shape[axis + 1]
    by = integer(1, size - 1) if size > 1 else 0
    if by == 0:
        return text, x
    parts = f"{text} -> slice({by}, {size}, axis={axis}), {text} -> slice(0, {by}, axis={axis})"
    return f"concat({parts}, axis={axis})", torch.roll(x, -by, axis + 1)


def torus(x, name):
    """Rolled along one axis or both; the first roll gets a name of its own."""
    text, x = roll(x, name, pick([1, 2]))
    return text, x


def moved(x, text):
    """Shifted with zeros behind it, its size kept."""
    down, right = (integer(-2, 2) for _ in range(2))
    text = f"{text} -> pad([{down}, {-down}, {right}, {-right}])"
    return text, functional.pad(x, (right, -right, down, -down))


def seam(x, name):
    """Two halves along one axis, of two copies that were shifted in different ways."""
    axis = pick([1, 2])
    size = x.shape[axis + 1]
    if size < 2 or min(x.shape[2:]) < 5:
        return name, x
    cut = integer(1, size - 1)
    first, a = moved(x, name)
    second, b = moved(x, name)
    parts = f"{first} -> slice(0, {cut}, axis={axis}), {second} -> slice({cut}, {size}, axis={axis})"
    joined = torch.cat([a.narrow(axis + 1, 0, cut), b.narrow(axis + 1, cut, size - cut)], axis + 1)
    return f"concat({parts}, axis={axis})", joined


def halves(x, name):
    axis = pick([1, 2])
    if x.shape[axis + 1] % 2 or x.shape[axis + 1] < 2:
        return name, x
    half = x.shape[axis + 1] // 2
    first, second = (x.narrow(axis + 1, i * half, half) for i in (0, 1))
    parts = f"{name} -> slice(0, {half}, axis={axis}), {name} -> slice({half}, {2 * half}, axis={axis})"
    if random.random() < 0.5:
        return f"add({parts})", first + second
    return f"concat({parts}, axis={pick([axis])})", torch.cat([first, second], axis + 1)


ON_MAPS = [conv, conv, conv, windows, windows, rows, torus, torus, seam, halves, part, moved, regroup, layernorm]
ON_ROWS = [linear, linear, layernorm, token, part, regroup, conv]


def seen(tensor, sizes):
    """The extents of what changes each value; `tensor` has one image a pixel, rows first."""
    lit = (tensor.reshape(*sizes, -1) > 0).permute(2, 0, 1)
    found = []
    for axis in (0, 1):
        along = lit.any(2 - axis)
        size = sizes[axis]
        first = along.int().argmax(1)
        last = size - 1 - along.flip(1).int().argmax(1)
        most = torch.where(along.any(1), last - first + 1, torch.zeros_like(first))
        found.append(int(most.max()))
    return found


def network(number):
    sizes = [pick([6, 8, 9, 12]), pick([6, 8, 9, 12])]
    pixels = sizes[0] * sizes[1]
    image = torch.eye(pixels).reshape(pixels, 1, *sizes).repeat(1, 2, 1, 1)
    tensors = {"image": image}
    lines, measured = [f"network R{number} {{", f"  input image: {[2, *sizes]}"], {}
    for index in range(1, integer(3, 7)):
        source = list(tensors)[-1] if random.random() < 0.8 else pick(list(tensors))
        x = tensors[source]
        if x.dim() not in (3, 4):
            continue
        layer = patches if index == 1 and random.random() < 0.3 else pick(ON_MAPS if x.dim() == 4 else ON_ROWS)
        try:
            text, result = layer(x, source)
        except (RuntimeError, IndexError):
            continue
        if text == source or not 0 < result[0].numel() < LARGEST:
            continue
        name = f"t{index}"
        tensors[name] = result
        lines.append(f"  {name} = {text}")
        measured[name] = {"out": list(result.shape[1:]), "seen": seen(result, sizes)}
    lines += [f"  output y = {list(tensors)[-1]}", "}", ""]
    return {"id": f"R{number}", "text": "\n".join(lines), "tensors": measured}


def main():
    warnings.filterwarnings("ignore")
    torch.set_grad_enabled(False)
    random.seed(1)
    for number in range(NETWORKS):
        print(json.dumps(network(number)))


if __name__ == "__main__":
    sys.exit(main())
