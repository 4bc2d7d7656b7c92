"""Writes kinds.jsonl: what each kind of layer is like, measured on PyTorch's layer, and its shape and parameters.

Run with a Python that has PyTorch 1.13 and torchvision 0.14 (Debian: python3-torch, python3-torchvision):
python3 kinds.py > kinds.jsonl

Weights and running statistics are random, so that nothing holds by how they begin. What is measured, of the first
output as a function of the first tensor unless it says otherwise, at inference unless it says otherwise:
linear, elementwise, channelwise, rearranges, idempotent: see server/src/model/traits.ts; keeps: values from 0 on (from
0 to 6 where only those) stay; rectifies: 0 for values below 0, and nothing below; kept: every value between 0 and one
that came in; least and most: the extreme values for inputs from tiny to large; training: it changes in training;
sums: the sum along the first axis is 1.
"""

import json
import sys
import warnings

import torch
import torchvision
from torch import nn
from torch.nn import functional

TOLERANCE = 1e-9


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *tensors):
        return self.function(*tensors)


class First(nn.Module):
    """Recurrent layers return their states too."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return self.layer(x)[0]


class Attention(nn.Module):
    def __init__(self, features, heads):
        super().__init__()
        self.layer = nn.MultiheadAttention(features, heads, batch_first=True)

    def forward(self, x):
        return self.layer(x, x, x)[0]


class PerChannel(nn.Module):
    """A value for each channel, which does something with each of its values."""

    def __init__(self, channels, function):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(channels))
        self.function = function

    def forward(self, x):
        return self.function(x, self.weight.view(1, -1, *[1] * (x.dim() - 2)))


class Subsample(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.weight, self.bias = (nn.Parameter(torch.randn(1, channels, 1, 1)) for _ in range(2))

    def forward(self, x):
        return functional.avg_pool2d(x, 2) * 4 * self.weight + self.bias


class ChannelNorm(nn.Module):
    """Normalises the channels at each position."""

    def __init__(self, channels):
        super().__init__()
        self.norm = nn.LayerNorm(channels)

    def forward(self, x):
        return self.norm(x.transpose(1, -1)).transpose(1, -1)


class Given(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(shape))

    def forward(self):
        return self.weight.unsqueeze(0)


def separable():
    return nn.Sequential(nn.Conv2d(4, 4, 3, groups=4), nn.Conv2d(4, 6, 1))


def pyramid(x):
    return torch.cat([functional.adaptive_max_pool2d(x, n).flatten(1) for n in (4, 2, 1)], 1)


def unpooled(x, before):
    _, indices = functional.max_pool2d(before, 2, return_indices=True)
    return functional.max_unpool2d(x, indices, 2)


def boxes(count):
    corners = torch.rand(count, 2) * 3
    return torch.cat([torch.zeros(count, 1), corners, corners + 1 + torch.rand(count, 2) * 3], 1)


BOXES = boxes(5).double()
MAP, SMALL, ROWS = [4, 6, 6], [4, 3, 3], [7, 5]

# The call as the language writes it, on x, z, w; the shapes; the layer.
CASES = [
    ("x -> abs", [MAP], Function(torch.abs)),
    ("x -> elu", [MAP], nn.ELU()),
    ("x -> gelu", [MAP], nn.GELU()),
    ("x -> hardsigmoid", [MAP], nn.Hardsigmoid()),
    ("x -> hardswish", [MAP], nn.Hardswish()),
    ("x -> leaky_relu", [MAP], nn.LeakyReLU()),
    ("x -> mish", [MAP], nn.Mish()),
    ("x -> prelu", [MAP], nn.PReLU(4)),
    ("x -> relu", [MAP], nn.ReLU()),
    ("x -> relu6", [MAP], nn.ReLU6()),
    ("x -> selu", [MAP], nn.SELU()),
    ("x -> sigmoid", [MAP], nn.Sigmoid()),
    ("x -> silu", [MAP], nn.SiLU()),
    ("x -> softplus", [MAP], nn.Softplus()),
    ("x -> tanh", [MAP], nn.Tanh()),
    ("x -> softmax", [MAP], nn.Softmax(1)),
    ("x -> log_softmax", [MAP], nn.LogSoftmax(1)),
    ("x -> maxout(2)", [MAP], Function(lambda x: x.unflatten(1, (2, 2)).amax(2))),
    ("add(x, z)", [MAP, MAP], Function(torch.add)),
    ("sub(x, z)", [MAP, MAP], Function(torch.sub)),
    ("mul(x, z)", [MAP, MAP], Function(torch.mul)),
    ("maximum(x, z)", [MAP, MAP], Function(torch.maximum)),
    ("concat(x, z)", [MAP, SMALL[:1] + MAP[1:]], Function(lambda x, z: torch.cat([x, z], 1))),
    ("matmul(x, z)", [ROWS, [5, 3]], Function(torch.bmm)),
    ("x -> batchnorm", [MAP], nn.BatchNorm2d(4)),
    ("x -> instancenorm", [MAP], nn.InstanceNorm2d(4)),
    ("x -> groupnorm(2)", [MAP], nn.GroupNorm(2, 4)),
    ("x -> layernorm", [MAP], ChannelNorm(4)),
    ("x -> layernorm", [ROWS], nn.LayerNorm(5)),
    ("x -> l2norm", [MAP], PerChannel(4, lambda x, scale: functional.normalize(x) * scale)),
    ("x -> l2norm(scale=false)", [MAP], Function(functional.normalize)),
    ("x -> lrn(3)", [MAP], nn.LocalResponseNorm(3)),
    ("x -> scale", [MAP], PerChannel(4, torch.mul)),
    ("x -> dropout(0.5)", [MAP], nn.Dropout()),
    ("x -> dropblock(0.3)", [[4, 12, 12]], torchvision.ops.DropBlock2d(0.3, 7)),
    ("x -> drop_path(0.5)", [MAP], torchvision.ops.StochasticDepth(0.5, "row")),
    ("x -> identity", [MAP], nn.Identity()),
    ("x -> flatten", [MAP], nn.Flatten()),
    ("x -> reshape([9, 4, -1])", [MAP], Function(lambda x: x.reshape(-1, 9, 4, 4))),
    ("x -> permute([1, 2, 0])", [MAP], Function(lambda x: x.permute(0, 2, 3, 1))),
    ("x -> pixel_shuffle(2)", [MAP], nn.PixelShuffle(2)),
    ("x -> space_to_depth(2)", [MAP], nn.PixelUnshuffle(2)),
    ("x -> channel_shuffle(2)", [MAP], nn.ChannelShuffle(2)),
    ("(x -> split(2))[0]", [MAP], Function(lambda x: torch.split(x, 2, 1)[0])),
    ("x -> slice(1, 3)", [MAP], Function(lambda x: x[:, 1:3])),
    ("x -> crop(3, offset=2)", [MAP], Function(lambda x: x[:, :, 2:5, 2:5])),
    ("x -> center_crop(4)", [MAP], Function(lambda x: torchvision.transforms.functional.center_crop(x, 4))),
    ("x -> pad([1, 2, 0, 3])", [MAP], nn.ZeroPad2d((0, 3, 1, 2))),
    ("x -> upsample(2)", [MAP], nn.Upsample(scale_factor=2)),
    ("x -> upsample(2, mode=bilinear)", [MAP], nn.Upsample(scale_factor=2, mode="bilinear")),
    ("x -> upsample(2, mode=bicubic)", [MAP], nn.Upsample(scale_factor=2, mode="bicubic")),
    ("x -> resize(9)", [MAP], nn.Upsample(9, mode="bilinear")),
    ("x -> maxpool(2)", [MAP], nn.MaxPool2d(2)),
    ("x -> avgpool(2)", [MAP], nn.AvgPool2d(2)),
    ("x -> avgpool(3, padding=1)", [MAP], nn.AvgPool2d(3, padding=1)),
    ("x -> subsample(2)", [MAP], Subsample(4)),
    ("x -> adaptive_avgpool(4)", [MAP], nn.AdaptiveAvgPool2d(4)),
    ("x -> adaptive_maxpool(4)", [MAP], nn.AdaptiveMaxPool2d(4)),
    ("x -> global_avgpool", [MAP], nn.AdaptiveAvgPool2d(1)),
    ("x -> global_maxpool", [MAP], nn.AdaptiveMaxPool2d(1)),
    ("x -> spatial_pyramid_pool", [MAP], Function(pyramid)),
    ("max_unpool(x, z -> maxpool(2))", [SMALL, MAP], Function(unpooled)),
    ("x -> conv(6, 3)", [MAP], nn.Conv2d(4, 6, 3)),
    ("x -> depthwise_conv(3)", [MAP], nn.Conv2d(4, 4, 3, groups=4)),
    ("x -> separable_conv(6, 3)", [MAP], separable()),
    ("x -> conv_transpose(6, 3, stride=2)", [MAP], nn.ConvTranspose2d(4, 6, 3, stride=2)),
    ("dynamic_conv(x, z, 3)", [MAP, [72]], Function(lambda x, z: functional.conv2d(x, z.view(2, 4, 3, 3)))),
    ("x -> linear(3)", [ROWS], nn.Linear(5, 3)),
    ("dynamic_linear(x, z)", [ROWS, [15]], Function(lambda x, z: functional.linear(x, z.view(3, 5)))),
    ("x -> lstm(6)", [ROWS], First(nn.LSTM(5, 6, batch_first=True))),
    ("x -> gru(6)", [ROWS], First(nn.GRU(5, 6, batch_first=True))),
    ("x -> bilstm(6)", [ROWS], First(nn.LSTM(5, 6, batch_first=True, bidirectional=True))),
    ("x -> attention(2)", [[7, 6]], Attention(6, 2)),
    ("x -> gelu(approximate=tanh)", [MAP], nn.GELU("tanh")),
    ("x -> glu(axis=0)", [MAP], nn.GLU(1)),
    ("x -> mean(axis=0)", [MAP], Function(lambda x: x.mean(1))),
    ("x -> sum(axis=0)", [MAP], Function(lambda x: x.sum(1))),
    ("x -> max(axis=0)", [MAP], Function(lambda x: x.amax(1))),
    ("x -> min(axis=0)", [MAP], Function(lambda x: x.amin(1))),
    ("x -> norm(axis=0)", [[2, 12, 12]], Function(lambda x: x.norm(dim=1))),
    ("x -> var(axis=0)", [MAP], Function(lambda x: x.var(1))),
    ("x -> flip(0)", [MAP], Function(lambda x: x.flip(1))),
    ("x -> roll(2, axis=1)", [MAP], Function(lambda x: x.roll(2, 2))),
    ("x -> repeat([2, 1, 3])", [MAP], Function(lambda x: x.repeat(1, 2, 1, 3))),
    ("x -> unfold(2)", [MAP], nn.Unfold(2)),
    ("stack(x, z)", [MAP, MAP], Function(lambda x, z: torch.stack([x, z], 1))),
    ("x -> affine(2, 1)", [MAP], Function(lambda x: 2 * x + 1)),
    ("x -> power(2)", [MAP], Function(lambda x: x**2)),
    ("parameter([4, 6, 6])", [], Given([4, 6, 6])),
    ("roi_pool(x, z, 2)", [MAP, [5, 4]], Function(lambda x, z: torchvision.ops.roi_pool(x, BOXES, 2))),
    ("roi_align(x, z, 2)", [MAP, [5, 4]], Function(lambda x, z: torchvision.ops.roi_align(x, BOXES, 2))),
]


def close(a, b):
    return a.shape == b.shape and torch.allclose(a, b, rtol=1e-7, atol=TOLERANCE)


def drawn(shapes, scale=1.0):
    return [scale * torch.randn(1, *shape) for shape in shapes]


def linear(of, tensors):
    x, *others = tensors
    y = torch.randn_like(x)
    zero = of(torch.zeros_like(x), *others)
    grown = of(2 * x - 3 * y, *others) - zero
    return close(grown, 2 * (of(x, *others) - zero) - 3 * (of(y, *others) - zero))


def elementwise(of, tensors):
    before = of(*tensors)
    if any(tensor.shape != before.shape for tensor in tensors):
        return False
    for which, tensor in enumerate(tensors):
        for place in range(tensor.numel()):
            changed = [each.clone() for each in tensors]
            changed[which].reshape(-1)[place] += 1.5
            moved = (of(*changed) != before).reshape(-1).nonzero().view(-1).tolist()
            if any(other != place for other in moved):
                return False
    return True


def channelwise(of, tensors):
    before, reached = of(*tensors), None
    for channel in range(tensors[0].shape[1]):
        counts = torch.zeros(before.shape[1], dtype=torch.bool)
        for size in (-50.0, 1.5, 50.0):
            changed = [each.clone() for each in tensors]
            changed[0][:, channel] += size
            counts |= ((of(*changed) != before).transpose(0, 1).flatten(1)).any(1)
        reached = counts.int() if reached is None else reached + counts.int()
    return bool((reached <= 1).all())


def idempotent(of, tensors):
    if len(tensors) > 1:
        return False
    once = of(*tensors)
    return once.shape == tensors[0].shape and close(of(once), once)


def traits(of, train, shapes):
    tensors = drawn(shapes)
    x, *others = tensors
    least, most, kept = float("inf"), float("-inf"), True
    for scale in (0.1, 1, 3, 100):
        for _ in range(5):
            inputs = drawn(shapes, scale)
            out = of(*inputs)
            least, most = min(least, out.min().item()), max(most, out.max().item())
            # A tensor that lends weights or places gives no values.
            values = torch.cat([each.flatten() for each in inputs])
            kept = kept and out.max() <= max(values.max().item(), 0) + TOLERANCE
            kept = kept and out.min() >= min(values.min().item(), 0) - TOLERANCE
    above, below = x.abs(), -x.abs() - 0.01
    single = not others
    out, small = of(*tensors), 6 * torch.rand_like(x)
    return {
        "linear": linear(of, tensors),
        "elementwise": elementwise(of, tensors),
        "channelwise": channelwise(of, tensors),
        "rearranges": single and close(x.flatten().sort()[0], out.flatten().sort()[0]),
        "idempotent": idempotent(of, tensors),
        "keeps": [0, None] if single and close(of(10 * above), 10 * above) else [0, 6] if single and close(of(small), small) else None,
        "rectifies": single and not of(below).any().item() and bool((out >= 0).all()),
        "kept": bool(kept),
        "least": least,
        "most": most,
        "training": train(*tensors),
        "sums": close(out.sum(1), torch.ones_like(out.sum(1))),
    }


def row(call, shapes, layer):
    layer = layer.double()
    for name, parameter in [*layer.named_parameters(), *layer.named_buffers()]:
        if parameter.dtype.is_floating_point:
            parameter.data = torch.rand_like(parameter) + 0.5 if "var" in name else torch.randn_like(parameter)

    def of(*tensors):
        layer.eval()
        with torch.no_grad():
            return layer(*tensors)

    def train(*tensors):
        before = of(*tensors)
        layer.train()
        with torch.no_grad():
            return any(not close(layer(*tensors), before) for _ in range(20))

    out = of(*drawn(shapes))
    params = sum(parameter.numel() for parameter in layer.parameters())
    measured = traits(of, train, shapes) if shapes else None
    return {"layer": call, "in": shapes, "out": list(out.shape[1:]), "params": params, "traits": measured}


def main():
    warnings.filterwarnings("ignore")
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    for call, shapes, layer in CASES:
        print(json.dumps(row(call, shapes, layer)))


if __name__ == "__main__":
    sys.exit(main())
