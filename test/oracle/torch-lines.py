"""Runs the lines that the pages of the layers give for PyTorch, and adds the shapes that come out and the parameters.

Run with a Python that has PyTorch 1.13 and torchvision 0.14 (Debian: python3-torch, python3-torchvision), from the
project's root:
node scripts/run.mjs test/oracle/torch-lines.ts | python3 test/oracle/torch-lines.py > test/oracle/torch-lines.jsonl

A line is a module or an expression of the layer's tensors by their names; each tensor has a batch of one. Parameters
are all that were made while the line was evaluated.
"""

import json
import sys

import torch
import torchvision
from torch import nn
from torch.nn import functional

# Tensors that are indices.
INDICES = {("embedding", "x"), ("gather", "index")}

made = 0


def count_parameters():
    """Counts every nn.Parameter from now on."""
    new = nn.Parameter.__new__

    def counting(cls, data=None, requires_grad=True):
        global made
        made += 0 if data is None else data.numel()
        return new(cls, data, requires_grad)

    nn.Parameter.__new__ = staticmethod(counting)


def tensor_of(shape, is_index):
    return torch.zeros(1, *shape, dtype=torch.long) if is_index else torch.rand(1, *shape)


def tensors_of(row):
    tensors = {}
    for name, shape in row["tensors"].items():
        is_index = (row["layer"], name) in INDICES
        if shape and isinstance(shape[0], list):
            tensors[name] = [tensor_of(one, is_index) for one in shape]
        else:
            tensors[name] = tensor_of(shape, is_index)
    return tensors


def applied(module, tensors):
    if isinstance(module, nn.MultiheadAttention):
        query, key, value = (tensors * 3)[:3]
        return module(query, key, value)[0]
    out = module(*tensors)
    # Recurrent layers return their states too.
    return out[0] if isinstance(module, nn.RNNBase) else out


def shapes_of(value):
    if isinstance(value, nn.Parameter):
        return [list(value.shape)]
    values = value if isinstance(value, (tuple, list)) else [value]
    return [list(one.shape) for one in values]


def run(row):
    global made
    tensors = tensors_of(row)
    names = {"nn": nn, "F": functional, "torch": torch, "torchvision": torchvision, **tensors}
    if row["layer"] == "max_unpool":
        # What nn.MaxPool2d(2, return_indices=True) returns beside the map.
        before = torch.rand(1, 8, 32, 32)
        names["indices"] = functional.max_pool2d(before, 2, return_indices=True)[1]
    made = 0
    value = eval(row["line"], names)
    if isinstance(value, nn.Module):
        value = applied(value.eval(), list(tensors.values()))
    return {**row, "out": shapes_of(value), "params": made}


torch.manual_seed(0)
count_parameters()
for text in sys.stdin:
    print(json.dumps(run(json.loads(text)), ensure_ascii=False))
