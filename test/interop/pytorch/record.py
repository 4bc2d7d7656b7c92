"""Records all models of a file in one process: the script that makes the dumps, then the file. One dump a line."""
import argparse
import importlib.util
import json
import sys

import torch


def module_at(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def main():
    recorder = module_at(sys.argv[1], "cnnlint_dump")
    models = module_at(sys.argv[2], "recorded_models")
    for name, size in models.INPUTS.items():
        model = getattr(models, name)()
        model.eval()
        recording = recorder.Recorder(model, torch)
        positional, named = recorder.inputs_of(model, [size], torch)
        fault = recording.run(positional, named)
        dump = recorder.dumped(argparse.Namespace(model=name), model, recording, fault, torch)
        print(json.dumps({"name": name, "dump": dump}), flush=True)


if __name__ == "__main__":
    main()
