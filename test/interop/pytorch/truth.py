"""What PyTorch itself says of models: parameters, multiply-accumulates and the output of every module.

Prints one JSON object a line: the dump that cnnlint reads, and the figures to hold it against. The script that makes
the dumps is given first, then the models: Name of models.py, or torchvision.models:name@1x3x96x96.
"""
import argparse
import importlib.util
import json
import os
import sys

import torch
from torch.utils._python_dispatch import TorchDispatchMode

HERE = os.path.dirname(os.path.abspath(__file__))


# What keeps these from downloading weights, and from an initialisation that takes minutes.
ARGUMENTS = {
    "googlenet": {"init_weights": False},
    "inception_v3": {"init_weights": False},
    "lraspp_mobilenet_v3_large": {"weights_backbone": None},
    "resnet_fpn_backbone": {"backbone_name": "resnet18", "weights": None},
}


def module_at(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Counter(TorchDispatchMode):
    """Multiply-accumulates of convolutions and matrix products, without biases."""

    def __init__(self):
        super().__init__()
        self.macs = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        out = func(*args, **(kwargs or {}))
        name = func.overloadpacket.__name__
        if name == "convolution":
            x, weight, transposed = args[0], args[1], args[6]
            positions = x if transposed else out
            self.macs += positions.numel() * weight[0].numel()
        elif name == "addmm":
            self.macs += args[1].numel() * args[2].shape[1]
        elif name == "mm":
            self.macs += args[0].numel() * args[1].shape[1]
        elif name in ("bmm", "baddbmm"):
            a, b = args[:2] if name == "bmm" else args[1:3]
            self.macs += a.numel() * b.shape[2]
        return out


def without_initialisation():
    for name in dir(torch.nn.init):
        if name.endswith("_") and not name.startswith("_"):
            setattr(torch.nn.init, name, lambda tensor, *args, **kwargs: tensor)


def figures(model, inputs):
    shapes = {}

    def remember(name):
        def hook(module, given, out):
            shapes.setdefault(name, []).append(list(out.shape) if isinstance(out, torch.Tensor) else None)

        return hook

    hooks = [module.register_forward_hook(remember(name)) for name, module in model.named_modules() if name]
    # What is fused in evaluation is counted piece by piece.
    torch.backends.mha.set_fastpath_enabled(False) if hasattr(torch.backends, "mha") else None
    counter = Counter()
    with torch.enable_grad(), counter:
        model(*inputs)
    for hook in hooks:
        hook.remove()
    used = {id(each) for name, module in model.named_modules() if name in shapes for each in module.parameters()}
    used |= {id(each) for each in model.parameters(recurse=False)}
    params = sum(each.numel() for each in model.parameters() if each.requires_grad and id(each) in used)
    return {"params": params, "macs": counter.macs, "modules": shapes}


def main():
    recorder = module_at(sys.argv[1], "cnnlint_dump")
    hand_written = module_at(os.path.join(HERE, "models.py"), "models")
    without_initialisation()
    for each in sys.argv[2:]:
        spec, _, size = each.partition("@")
        own = ":" not in spec
        sizes = hand_written.INPUTS[spec] if own else [size]
        source = os.path.join(HERE, "models.py") + ":" + spec if own else spec
        model = recorder.load(source, ARGUMENTS.get(spec.rpartition(":")[2], {}), torch)
        model.eval()
        recording = recorder.Recorder(model, torch)
        positional, named = recorder.inputs_of(model, sizes, torch)
        fault = recording.run(positional, named)
        inputs = [tensor.long() for tensor in positional] if spec == "Words" else positional
        dump = recorder.dumped(argparse.Namespace(model=spec), model, recording, fault, torch)
        print(json.dumps({"name": spec, "dump": dump, **figures(model, inputs)}), flush=True)


if __name__ == "__main__":
    main()
