/** The Python that has PyTorch, for the tests that compare with it. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Debian's own Python sees Debian's PyTorch, whatever stands before it on the path. */
export const PYTHON = '/usr/bin/python3'

/** The script that records a model. */
export const RECORDER = join(import.meta.dirname, '../../server/src/interop/from/pytorch/dump.py')

export const hasPyTorch = spawnSync(PYTHON, ['-c', 'import torch, torchvision']).status === 0
