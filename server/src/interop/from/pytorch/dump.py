"""Runs a PyTorch model once and writes down what it does, as JSON.

It needs nothing but torch (1.13 or newer). The model is run on the CPU, in evaluation, on an input of zeros; nothing
is trained and nothing is downloaded. What a model calls is recorded at the level of PyTorch's own names: layers of
torch.nn, functions, and methods of tensors, each with its module and its source line. A model that raises is
written down up to there.

    python3 dump.py path/file.py:UNet --input 1x3x256x256 --output dump.json
    python3 dump.py torchvision.models:resnet18 --input 1x3x224x224 --arg num_classes=10 --output dump.json
"""
import argparse
import ast
import importlib
import importlib.util
import inspect
import json
import os
import sys
import traceback

FORMAT = "cnnlint-pytorch"
VERSION = 1


class Refused(Exception):
    """Something that the user has to change; its text says what."""


def main():
    arguments = parse_arguments()
    sys.path.insert(0, os.getcwd())
    try:
        dump = dump_of(arguments)
    except Refused as refused:
        dump = {"format": FORMAT, "version": VERSION, "refused": str(refused)}
    with open(arguments.output, "w", encoding="utf-8") as file:
        json.dump(dump, file)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="package.module:Name or path/file.py:Name")
    parser.add_argument("--input", action="append", default=[], help="[NAME=]SIZE, batch included")
    parser.add_argument("--arg", action="append", default=[], help="NAME=VALUE for the constructor")
    parser.add_argument("--output", required=True)
    return parser.parse_args()


def dump_of(arguments):
    try:
        import torch
    except ImportError:
        raise Refused("this Python has no torch: %s" % sys.executable)
    if not hasattr(torch.overrides, "TorchFunctionMode"):
        raise Refused("torch %s is too old: 1.13 is the first that can be recorded" % torch.__version__)
    torch.manual_seed(0)
    model = load(arguments.model, keyword_arguments(arguments.arg), torch)
    model.eval()
    recorder = Recorder(model, torch)
    given, named = inputs_of(model, arguments.input, torch)
    fault = recorder.run(given, named)
    return dumped(arguments, model, recorder, fault, torch)


def dumped(arguments, model, recorder, fault, torch):
    return {
        "format": FORMAT,
        "version": VERSION,
        "torch": torch.__version__,
        "model": arguments.model,
        "type": type(model).__name__,
        "documentation": inspect.getdoc(type(model)) if own_documentation(model, torch) else None,
        "inputs": recorder.inputs,
        "outputs": recorder.outputs,
        "tensors": recorder.tensors,
        "parameters": recorder.parameters,
        "calls": recorder.calls,
        "fault": fault,
    }


def own_documentation(model, torch):
    return type(model).__doc__ is not None and type(model).__doc__ != torch.nn.Module.__doc__


def keyword_arguments(given):
    values = {}
    for each in given:
        name, separator, text = each.partition("=")
        if not separator:
            raise Refused("--arg takes NAME=VALUE: %s" % each)
        try:
            values[name] = ast.literal_eval(text)
        except (ValueError, SyntaxError):
            values[name] = text
    return values


def load(spec, keywords, torch):
    place, separator, name = spec.rpartition(":")
    if not separator:
        raise Refused("%s names no model: write package.module:Name or path/file.py:Name" % spec)
    module = load_module(place)
    found = module
    for part in name.split("."):
        if not hasattr(found, part):
            raise Refused("%s has no %s%s" % (place, name, candidates(module, torch)))
        found = getattr(found, part)
    if isinstance(found, torch.nn.Module):
        return found
    if not callable(found):
        raise Refused("%s is no class, function or module of torch.nn" % spec)
    try:
        model = found(**keywords)
    except Exception as error:
        raise Refused("%s cannot be made: %s%s" % (name, described(error), where(error)))
    if not isinstance(model, torch.nn.Module):
        raise Refused("%s makes no torch.nn.Module, but %s" % (name, type(model).__name__))
    return model


def load_module(place):
    try:
        if place.endswith(".py"):
            if not os.path.isfile(place):
                raise Refused("there is no file %s" % place)
            sys.path.insert(0, os.path.dirname(os.path.abspath(place)))
            spec = importlib.util.spec_from_file_location(os.path.basename(place)[:-3], place)
            module = importlib.util.module_from_spec(spec)
            sys.modules[spec.name] = module
            spec.loader.exec_module(module)
            return module
        return importlib.import_module(place)
    except Refused:
        raise
    except Exception as error:
        raise Refused("%s cannot be imported: %s%s" % (place, described(error), where(error)))


def candidates(module, torch):
    names = [
        name
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, torch.nn.Module) and value.__module__ == module.__name__
    ]
    return "; it has " + ", ".join(names[:8]) if names else ""


def described(error):
    text = str(error).strip()
    return type(error).__name__ + (": " + text if text else "")


def where(error):
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    return " (%s:%d)" % (frames[-1].filename, frames[-1].lineno) if frames else ""


def inputs_of(model, given, torch):
    positional, named = [], {}
    for each in given:
        name, separator, size = each.rpartition("=")
        shape = [int(part) for part in size.replace(",", "x").split("x") if part]
        tensor = torch.zeros(shape)
        if separator:
            named[name] = tensor
        else:
            positional.append(tensor)
    parameters = [
        parameter
        for parameter in inspect.signature(model.forward).parameters.values()
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ]
    names = [parameter.name for parameter in parameters]
    needed = [parameter.name for parameter in parameters if parameter.default is inspect.Parameter.empty]
    unknown = [name for name in named if name not in names]
    if unknown and parameters:
        raise Refused("forward has no input %s; it has %s" % (unknown[0], ", ".join(names)))
    missing = [name for name in needed[len(positional) :] if name not in named]
    if missing:
        raise Refused("missing inputs: %s" % ", ".join(missing))
    return positional, named


class Recorder:
    """What a model calls, in order, while it runs once."""

    def __init__(self, model, torch):
        self.torch = torch
        self.model = model
        self.calls = []
        self.tensors = []
        self.inputs = []
        self.outputs = []
        self.parameters = {}
        self.kept = []
        self.numbers = {}
        self.constants = {}
        self.paths = {}
        self.types = {}
        self.stack = []
        self.inside = 0
        self.home = os.path.dirname(os.path.abspath(torch.__file__)) + os.sep
        for name, module in model.named_modules():
            self.paths.setdefault(id(module), name)
            self.types[name] = type(module).__name__
        for name, tensor in model.named_parameters():
            self.remember(tensor, name, True)
        for name, tensor in model.named_buffers():
            self.remember(tensor, name, False)

    def remember(self, tensor, name, is_parameter):
        self.constants[id(tensor)] = name
        self.kept.append(tensor)
        self.parameters[name] = {
            "shape": list(tensor.shape),
            "trained": bool(is_parameter and tensor.requires_grad),
            "parameter": is_parameter,
        }

    def run(self, positional, named):
        fault = self.attempt(positional, named)
        if fault is not None and "Expected" in fault["message"] and ("Long" in fault["message"] or "Int" in fault["message"]):
            for known in (self.calls, self.tensors, self.inputs, self.outputs, self.stack):
                known.clear()
            self.numbers.clear()
            self.inside = 0
            positional = [tensor.long() for tensor in positional]
            named = {name: tensor.long() for name, tensor in named.items()}
            fault = self.attempt(positional, named)
        return fault

    def attempt(self, positional, named):
        torch = self.torch
        names = list(inspect.signature(self.model.forward).parameters)
        for i, tensor in enumerate(positional):
            self.inputs.append({"name": names[i] if i < len(names) else "x%d" % i, "tensor": self.number(tensor)})
        for name, tensor in named.items():
            self.inputs.append({"name": name, "tensor": self.number(tensor)})
        original = torch.nn.Module.__call__
        recorder = self

        def call(module, *args, **kwargs):
            return recorder.module(original, module, args, kwargs)

        indexed = torch.Tensor.__getitem__

        def get_item(tensor, index):
            if recorder.inside:
                return indexed(tensor, index)
            with torch._C.DisableTorchFunction():
                return recorder.function(indexed, (tensor, index), {})

        torch.nn.Module.__call__ = call
        # Modes of torch 1.13 miss some of the times that a tensor is indexed.
        torch.Tensor.__getitem__ = get_item
        try:
            with torch.no_grad(), mode_of(torch)(recorder):
                result = self.model(*positional, **named)
        except Exception as error:
            return self.fault(error)
        finally:
            torch.nn.Module.__call__ = original
            del torch.Tensor.__getitem__
        self.outputs.extend(self.results(result, ""))
        return None

    def module(self, original, module, args, kwargs):
        name = self.paths.get(id(module))
        if self.inside or name is None or not self.is_leaf(module):
            if name is not None:
                self.stack.append(name)
            result = original(module, *args, **kwargs)
            if name is not None:
                self.stack.pop()
            return result
        event = {
            "module": type(module).__name__,
            "path": self.path(name),
            "line": self.line(),
            "args": [self.value(each) for each in args],
            "kwargs": {key: self.value(each) for key, each in kwargs.items()},
            "attributes": self.attributes(module),
            "parameters": {key: self.constants.get(id(each)) for key, each in module.named_parameters(recurse=True)},
        }
        self.calls.append(event)
        self.inside += 1
        try:
            with self.torch._C.DisableTorchFunction():
                result = original(module, *args, **kwargs)
        finally:
            self.inside -= 1
        event["out"] = self.made(result)
        return result

    def function(self, func, args, kwargs):
        name = self.torch.overrides.resolve_name(func) or getattr(func, "__name__", "")
        if name == "__getitem__":
            name = "torch.Tensor.__getitem__"
        event = None
        if not self.inside and not name.endswith("__get__") and not name.endswith("__set__"):
            event = {
                "function": name,
                "path": self.path(self.stack[-1]) if self.stack else [],
                "line": self.line(),
                "args": [self.value(each) for each in args],
                "kwargs": {key: self.value(each) for key, each in kwargs.items()},
            }
            self.calls.append(event)
        result = func(*args, **kwargs)
        if event is not None:
            out = self.made(result)
            if out is None:
                self.calls.remove(event)
            else:
                event["out"] = out
        return result

    def is_leaf(self, module):
        torch = self.torch
        if isinstance(module, (torch.nn.Sequential, torch.nn.ModuleList, torch.nn.ModuleDict)):
            return False
        home = type(module).__module__
        if home.startswith("torchvision.ops.stochastic_depth") or type(module).__name__ == "FrozenBatchNorm2d":
            return True
        if not home.startswith("torch.nn.") and not home.startswith("torch.ao."):
            return False
        return not type(module).__name__.startswith("Transformer")

    def path(self, name):
        steps, prefix = [], ""
        for part in name.split(".") if name else []:
            prefix = prefix + "." + part if prefix else part
            steps.append({"name": part, "type": self.types.get(prefix)})
        return steps

    def line(self):
        frame = sys._getframe(1)
        while frame is not None:
            file = frame.f_code.co_filename
            if not file.startswith(self.home) and file != __file__ and not file.startswith("<"):
                return {"file": shown(file), "line": frame.f_lineno}
            frame = frame.f_back
        return None

    def attributes(self, module):
        kept = {}
        for key, value in vars(module).items():
            if key.startswith("_") or key == "training":
                continue
            if isinstance(value, (bool, int, float, str)) or value is None:
                kept[key] = value
            elif isinstance(value, (tuple, list)) and all(isinstance(each, (bool, int, float, str)) or each is None for each in value):
                kept[key] = list(value)
        return kept

    def value(self, value):
        """A tensor is {"t": number}, weights are {"p": name}, what JSON lacks is {"repr": text}."""
        torch = self.torch
        if isinstance(value, torch.Tensor):
            if id(value) in self.constants and id(value) not in self.numbers:
                return {"p": self.constants[id(value)]}
            if id(value) in self.numbers:
                return {"t": self.numbers[id(value)]}
            return {"c": self.number(value), "numbers": value.flatten().tolist() if value.numel() <= 64 else None}
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, float):
            return value if value == value and value not in (float("inf"), float("-inf")) else {"repr": repr(value)}
        if isinstance(value, (tuple, list)):
            return [self.value(each) for each in value]
        if isinstance(value, slice):
            return {"slice": [self.value(value.start), self.value(value.stop), self.value(value.step)]}
        if value is Ellipsis:
            return {"ellipsis": True}
        return {"repr": str(value)[:200]}

    def number(self, tensor):
        self.numbers[id(tensor)] = len(self.tensors)
        self.kept.append(tensor)
        self.tensors.append({"shape": list(tensor.shape), "type": str(tensor.dtype).replace("torch.", "")})
        return self.numbers[id(tensor)]

    def made(self, result):
        """What a call gives back, each tensor with a new number: it may be the one that came in, changed in place."""
        if isinstance(result, self.torch.Tensor):
            return {"t": self.number(result)}
        if isinstance(result, (tuple, list)):
            made = [self.made(each) for each in result]
            return made if any(each is not None for each in made) else None
        return None

    def results(self, result, name):
        if isinstance(result, self.torch.Tensor):
            known = self.numbers.get(id(result))
            return [{"name": name or "output", "tensor": known if known is not None else self.number(result)}]
        if isinstance(result, dict):
            return [each for key, value in result.items() for each in self.results(value, str(key))]
        if hasattr(result, "_asdict"):
            return self.results(result._asdict(), name)
        if isinstance(result, (tuple, list)):
            return [each for i, value in enumerate(result) for each in self.results(value, "%s_%d" % (name or "output", i))]
        return []

    def fault(self, error):
        frames = [
            {"file": shown(frame.filename), "line": frame.lineno, "text": frame.line}
            for frame in traceback.extract_tb(error.__traceback__)
            if not frame.filename.startswith(self.home) and frame.filename != __file__
        ]
        failed = self.calls[-1] if self.calls and "out" not in self.calls[-1] else None
        return {
            "type": type(error).__name__,
            "message": str(error),
            "frames": frames,
            "path": self.path(self.stack[-1]) if self.stack else [],
            "call": len(self.calls) - 1 if failed is not None else None,
        }


def shown(file):
    """A file as it is seen from the current folder."""
    here = os.getcwd() + os.sep
    return file[len(here) :] if file.startswith(here) else file


def mode_of(torch):
    class Mode(torch.overrides.TorchFunctionMode):
        def __init__(self, recorder):
            super().__init__()
            self.recorder = recorder

        def __torch_function__(self, func, types, args=(), kwargs=None):
            return self.recorder.function(func, args, kwargs or {})

    return Mode


if __name__ == "__main__":
    main()
