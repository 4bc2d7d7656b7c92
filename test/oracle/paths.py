"""Writes paths.jsonl: random networks that branch and merge, with what PyTorch measures of every tensor.

Run with a Python that has PyTorch 1.13 (Debian: python3-torch):  python3 paths.py > paths.jsonl
Beyond networks.jsonl: dilation, asymmetric padding, fractional and linear sampling, adaptive pooling, ceil mode.
A receptive field is measured by gradients: all weights are positive, so whatever reaches a value changes it.
Values whose region touches the image's border do not count; null where that is all of them.
"""

import json
import random
import sys
import warnings

import torch
from torch import nn
from torch.nn import functional

NETWORKS = 120
LARGEST = 60_000
pick, integer = random.choice, random.randint


class MixedShuffle(nn.Module):
    """Trades channels for positions. Channels are mixed first, so that where a value goes does not matter."""

    def __init__(self, move):
        super().__init__()
        self.move = move

    def forward(self, x):
        mixed = x.mean(1, keepdim=True).expand_as(x)
        moved = self.move(mixed, 2)
        return moved.mean(1, keepdim=True).expand_as(moved)


def window(channels):
    return conv(channels) if random.random() < 0.6 else depthwise(channels)


def conv(channels):
    outputs, kernel = pick([2, 4, 6]), [integer(1, 5), integer(1, 5)]
    stride, padding, dilation = pick([1, 1, 1, 2, 3]), integer(0, 2), pick([1, 1, 1, 2, 3])
    text = f"conv({outputs}, {kernel[0]}x{kernel[1]}, stride={stride}, padding={padding}, dilation={dilation})"
    return text, nn.Conv2d(channels, outputs, kernel, stride, padding, dilation)


def depthwise(channels):
    kernel = integer(1, 4)
    text = f"depthwise_conv({kernel}, padding={kernel // 2})"
    return text, nn.Conv2d(channels, channels, kernel, padding=kernel // 2, groups=channels)


def transposed(channels):
    outputs, kernel, stride, padding = pick([2, 4]), integer(1, 5), pick([1, 2, 2, 3]), integer(0, 2)
    extra = integer(0, stride - 1)
    text = f"conv_transpose({outputs}, {kernel}, stride={stride}, padding={padding}, output_padding={extra})"
    return text, nn.ConvTranspose2d(channels, outputs, kernel, stride, padding, extra)


def pooling(_channels):
    name, kernel, stride = pick(["avgpool", "maxpool"]), integer(1, 4), integer(1, 3)
    padding, ceil = integer(0, kernel // 2), random.random() < 0.5
    text = f"{name}({kernel}, stride={stride}, padding={padding}, ceil={str(ceil).lower()})"
    # What a maximum may come from, a mean always comes from.
    return text, nn.AvgPool2d(kernel, stride, padding, ceil_mode=ceil)


def adaptive(_channels):
    size = (integer(2, 12), integer(2, 12))
    return f"adaptive_avgpool({size[0]}x{size[1]})", nn.AdaptiveAvgPool2d(size)


def sampling(_channels):
    scale, mode = pick([2, 1.5, 0.5]), pick(["nearest", "bilinear"])
    return f"upsample({scale}, mode={mode})", nn.Upsample(scale_factor=scale, mode=mode)


def padding(_channels):
    top, bottom, left, right = (integer(0, 2) for _ in range(4))
    return f"pad([{top}, {bottom}, {left}, {right}])", nn.ConstantPad2d((left, right, top, bottom), 0)


def pointwise(channels):
    return pick([("batchnorm", nn.BatchNorm2d(channels)), ("relu", nn.ReLU())])


def shuffle(_channels):
    return pick(
        [
            ("pixel_shuffle(2)", MixedShuffle(functional.pixel_shuffle)),
            ("space_to_depth(2)", MixedShuffle(functional.pixel_unshuffle)),
        ]
    )


STAGES = [window] * 8 + [pooling] * 3 + [transposed] * 2 + [sampling] * 2 + [adaptive, padding, pointwise, shuffle]


def flow(x):
    """A few stages one after the other, those that PyTorch refuses left out: texts, parameters, result."""
    texts, params = [], 0
    for _ in range(integer(1, 3)):
        text, module = pick(STAGES)(x.shape[1])
        for weight in module.parameters():
            nn.init.constant_(weight, 0.5)
        try:
            result = module.eval()(x)
        except RuntimeError:
            continue
        if 0 < result.numel() < LARGEST:
            x = result
            texts.append(text)
            params += sum(weight.numel() for weight in module.parameters())
    return texts, params, x


def merge(tensors):
    """Two tensors of one size, added or joined; None when there are none."""
    pairs = [(a, b) for a in tensors for b in tensors if a < b and tensors[a].shape[2:] == tensors[b].shape[2:]]
    if not pairs:
        return None
    a, b = pick(pairs)
    if tensors[a].shape == tensors[b].shape and random.random() < 0.6:
        return f"add({a}, {b})", tensors[a] + tensors[b]
    return f"concat({a}, {b})", torch.cat([tensors[a], tensors[b]], 1)


def extent(tensor, image, axis):
    size = image.shape[axis + 2]
    largest = None
    for position in range(tensor.shape[axis + 2]):
        total = tensor.select(axis + 2, position).sum()
        (gradient,) = torch.autograd.grad(total, image, retain_graph=True)
        seen = gradient[0].sum(0).sum(1 - axis).nonzero().flatten().tolist()
        if seen and seen[0] > 0 and seen[-1] < size - 1:
            largest = max(largest or 0, seen[-1] - seen[0] + 1)
    return largest


def network(number):
    shape = [integer(1, 3), integer(20, 70), integer(20, 70)]
    image = torch.ones(1, *shape, requires_grad=True)
    tensors, bindings, total = {"image": image}, {}, 0
    lines = [f"network P{number} {{", f"  input image: {shape}"]
    for index in range(1, integer(4, 8)):
        name, merged = f"t{index}", None
        if len(tensors) > 2 and random.random() < 0.35:
            merged = merge(tensors)
        if merged:
            text, tensors[name] = merged
            params = 0
        else:
            source = pick(list(tensors)[-3:])
            texts, params, result = flow(tensors[source])
            if not texts:
                continue
            tensors[name] = result
            text = " -> ".join([source, *texts])
        lines.append(f"  {name} = {text}")
        total += params
        bindings[name] = {
            "out": list(tensors[name].shape[1:]),
            "params": params,
            "rf": [extent(tensors[name], image, axis) for axis in (0, 1)],
        }
    source = "\n".join([*lines, f"  output {list(tensors)[-1]}" if bindings else "  output y = image", "}", ""])
    return {"id": f"P{number}", "source": source, "input": shape, "bindings": bindings, "params": total}


def main():
    warnings.filterwarnings("ignore")
    torch.set_default_dtype(torch.float64)
    random.seed(1)
    for number in range(NETWORKS):
        print(json.dumps(network(number)))


if __name__ == "__main__":
    sys.exit(main())
