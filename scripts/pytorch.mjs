import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { installDebianPackage } from './debian.mjs'

/** Debian's own Python sees Debian's PyTorch, whatever stands before it on the path. */
const PYTHON = '/usr/bin/python3'

/**
 * Installs PyTorch and torchvision for the tests that compare with them, where Debian's packages can be had. Where
 * they cannot, these tests are skipped by name.
 */
export async function installPyTorch() {
  if (hasPyTorch()) return
  if (!(await installDebianPackage('python3-torch'))) return
  await installDebianPackage('python3-torchvision')
}

const hasPyTorch = () =>
  existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import torch, torchvision']).status === 0
