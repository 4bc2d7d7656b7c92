/** Models that raise: what is said of each, where, and what would make it run. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reportOf } from '../../server/src/features/model-check/report'
import { parseDump } from '../../server/src/interop/from/pytorch/dump'
import { readPyTorch } from '../../server/src/interop/from/pytorch/index'
import { hasPyTorch, PYTHON, RECORDER } from './python'

interface Said {
  /** The module, or the function where none is at fault. */
  readonly place: string
  /** The line of `broken.py`, as it is written there. */
  readonly line: string
  readonly what: RegExp
  readonly remedies: readonly string[]
}

const takes = (what: string) => new RegExp(`^${what}$`)

const SAID: Readonly<Record<string, Said>> = {
  WrongFeatures: {
    place: 'fc',
    line: 'return self.fc(torch.flatten(x, 1))',
    what: takes('fc takes 800 features; 512 \\(32×4×4\\) arrive; 800 arrive at 32×32'),
    remedies: ['write Linear(in_features=512) in fc', 'or give it images of 32×32'],
  },
  MissingFlatten: {
    place: 'fc',
    line: 'return self.fc(F.relu(self.conv(x)))',
    what: takes('fc takes 2048 features; 16 arrive'),
    remedies: ['write Linear(in_features=16) in fc', 'flatten before it: 8×16×16 has 2048 values'],
  },
  WrongChannels: {
    place: 'conv2',
    line: 'return self.conv2(F.relu(self.conv1(x)))',
    what: takes('conv2 takes 32 channels; 16 arrive'),
    remedies: ['write Conv2d(in_channels=16) in conv2'],
  },
  GreyImage: {
    place: 'conv',
    line: 'return self.conv(x)',
    what: takes('conv takes 3 channels; 1 arrive'),
    remedies: ['write Conv2d(in_channels=1) in conv'],
  },
  ChannelsAfterConcat: {
    place: 'fuse',
    line: 'return self.fuse(torch.cat([self.a(x), self.b(x)], dim=1))',
    what: takes('fuse takes 32 channels; 40 arrive'),
    remedies: ['write Conv2d(in_channels=40) in fuse'],
  },
  SkipOfOtherSize: {
    place: 'torch.cat',
    line: 'return torch.cat([x, self.up(self.down(x))], dim=1)',
    what: /^3×25×25 and 3×26×26 differ in height and width: 25 and 26/,
    remedies: [],
  },
  ShortcutWithoutProjection: {
    place: 'torch.Tensor.add',
    line: 'return F.relu(self.bn(self.conv1(x)) + x)',
    what: /^32×16×16 and 16×32×32 differ in channels \(32 and 16\) and height and width \(16 and 32\)/,
    remedies: [],
  },
  KernelLargerThanMap: {
    place: 'pool',
    line: 'return self.pool(self.conv(x))',
    what: /^Kernel 8 is larger than the padded height 7/,
    remedies: [],
  },
  WindowOfConvolution: {
    place: 'conv',
    line: 'return self.conv(x)',
    what: /^Kernel 11 is larger than the padded height 8/,
    remedies: [],
  },
  NormOfOtherWidth: {
    place: 'bn',
    line: 'return self.bn(self.conv(x))',
    what: takes('bn takes 64 channels; 32 arrive'),
    remedies: ['write BatchNorm2d(num_features=32) in bn'],
  },
  GroupNormOfOtherWidth: {
    place: 'norm',
    line: 'return self.norm(self.conv(x))',
    what: takes('norm takes 32 channels; 24 arrive'),
    remedies: ['write GroupNorm(num_channels=24) in norm'],
  },
  LayerNormOfMap: {
    place: 'norm',
    line: 'return self.norm(self.conv(x))',
    what: takes('norm takes 16 features; 20 arrive'),
    remedies: [
      '16 is the size of another axis of 16×20×20: swap them before, as x.transpose(1, 2) does',
      'write LayerNorm(normalized_shape=20) in norm',
    ],
  },
  TransposedChannels: {
    place: 'up',
    line: 'return self.up(self.conv(x))',
    what: takes('up takes 32 channels; 16 arrive'),
    remedies: ['write ConvTranspose2d(in_channels=16) in up'],
  },
  LstmAxes: {
    place: 'lstm',
    line: 'y, _ = self.lstm(self.conv(x))',
    what: takes('lstm takes 16 features; 100 arrive'),
    remedies: [
      '16 is the size of another axis of 16×100: swap them before, as x.transpose(1, 2) does',
      'write LSTM(input_size=100) in lstm',
    ],
  },
  ViewOfOtherSize: {
    place: 'torch.Tensor.view',
    line: 'return self.fc(x.view(x.size(0), 16 * 5 * 5))',
    what: takes('16×12×12 has 2304 values, and 1×400 has 400'),
    remedies: [],
  },
  HeadsDoNotDivide: {
    place: 'torch.Tensor.reshape',
    line: 'return self.qkv(x).reshape(b, n, 3, 4, c // 4).sum(2)',
    what: takes('10×90 has 900 values, and 1×10×3×4×7 has 840'),
    remedies: [],
  },
  AddOfOtherWidth: {
    place: 'torch.Tensor.add',
    line: 'return self.a(x) + self.b(x)',
    what: /^16×16×16 and 8×16×16 differ in channels: 16 and 8/,
    remedies: [],
  },
  MatrixSizes: {
    place: 'torch.Tensor.matmul',
    line: 'return self.q(x) @ self.k(x).transpose(1, 2)',
    what: /^10×8 has 8 columns, and 12×10 has 12 rows/,
    remedies: [],
  },
  VolumeIntoMap: {
    place: 'bn',
    line: 'return self.bn(self.conv(x))',
    what: takes('ValueError: expected 4D input \\(got 5D input\\)'),
    remedies: [],
  },
  OwnError: {
    place: 'ValueError',
    line: 'raise ValueError("the size must be a multiple of 32")',
    what: takes('ValueError: the size must be a multiple of 32'),
    remedies: [],
  },
}

const FILE = join(import.meta.dirname, 'pytorch/broken.py')
const SOURCE = readFileSync(FILE, 'utf8').split('\n')

function dumps(): ReadonlyMap<string, unknown> {
  if (!hasPyTorch) return new Map()
  const script = join(import.meta.dirname, 'pytorch/record.py')
  const { stdout, stderr, status } = spawnSync(PYTHON, [script, RECORDER, FILE], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; dump: unknown })
  return new Map(lines.map(({ name, dump }) => [name, dump]))
}

const DUMPS = dumps()

describe.skipIf(!hasPyTorch)('a model that does not run', () => {
  it.each(Object.entries(SAID))('%s', (name, said) => {
    const report = reportOf(readPyTorch(parseDump(JSON.stringify(DUMPS.get(name))), 'model'))
    const { fault } = report
    expect(fault?.place).toBe(said.place)
    expect(fault?.what).toMatch(said.what)
    expect(fault?.remedies).toEqual(said.remedies)
    expect(lineOf(fault?.line?.line)).toBe(said.line)
    // What ran before it is still told, with its shapes.
    expect(report.parts.every(({ output }) => output !== undefined)).toBe(true)
  })
})

function lineOf(line: number | undefined): string | undefined {
  return line === undefined ? undefined : SOURCE[line - 1]?.trim()
}
