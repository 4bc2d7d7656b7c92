"""Writes foreign.jsonl: calls of torch.nn as people paste them, with the shape and the parameters that PyTorch makes.

Run with a Python that has PyTorch 1.13 (Debian: python3-torch):  python3 foreign.py > foreign.jsonl
The first line holds the names of all modules, so that a test knows which names of ours exist. Each other line is one
call: its text, the shape that comes in without the batch, and the shape and parameters that come of it.
"""

import json
import sys
import warnings

import torch
from torch import nn

MAP, WIDE, SIGNAL, ROWS, VOLUME, VECTOR = [8, 12, 12], [8, 12, 20], [8, 20], [10, 16], [8, 6, 6, 6], [32]

CALLS = {
    "AdaptiveAvgPool1d": [("4", SIGNAL)],
    "AdaptiveAvgPool2d": [("1", MAP), ("(1, 1)", MAP), ("(3, None)", WIDE), ("output_size=(2, 3)", MAP)],
    "AdaptiveAvgPool3d": [("2", VOLUME)],
    "AdaptiveMaxPool1d": [("4", SIGNAL)],
    "AdaptiveMaxPool2d": [("(3, 5)", MAP)],
    "AdaptiveMaxPool3d": [("2", VOLUME)],
    "AlphaDropout": [("0.2", MAP)],
    "AvgPool1d": [("2", SIGNAL), ("3, 1, 1", SIGNAL)],
    "AvgPool2d": [("2", MAP), ("3, stride=2, padding=1", MAP), ("kernel_size=(2, 3), stride=(1, 2)", MAP),
                  ("3, 2, 0, True", MAP), ("3, 2, 1, False, False", MAP), ("5, 2, ceil_mode=True", MAP)],
    "AvgPool3d": [("2", VOLUME)],
    "BatchNorm1d": [("8", SIGNAL)],
    "BatchNorm2d": [("8", MAP), ("num_features=8", MAP), ("8, affine=False", MAP), ("8, eps=1e-3, momentum=0.01", MAP),
                    ("8, 1e-3, 0.01, True, True", MAP), ("8, track_running_stats=False", MAP)],
    "BatchNorm3d": [("8", VOLUME)],
    "ChannelShuffle": [("4", MAP), ("groups=2", MAP)],
    "ConstantPad1d": [("2, 0", SIGNAL)],
    "ConstantPad2d": [("1, 0", MAP), ("(1, 2, 3, 4), 0", MAP), ("padding=(1, 2, 3, 4), value=0.0", MAP)],
    "ConstantPad3d": [("(1, 2, 3, 4, 5, 6), 0", VOLUME)],
    "Conv1d": [("8, 16, 3", SIGNAL), ("8, 16, kernel_size=5, stride=2, padding=2, bias=False", SIGNAL)],
    "Conv2d": [("8, 16, 3", MAP), ("8, 16, 3, 2, 1", MAP), ("8, 16, (3, 5), padding=(1, 2)", MAP),
               ("in_channels=8, out_channels=16, kernel_size=3", MAP), ("8, 16, 3, 1, 1, 1, 8, False", MAP),
               ("8, 16, 3, 1, 1, 2, 4", MAP), ("8, 16, kernel_size=(3, 3), stride=(1, 1), padding='same'", MAP),
               ("8, 16, 3, padding='valid'", MAP), ("8, 16, 3, padding=1, padding_mode='replicate'", MAP),
               ("8, 16, 3, padding=1, padding_mode='reflect', bias=False", MAP)],
    "Conv3d": [("8, 16, 3, padding=1", VOLUME), ("8, 4, (1, 3, 3), (1, 2, 2), (0, 1, 1)", VOLUME)],
    "ConvTranspose1d": [("8, 4, 2, 2", SIGNAL)],
    "ConvTranspose2d": [("8, 4, 2, 2", MAP), ("8, 4, 3, stride=2, padding=1, output_padding=1", MAP),
                        ("8, 4, 3, 2, 1, 1, 4, False", MAP), ("8, 4, kernel_size=4, stride=2, padding=1, bias=False", MAP)],
    "ConvTranspose3d": [("8, 4, 2, stride=2", VOLUME)],
    "Dropout": [("", MAP), ("0.2", MAP), ("p=0.1, inplace=True", MAP)],
    "Dropout1d": [("0.2", SIGNAL)],
    "Dropout2d": [("0.2", MAP)],
    "Dropout3d": [("0.2", VOLUME)],
    "ELU": [("", MAP), ("0.5", MAP), ("alpha=2.0, inplace=True", MAP)],
    "Embedding": [("100, 16", ["index", 10]), ("num_embeddings=50, embedding_dim=8, padding_idx=0", ["index", 10])],
    "EmbeddingBag": [("100, 16", ["index", 10])],
    "FeatureAlphaDropout": [("0.2", MAP)],
    "Flatten": [("", MAP), ("1", MAP), ("1, -1", MAP), ("2", MAP), ("start_dim=2, end_dim=3", VOLUME)],
    "GELU": [("", MAP), ("approximate='tanh'", MAP), ("approximate='none'", MAP), ("'tanh'", MAP)],
    "GLU": [("", MAP), ("dim=1", MAP), ("1", MAP), ("-1", ROWS), ("dim=-2", WIDE)],
    "GRU": [("16, 24, batch_first=True", ROWS), ("16, 24, 2, bidirectional=True, batch_first=True", ROWS),
            ("input_size=16, hidden_size=8, num_layers=2, batch_first=True", ROWS)],
    "GroupNorm": [("4, 8", MAP), ("num_groups=2, num_channels=8", MAP), ("4, 8, affine=False", MAP), ("4, 8, 1e-6", MAP)],
    "Hardsigmoid": [("", MAP), ("inplace=True", MAP)],
    "Hardswish": [("", MAP), ("True", MAP)],
    "Identity": [("", MAP), ("54, unused=True", MAP)],
    "InstanceNorm1d": [("8", SIGNAL)],
    "InstanceNorm2d": [("8", MAP), ("8, affine=True", MAP), ("8, 1e-5, 0.1, True", MAP)],
    "InstanceNorm3d": [("8", VOLUME)],
    "LSTM": [("16, 24, batch_first=True", ROWS), ("16, 24, 2, True, True", ROWS), ("16, 24, proj_size=8, batch_first=True", ROWS),
             ("16, 24, num_layers=2, bidirectional=True, batch_first=True", ROWS), ("16, 24, bias=False, batch_first=True", ROWS)],
    "LayerNorm": [("16", ROWS), ("[16]", ROWS), ("(8, 12, 20)", WIDE), ("[8, 12, 12]", MAP), ("(12, 20)", WIDE),
                  ("20", WIDE), ("normalized_shape=16, elementwise_affine=False", ROWS), ("16, eps=1e-6", ROWS),
                  ("[8, 6, 6, 6]", VOLUME), ("[6, 6]", VOLUME), ("32", VECTOR)],
    "LazyBatchNorm1d": [("", SIGNAL)],
    "LazyBatchNorm2d": [("", MAP), ("1e-3", MAP)],
    "LazyBatchNorm3d": [("", VOLUME)],
    "LazyConv1d": [("16, 3", SIGNAL)],
    "LazyConv2d": [("16, 3", MAP), ("16, kernel_size=3, stride=2, padding=1", MAP)],
    "LazyConv3d": [("16, 3", VOLUME)],
    "LazyConvTranspose1d": [("4, 2, 2", SIGNAL)],
    "LazyConvTranspose2d": [("4, 2, stride=2", MAP)],
    "LazyConvTranspose3d": [("4, 2, 2", VOLUME)],
    "LazyInstanceNorm1d": [("", SIGNAL)],
    "LazyInstanceNorm2d": [("", MAP)],
    "LazyInstanceNorm3d": [("", VOLUME)],
    "LazyLinear": [("10", VECTOR), ("out_features=10, bias=False", VECTOR)],
    "LeakyReLU": [("", MAP), ("0.2", MAP), ("0.2, True", MAP), ("negative_slope=0.1, inplace=True", MAP)],
    "Linear": [("32, 10", VECTOR), ("16, 10, bias=False", ROWS), ("in_features=32, out_features=10", VECTOR), ("32, 10, False", VECTOR)],
    "LocalResponseNorm": [("5", MAP), ("2, 1e-4, 0.75, 2.0", MAP), ("size=5, alpha=0.0001, beta=0.75, k=2", MAP)],
    "LogSoftmax": [("dim=1", MAP), ("1", VECTOR), ("dim=-1", ROWS)],
    "MaxPool1d": [("2", SIGNAL)],
    "MaxPool2d": [("2", MAP), ("2, 2", MAP), ("3, 2, 1", MAP), ("kernel_size=3, stride=2, padding=1", MAP), ("(2, 1)", MAP),
                  ("3, stride=2, ceil_mode=True", MAP), ("3, 1, 0, 2", MAP), ("2, return_indices=False", MAP)],
    "MaxPool3d": [("(1, 2, 2)", VOLUME), ("2, 2", VOLUME)],
    "Mish": [("", MAP), ("inplace=True", MAP)],
    "MultiheadAttention": [("16, 4, batch_first=True", ROWS), ("embed_dim=16, num_heads=2, dropout=0.0, batch_first=True", ROWS),
                           ("16, 4, bias=False, batch_first=True", ROWS)],
    "PReLU": [("", MAP), ("1", MAP), ("8", MAP), ("num_parameters=8", MAP), ("num_parameters=8, init=0.2", MAP)],
    "PixelShuffle": [("2", MAP), ("upscale_factor=2", MAP)],
    "PixelUnshuffle": [("2", MAP), ("downscale_factor=3", MAP)],
    "ReLU": [("", MAP), ("True", MAP), ("inplace=True", MAP)],
    "ReLU6": [("", MAP), ("inplace=True", MAP)],
    "ReflectionPad1d": [("2", SIGNAL), ("(3, 1)", SIGNAL)],
    "ReflectionPad2d": [("1", MAP), ("(1, 2, 3, 4)", MAP), ("padding=3", MAP)],
    "ReflectionPad3d": [("(1, 2, 1, 0, 2, 1)", VOLUME)],
    "ReplicationPad1d": [("(3, 1)", SIGNAL)],
    "ReplicationPad2d": [("2", MAP), ("(1, 2, 3, 4)", MAP)],
    "ReplicationPad3d": [("1", VOLUME)],
    "SELU": [("", MAP), ("True", MAP)],
    "SiLU": [("", MAP), ("inplace=True", MAP)],
    "Sigmoid": [("", MAP)],
    "Softmax": [("dim=1", MAP), ("1", MAP), ("dim=-1", ROWS), ("dim=2", WIDE)],
    "Softmax2d": [("", MAP)],
    "Softplus": [("", MAP), ("1", MAP)],
    "SyncBatchNorm": [("8", MAP)],
    "Tanh": [("", MAP)],
    "Unflatten": [("1, (2, 4, 4)", VECTOR)],
    "Unfold": [("3", MAP), ("3, 1, 1", MAP), ("3, padding=1, stride=2", MAP), ("(2, 3), 1, 0, 2", MAP)],
    "Upsample": [("scale_factor=2", MAP), ("scale_factor=2, mode='bilinear', align_corners=True", MAP), ("size=(20, 30)", MAP),
                 ("size=24, mode='bilinear', align_corners=False", MAP), ("scale_factor=(2, 3), mode='nearest'", MAP),
                 ("None, 2", MAP), ("scale_factor=2, mode='linear'", SIGNAL), ("scale_factor=2, mode='trilinear'", VOLUME),
                 ("scale_factor=2.0, mode='bicubic'", MAP)],
    "UpsamplingBilinear2d": [("scale_factor=2", MAP), ("size=(20, 24)", MAP)],
    "UpsamplingNearest2d": [("scale_factor=2", MAP), ("size=(20, 24)", MAP), ("size=20", MAP)],
    "ZeroPad2d": [("1", MAP), ("(1, 2, 3, 4)", MAP), ("padding=(1, 0, 1, 0)", MAP)],
}


def tensor(shape):
    if shape[0] == "index":
        return torch.zeros(2, *shape[1:], dtype=torch.long)
    return torch.randn(2, *shape)


def row(name, arguments, shape):
    text = f"{name}({arguments})"
    module = eval(f"nn.{text}")
    x = tensor(shape)
    if name == "SyncBatchNorm":  # It runs on several processors alone, and keeps the shape.
        result = x
    else:
        result = module(x, x, x) if name == "MultiheadAttention" else module(x)
    if isinstance(result, tuple):
        result = result[0]
    params = sum(p.numel() for p in module.parameters())
    own = [size for size in shape if size != "index"]
    return {"call": f"nn.{text}", "name": name, "in": own, "out": list(result.shape[1:]), "params": params}


def main():
    warnings.filterwarnings("ignore")
    torch.manual_seed(0)
    names = [name for name in dir(nn) if isinstance(getattr(nn, name), type) and issubclass(getattr(nn, name), nn.Module)]
    print(json.dumps({"modules": names}))
    for name, calls in CALLS.items():
        for arguments, shape in calls:
            print(json.dumps(row(name, arguments, shape)))


if __name__ == "__main__":
    sys.exit(main())
