"""Writes edges.jsonl: layers at the edges of what PyTorch accepts, with what it makes of them.

Run with a Python that has PyTorch 1.13 (Debian: python3-torch):  python3 edges.py > edges.jsonl
Small maps, large windows and paddings, ceil mode, fractional scales, negative amounts: about a third is refused.
"""

import json
import math
import random
import sys
import warnings

import torch
from torch import nn
from torch.nn import functional

ROWS = 1500
MODES = {"zeros": "constant", "nearest": "replicate", "reflect": "reflect", "circular": "circular"}
pick = random.choice


def sizes(axes, low, high):
    """One number per axis, often the same on all."""
    if random.random() < 0.5:
        return [random.randint(low, high)] * axes
    return [random.randint(low, high) for _ in range(axes)]


def text(values):
    if len(set(values)) == 1 and (len(values) == 1 or random.random() < 0.6):
        return str(values[0])
    return pick(["x".join(map(str, values)), str(values)])


def word(value):
    return str(value).lower()


def of_rank(name, axes):
    return getattr(nn, f"{name}{axes}d")


def named_padding(name, size, kernel, stride, dilation):
    span = dilation * (kernel - 1) + 1
    if name == "same":
        total = max((math.ceil(size / stride) - 1) * stride + span - size, 0)
        return (total // 2, total - total // 2)
    amount = {"valid": 0, "half": span // 2, "full": span - 1}[name]
    return (amount, amount)


def padded(amounts, mode="zeros"):
    flat = [amount for pair in reversed(amounts) for amount in pair]
    return lambda x: functional.pad(x, flat, mode=MODES[mode])


def convolution(kind, shape, axes):
    kernel, stride = sizes(axes, 1, 5), sizes(axes, 1, 4)
    dilation = sizes(axes, 1, 3) if random.random() < 0.4 else [1] * axes
    channels, groups, bias = pick([1, 2, 4, 6, 12]), pick([1, 1, 1, 2, 3, 4]), random.random() < 0.5
    padding = pick(["valid", "half", "full", "same", None, None, None])
    if padding:
        windows = zip(shape[1:], kernel, stride, dilation)
        amounts = [named_padding(padding, *window) for window in windows]
    elif random.random() < 0.7:
        one = sizes(axes, 0, 4)
        padding, amounts = text(one), [(p, p) for p in one]
    else:
        amounts = [(random.randint(0, 3), random.randint(0, 3)) for _ in range(axes)]
        padding = str([p for pair in amounts for p in pair])
    options = f"stride={text(stride)}, padding={padding}, dilation={text(dilation)}, bias={word(bias)}"
    conv, inputs, mode = of_rank("Conv", axes), shape[0], "zeros"
    if kind == "conv":
        mode = pick(["zeros", "zeros", "zeros", "nearest", "reflect", "circular"])
        layer = f"conv({channels}, {text(kernel)}, {options}, groups={groups}, padding_mode={mode})"
        make = lambda: conv(inputs, channels, kernel, stride, 0, dilation, groups, bias)
    elif kind == "depthwise_conv":
        many = random.randint(1, 3)
        layer = f"depthwise_conv({text(kernel)}, multiplier={many}, {options})"
        make = lambda: conv(inputs, inputs * many, kernel, stride, 0, dilation, inputs, bias)
    else:
        layer = f"separable_conv({channels}, {text(kernel)}, {options})"
        make = lambda: nn.Sequential(
            conv(inputs, inputs, kernel, stride, 0, dilation, inputs, bias), conv(inputs, channels, 1, bias=bias)
        )
    return layer, make, padded(amounts, mode)


def transposed(shape, axes):
    kernel, stride, padding = sizes(axes, 1, 5), sizes(axes, 1, 4), sizes(axes, 0, 3)
    dilation = sizes(axes, 1, 3) if random.random() < 0.4 else [1] * axes
    extra = sizes(axes, 0, 3) if random.random() < 0.5 else [0] * axes
    channels, groups, bias = pick([1, 2, 4, 6, 12]), pick([1, 1, 1, 2, 3, 4]), random.random() < 0.5
    layer = (
        f"conv_transpose({channels}, {text(kernel)}, stride={text(stride)}, padding={text(padding)}, "
        f"output_padding={text(extra)}, dilation={text(dilation)}, groups={groups}, bias={word(bias)})"
    )
    conv = of_rank("ConvTranspose", axes)
    return layer, lambda: conv(shape[0], channels, kernel, stride, padding, extra, groups, bias, dilation), None


def pooling(kind, axes):
    kernel, padding, ceil = sizes(axes, 1, 6), sizes(axes, 0, 3), random.random() < 0.5
    if random.random() < 0.4:
        padding = [0] * axes
    stride = sizes(axes, 1, 5) if random.random() < 0.7 else kernel
    flat = lambda values: values if axes > 1 else values[0]
    options = f"{text(kernel)}, stride={text(stride)}, padding={text(padding)}, ceil={word(ceil)}"
    if kind == "avgpool":
        pool = of_rank("AvgPool", axes)
        return f"avgpool({options})", lambda: pool(flat(kernel), flat(stride), flat(padding), ceil), None
    dilation = sizes(axes, 1, 3) if random.random() < 0.3 else [1] * axes
    pool = of_rank("MaxPool", axes)
    make = lambda: pool(flat(kernel), flat(stride), flat(padding), flat(dilation), ceil_mode=ceil)
    return f"maxpool({options}, dilation={text(dilation)})", make, None


def padding_layer(axes):
    amounts = [(random.randint(-2, 4), random.randint(-2, 4)) for _ in range(axes)]
    mode = pick(["zeros", "zeros", "nearest", "reflect", "circular"])
    layer = f"pad({[p for pair in amounts for p in pair]}, mode={mode})"
    return layer, nn.Identity, padded(amounts, mode)


def resampling(kind, axes):
    if kind == "resize":
        size = sizes(axes, 1, 30)
        return f"resize({text(size)}, mode=nearest)", lambda: nn.Upsample(size=tuple(size)), None
    scale = pick([2, 3, 4, 1.5, 0.5, 2.5, 0.7, 1.25, 0.3, 1.1])
    mode = pick(["nearest", "bilinear", "bicubic"] if axes == 2 else ["nearest", "bilinear"])
    name = ["linear", "bilinear", "trilinear"][axes - 1] if mode == "bilinear" else mode
    return f"upsample({scale}, mode={mode})", lambda: nn.Upsample(scale_factor=scale, mode=name), None


def other(kind, shape, axes):
    channels = shape[0]
    if kind == "adaptive":
        size, name = sizes(axes, 1, 12), pick(["avg", "max"])
        pool = of_rank(f"Adaptive{name.capitalize()}Pool", axes)
        return f"adaptive_{name}pool({text(size)})", lambda: pool(tuple(size)), None
    if kind == "groupnorm":
        groups = random.randint(1, 4)
        return f"groupnorm({groups})", lambda: nn.GroupNorm(groups, channels), None
    if kind == "batchnorm":
        return "batchnorm", lambda: of_rank("BatchNorm", max(1, len(shape) - 1))(channels), None
    if kind == "prelu":
        return "prelu", lambda: nn.PReLU(channels), None
    if kind == "instancenorm":
        affine = random.random() < 0.5
        norm = of_rank("InstanceNorm", axes)
        return f"instancenorm(affine={word(affine)})", lambda: norm(channels, affine=affine), None
    if kind == "linear":
        features, bias = random.randint(1, 9), random.random() < 0.5
        return f"linear({features}, bias={word(bias)})", lambda: nn.Linear(shape[-1], features, bias), None
    factor = random.randint(1, 3)
    if kind == "pixel_shuffle":
        return f"pixel_shuffle({factor})", lambda: nn.PixelShuffle(factor), None
    return f"space_to_depth({factor})", lambda: nn.PixelUnshuffle(factor), None


KINDS = (
    ["conv"] * 4
    + ["conv_transpose"] * 4
    + ["maxpool", "avgpool"] * 3
    + ["depthwise_conv", "separable_conv", "adaptive", "upsample", "resize", "groupnorm", "batchnorm", "pad"]
    + ["pixel_shuffle", "space_to_depth", "prelu", "instancenorm", "linear"]
)


def case():
    kind = pick(KINDS)
    axes = 2 if kind in ("pixel_shuffle", "space_to_depth") else pick([1, 2, 2, 2, 3])
    shape = [pick([1, 2, 3, 4, 6, 8, 12]), *sizes(axes, 1, [60, 24, 9][axes - 1])]
    if kind in ("groupnorm", "batchnorm", "prelu") and random.random() < 0.3:
        shape = shape[:1]
    if kind == "linear":
        shape = shape[: pick([1, 2])]
    if kind in ("conv", "depthwise_conv", "separable_conv"):
        return shape, convolution(kind, shape, axes)
    if kind == "conv_transpose":
        return shape, transposed(shape, axes)
    if kind in ("maxpool", "avgpool"):
        return shape, pooling(kind, axes)
    if kind == "pad":
        return shape, padding_layer(axes)
    if kind in ("upsample", "resize"):
        return shape, resampling(kind, axes)
    return shape, other(kind, shape, axes)


def executed(module, before, shape):
    """Runs the module on one image and counts its multiply-accumulates."""
    macs = 0

    def count(layer, inputs, output):
        nonlocal macs
        positions = inputs[0].shape[2:] if "Transpose" in type(layer).__name__ else output.shape[2:]
        if isinstance(layer, nn.Linear):
            positions = output.shape[1:-1]
        macs += layer.weight.numel() * math.prod(positions)

    for layer in module.modules():
        if isinstance(layer, (nn.modules.conv._ConvNd, nn.Linear)):
            layer.register_forward_hook(count)
    with torch.no_grad():
        x = torch.zeros(1, *shape)
        output = module.eval()(before(x) if before else x)
    return list(output.shape[1:]), sum(weight.numel() for weight in module.parameters()), macs


def main():
    warnings.filterwarnings("ignore")
    random.seed(1)
    for number in range(ROWS):
        shape, (layer, make, before) = case()
        row = {"id": f"E{number:04}", "layer": layer, "in": shape}
        try:
            out, params, macs = executed(make(), before, shape)
            row |= {"out": out, "params": params, "macs": macs}
            if 0 in out:
                row = {"id": row["id"], "layer": layer, "in": shape, "out": None, "why": "an axis of size 0"}
        except (RuntimeError, ValueError, IndexError) as error:
            row |= {"out": None, "why": str(error).splitlines()[0][:160]}
        print(json.dumps(row))


if __name__ == "__main__":
    sys.exit(main())
