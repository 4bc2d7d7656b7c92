"""Writes operations.jsonl: attention, products, reductions, recurrence and rearranging, as PyTorch executes them.

Run with a Python that has PyTorch 1.13 and torchvision (Debian: python3-torch, python3-torchvision):
    python3 operations.py > operations.jsonl
Each row is the expression of an output whose inputs are called a, b and c. About a fifth is refused.
"""

import json
import math
import random
import sys
import warnings

import torch
import torchvision
from torch import nn
from torch.nn import functional

ROWS = 900
pick = random.choice
chance = lambda part: random.random() < part


def sizes(count, low=1, high=9):
    return [random.randint(low, high) for _ in range(count)]


def word(value):
    return str(value).lower()


def axes_text(axes):
    return str(axes[0]) if len(axes) == 1 and chance(0.7) else str(axes)


def batched_axis(axis):
    """Our axes have no batch before them."""
    return axis + 1 if axis >= 0 else axis


def some_axes(rank, most=None):
    """Different axes of a tensor, some counted from its end, and now and then one that is not there."""
    count = random.randint(1, min(rank, most or rank))
    axes = [axis - rank if chance(0.3) else axis for axis in random.sample(range(rank), count)]
    if chance(0.05):
        axes[0] = rank
    if len(axes) > 1 and chance(0.05):
        axes[0] = axes[1]
    return axes


def attention():
    heads, rows, seen = random.randint(1, 4), random.randint(1, 9), random.randint(1, 9)
    features = heads * random.randint(1, 8) if chance(0.8) else random.randint(1, 32)
    bias = chance(0.7)
    given = random.randint(1, 3)
    key_features = features if given == 1 else pick([features, random.randint(1, 20)])
    value_features = key_features if given < 3 else random.randint(1, 20)
    shapes = [[rows, features], [seen, key_features], [seen, value_features]]
    batched = chance(0.2)
    if batched:
        sets = random.randint(1, 4)
        shapes = [[sets, *shape] for shape in shapes]
    if given == 3 and chance(0.1):
        shapes[2][-2] += 1
    names = ", ".join("abc"[:given])
    options = f"bias={word(bias)}" + (", batched=true" if batched else "")

    def run(*tensors):
        query, key, value = [*tensors, tensors[-1], tensors[-1]][:3]
        if batched:
            query, key, value = query[0], key[0], value[0]
        module = nn.MultiheadAttention(
            features, heads, bias=bias, kdim=key_features, vdim=value_features, batch_first=True
        )
        output = module(query, key, value, need_weights=False)[0]
        return (output[None] if batched else output), module

    return f"attention({names}, {heads}, {options})", shapes[:given], run


def product():
    m, k, n = sizes(3)
    before = sizes(random.randint(0, 2), 1, 4)
    other = list(before) if chance(0.6) else [pick([1, size, size + 1]) for size in before]
    if chance(0.2):
        other = []
    left, right = chance(0.3), chance(0.3)
    a = [*before, *([k, m] if left else [m, k])]
    wrong = k + 1 if chance(0.1) else k
    b = [*other, *([n, wrong] if right else [wrong, n])]
    options = "".join(f", transpose_{name}=true" for name, given in (("a", left), ("b", right)) if given)

    def run(a, b):
        # Without the batch: a tensor of two axes meets all matrices of the other.
        a, b = a[0], b[0]
        return torch.matmul(a.mT if left else a, b.mT if right else b)[None], None

    return f"{pick(['matmul', 'bmm'])}(a, b{options})", [a, b], run


def reduction():
    name = pick(["mean", "sum", "max", "min", "norm", "var"])
    shape = sizes(random.randint(2, 4))
    axes, keep = some_axes(len(shape), len(shape) - 1), chance(0.5)
    dims = [batched_axis(axis) for axis in axes]
    functions = {
        "mean": lambda x: x.mean(dims, keepdim=keep),
        "sum": lambda x: x.sum(dims, keepdim=keep),
        "max": lambda x: x.amax(dims, keepdim=keep),
        "min": lambda x: x.amin(dims, keepdim=keep),
        "norm": lambda x: torch.linalg.vector_norm(x, dim=dims, keepdim=keep),
        "var": lambda x: x.var(dims, keepdim=keep),
    }
    layer = f"a -> {name}(axis={axes_text(axes)}, keep={word(keep)})"
    return layer, [shape], lambda x: (functions[name](x), None)


def recurrent():
    kind = pick(["lstm", "gru", "bilstm"])
    rows, features, hidden, layers = *sizes(2), random.randint(2, 9), random.randint(1, 3)
    both, bias = kind == "bilstm" or chance(0.5), chance(0.7)
    proj = random.randint(1, 10) if kind != "gru" and chance(0.4) else 0
    options = [str(hidden), f"layers={layers}", f"bias={word(bias)}"]
    if kind != "bilstm":
        options.append(f"bidirectional={word(both)}")
    if proj:
        options.append(f"proj={proj}")

    def run(x):
        of = {"bias": bias, "bidirectional": both, "batch_first": True}
        if kind == "gru":
            module = nn.GRU(features, hidden, layers, **of)
        else:
            module = nn.LSTM(features, hidden, layers, proj_size=proj, **of)
        return module(x)[0], module

    return f"a -> {kind}({', '.join(options)})", [[rows, features]], run


def embedding():
    count, features, words = sizes(3, 1, 30)

    def run(x):
        module = nn.Embedding(count, features)
        return module(x.long()), module

    return f"a -> embedding({count}, {features})", [[words]], run


def gathering():
    shape = sizes(random.randint(2, 3))
    axis = random.randrange(len(shape))
    index = [size if chance(0.6) else random.randint(1, size + 1) for size in shape]
    index[axis] = random.randint(1, 12)
    run = lambda x, index: (torch.gather(x, axis + 1, index.long()), None)
    return f"gather(a, b, axis={axis})", [shape, index], run


def reordering():
    shape = sizes(random.randint(2, 4))
    axes = some_axes(len(shape))
    dims = [batched_axis(axis) for axis in axes]
    if chance(0.5):
        return f"a -> flip({axes_text(axes)})", [shape], lambda x: (x.flip(dims), None)
    shifts = [random.randint(-5, 5) for _ in axes]
    if chance(0.1):
        shifts = [*shifts, 1]
    # PyTorch shifts an axis that is named twice by both.
    if len({axis % len(shape) for axis in axes}) < len(axes):
        return reordering()
    return f"a -> roll({axes_text(shifts)}, axis={axes_text(axes)})", [shape], lambda x: (x.roll(shifts, dims), None)


def joining():
    shape = sizes(random.randint(1, 3))
    shapes = [list(shape) for _ in range(random.randint(2, 3))]
    if chance(0.1):
        shapes[1][-1] += 1
    axis = random.randint(-len(shape) - 1, len(shape))
    run = lambda *tensors: (torch.stack(tensors, batched_axis(axis)), None)
    return f"stack({', '.join('abc'[:len(shapes)])}, axis={axis})", shapes, run


def repeating():
    shape = sizes(random.randint(2, 4))
    counts = sizes(len(shape), 1, 3)
    return f"a -> repeat({counts})", [shape], lambda x: (x.repeat(1, *counts), None)


def flattening():
    shape = sizes(random.randint(2, 4))
    start, end = random.randint(0, len(shape) - 1), random.randint(0, len(shape) - 1)
    if chance(0.3):
        end -= len(shape)
    if chance(0.05):
        end = len(shape)
    run = lambda x: (torch.flatten(x, start + 1, batched_axis(end)), None)
    return f"a -> flatten(start={start}, end={end})", [shape], run


def slicing():
    shape = sizes(random.randint(2, 3), 3, 12)
    axis = random.randrange(len(shape))
    start, stop, step = random.randint(0, 4), random.randint(1, shape[axis]), random.randint(1, 4)

    def run(x):
        index = [slice(None)] * (axis + 1) + [slice(start, stop, step)]
        return x[tuple(index)], None

    return f"a -> slice({start}, {stop}, axis={axis}, step={step})", [shape], run


def unfolding():
    shape = [random.randint(1, 4), *sizes(2, 3, 12)]
    kernel, stride, padding, dilation = sizes(2, 1, 4), sizes(2, 1, 3), sizes(2, 0, 2), sizes(2, 1, 2)
    module = nn.Unfold(kernel, dilation, padding, stride)
    layer = f"a -> unfold({kernel}, stride={stride}, padding={padding}, dilation={dilation})"
    return layer, [shape], lambda x: (module(x), module)


def sampling():
    axes = pick([2, 2, 3])
    shape, places = [random.randint(1, 4), *sizes(axes)], sizes(axes)
    last = axes if chance(0.85) else axes + 1
    mode, outside = pick(["bilinear", "nearest", "bicubic"]), pick(["zeros", "nearest", "reflect"])
    aligned = chance(0.5)
    padding = {"zeros": "zeros", "nearest": "border", "reflect": "reflection"}[outside]

    def run(x, grid):
        return functional.grid_sample(x, grid, mode, padding, aligned), None

    layer = f"grid_sample(a, b, mode={mode}, outside={outside}, align_corners={word(aligned)})"
    return layer, [shape, [*places, last]], run


def deforming():
    shape = [pick([2, 4, 6]), *sizes(2, 3, 12)]
    kernel, stride, padding, dilation = sizes(2, 1, 3), sizes(2, 1, 2), sizes(2, 0, 2), sizes(2, 1, 2)
    channels, groups, parts = pick([2, 4, 6]), pick([1, 1, 2, 3]), pick([1, 1, 2, 3])
    bias, masked = chance(0.5), chance(0.4)
    windows = zip(shape[1:], kernel, stride, padding, dilation)
    places = [(i + 2 * p - d * (k - 1) - 1) // s + 1 for i, k, s, p, d in windows]
    if min(places) < 1:
        return deforming()
    if chance(0.1):
        places[0] += 1
    taps = kernel[0] * kernel[1]
    shapes = [shape, [2 * taps * parts, *places], [taps * parts, *places]][: 3 if masked else 2]
    options = f"stride={stride}, padding={padding}, dilation={dilation}, groups={groups}, bias={word(bias)}"
    names = ", ".join("abc"[: len(shapes)])

    def run(x, offsets, mask=None):
        module = torchvision.ops.DeformConv2d(shape[0], channels, kernel, stride, padding, dilation, groups, bias)
        return module(x, offsets, mask), module

    return f"deform_conv({names}, {channels}, {kernel}, {options})", shapes, run


def normalising():
    shape = sizes(random.randint(2, 4))
    count = random.randint(1, len(shape))
    affine = chance(0.7)
    axes = list(range(len(shape) - count, len(shape)))

    def run(x):
        module = nn.LayerNorm(shape[len(shape) - count :], elementwise_affine=affine)
        return module(x), module

    return f"a -> layernorm(axes={axes}, affine={word(affine)})", [shape], run


def halving():
    shape = sizes(random.randint(2, 4), 1, 8)
    axis = random.randrange(len(shape))
    return f"a -> glu(axis={axis})", [shape], lambda x: (functional.glu(x, axis + 1), None)


def reaching():
    axes = pick([1, 2])
    shape = [pick([1, 2, 4]), *sizes(axes, 1, 12)]
    kernel, stride, padding = sizes(axes, 1, 5), sizes(axes, 1, 4), sizes(axes, 0, 2)
    windows = zip(shape[1:], kernel, stride, padding)
    size = [(i - 1) * s - 2 * p + k + random.randint(0, s - 1) for i, k, s, p in windows]
    if min(size) < 1:
        return reaching()
    if chance(0.2):
        size[0] += stride[0]
    options = f"stride={stride}, padding={padding}"
    second = chance(0.4)
    layer = f"conv_transpose(a, b, 4, {kernel}, {options})" if second else f"a -> conv_transpose(4, {kernel}, {options}, size={size})"

    def run(x, *_):
        module = getattr(nn, f"ConvTranspose{axes}d")(shape[0], 4, kernel, stride, padding)
        return module(x, output_size=size), module

    return layer, [shape, [7, *size]] if second else [shape], run


def resizing():
    axes = pick([1, 2, 3])
    shape = [random.randint(1, 4), *sizes(axes)]
    mode = pick(["nearest", "bilinear", "bilinear", "bicubic"])
    name = ["linear", "bilinear", "trilinear"][axes - 1] if mode == "bilinear" else mode
    if chance(0.5):
        size = sizes(axes, 1, 12)
        make = lambda: nn.Upsample(size=size, mode=name, align_corners=True)
        layer = f"a -> resize({size}, mode={mode}, align_corners=true)"
    else:
        scale = pick([2, 3, 1.5, 0.5])
        make = lambda: nn.Upsample(scale_factor=scale, mode=name, align_corners=True)
        layer = f"a -> upsample({scale}, mode={mode}, align_corners=true)"
    return layer, [shape], lambda x: (make()(x), None)


def adapting():
    axes = pick([2, 3])
    shape = [random.randint(1, 4), *sizes(axes)]
    size = [None if chance(0.4) else random.randint(1, 9) for _ in range(axes)]
    name = pick(["avg", "max"])
    pool = getattr(nn, f"Adaptive{name.capitalize()}Pool{axes}d")(size)
    layer = f"a -> adaptive_{name}pool({str(size).lower()})"
    return layer, [shape], lambda x: (pool(x), None)


def elementary():
    shape = sizes(random.randint(1, 3))
    if chance(0.5):
        return "a -> gelu(approximate=tanh)", [shape], lambda x: (nn.GELU("tanh")(x), None)
    other = [pick([1, size, size, size + 1]) for size in shape]
    return "divide(a, b)", [shape, other], lambda a, b: (a / b, None)


KINDS = (
    [attention] * 4
    + [product, reduction, recurrent] * 3
    + [reordering, deforming, reaching, sampling, unfolding, resizing, slicing] * 2
    + [embedding, gathering, joining, repeating, flattening, normalising, halving, adapting, elementary]
)


def multiplied(module, inputs, output):
    """The multiply-accumulates of a module, counted from its weights; undefined for those not counted here."""
    if isinstance(module, nn.MultiheadAttention):
        query, key, value = (list(tensor.shape) for tensor in [*inputs, inputs[-1], inputs[-1]][:3])
        rows, seen, features = query[-2], key[-2], query[-1]
        sets = math.prod(query[1:-2])
        weights = 2 * rows * features**2 + seen * features * (key[-1] + value[-1])
        return sets * (weights + 2 * rows * seen * features)
    if isinstance(module, nn.RNNBase):
        return inputs[0].shape[1] * sum(weight.numel() for weight in module.parameters() if weight.dim() == 2)
    if isinstance(module, torchvision.ops.DeformConv2d):
        return module.weight.numel() * math.prod(output.shape[2:])
    if isinstance(module, nn.modules.conv._ConvTransposeNd):
        return module.weight.numel() * math.prod(inputs[0].shape[2:])
    return 0


def executed(shapes, run):
    with torch.no_grad():
        tensors = [torch.zeros(1, *shape) for shape in shapes]
        output, module = run(*tensors)
    params = sum(weight.numel() for weight in module.parameters()) if module else 0
    return list(output.shape[1:]), params, multiplied(module, tensors, output)


def main():
    warnings.filterwarnings("ignore")
    random.seed(2)
    for number in range(ROWS):
        kind = pick(KINDS)
        layer, shapes, run = kind()
        row = {"id": f"O{number:04}", "layer": layer, "in": shapes}
        try:
            out, params, macs = executed(shapes, run)
            if kind is product:
                m, n = out[-2:]
                macs = math.prod(out) * shapes[0][-2 if "transpose_a" in layer else -1]
            row |= {"out": out, "params": params, "macs": macs}
            if 0 in out:
                row = {"id": row["id"], "layer": layer, "in": shapes, "out": None, "why": "an axis of size 0"}
        except (RuntimeError, ValueError, IndexError, AssertionError) as error:
            row |= {"out": None, "why": str(error).splitlines()[0][:160]}
        print(json.dumps(row))


if __name__ == "__main__":
    sys.exit(main())
