/** Outside of `layers/` nobody asks for a layer by its name, but where it is about that one layer. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LAYERS } from '../server/src/layers'

const SOURCES = join(import.meta.dirname, '..', 'server', 'src')

interface Exception {
  /** How often names of layers stand there in quotes. */
  readonly count: number
  readonly why: string
}

/** Words that mean something else far more often than the layer. */
const OTHER_MEANINGS: Readonly<Record<string, string>> = {
  parameter: 'a kind of node of the tree, the parameter of a block',
  affine: 'a kind of map from positions to positions',
}

/** What translates between the names of layers here and elsewhere is about single layers throughout. */
const NAMING = ['layers/', 'interop/from/', 'interop/fold/', 'interop/print/']

/** By file, under `server/src`. */
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  'features/model-check/report.ts': { count: 1, why: 'counts what `opaque` stands for' },
  'features/refactor/factorise-kernel.ts': {
    count: 1,
    why: 'writes `relu` where a network has no activation to take after',
  },
  'features/refactor/read/factors.ts': { count: 1, why: 'writes `depthwise_conv`' },
  'fixes/hand-made.ts': { count: 3, why: 'writes `crop`, `center_crop` and `pad`' },
  'fixes/matched.ts': { count: 3, why: 'writes `resize` and `center_crop`' },
  'fixes/ranks.ts': { count: 3, why: 'writes `flatten` and `global_avgpool`' },
  'fixes/reshapes.ts': { count: 1, why: 'writes `flatten`' },
  'fixes/rounded-sizes.ts': { count: 2, why: 'writes `resize` and `center_crop`' },
  'fixes/sizes.ts': { count: 3, why: 'writes `resize` and `center_crop`' },
  'rules/bottleneck-widens.ts': { count: 1, why: 'about bottlenecks of `conv` alone' },
  'rules/depthwise-separable-saving.ts': { count: 2, why: 'about `conv`, and writes `separable_conv`' },
  'rules/double-activation.ts': { count: 2, why: 'words about the bounds of `sigmoid` and `tanh`' },
  'rules/dropout-before-batchnorm.ts': {
    count: 1,
    why: 'about `dropout`, whose shift of the variance was measured',
  },
  'rules/flatten-of-vector.ts': { count: 1, why: 'about `flatten` alone' },
  'rules/fully-connected-parameters.ts': {
    count: 2,
    why: 'writes `global_avgpool`; its example has `flatten`',
  },
  'rules/identity-operation.ts': { count: 1, why: 'leaves `flatten` to the rule flatten-of-vector' },
  'rules/large-kernel.ts': { count: 2, why: 'about `conv`, and writes `relu`' },
  'rules/linear-convolutions.ts': {
    count: 1,
    why: 'writes `relu` where a network has no activation to take after',
  },
  'rules/lrn-without-effect.ts': { count: 1, why: 'about `lrn` alone' },
  'rules/misaligned-merge.ts': { count: 4, why: 'its examples have `crop` and `center_crop`' },
  'rules/read/convolutions.ts': { count: 2, why: 'about `conv` alone: its groups and connections' },
  'rules/read/removal.ts': { count: 1, why: 'writes `identity`' },
  'rules/read/windows.ts': { count: 1, why: 'the padding mode `mean`' },
  'rules/softmax-of-one-channel.ts': { count: 1, why: 'writes `sigmoid`' },
}

/** How often layers are named in quotes, comments left aside. */
function quoted(text: string): number {
  const names = new Set(LAYERS.flatMap(({ name, aliases }) => [name, ...aliases]))
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return [...code.matchAll(/'([a-z0-9_]+)'/g)].filter(
    ([, word = '']) => names.has(word) && !Object.hasOwn(OTHER_MEANINGS, word),
  ).length
}

test('a layer is named in quotes only where it is meant alone', () => {
  const found = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !NAMING.some((folder) => path.startsWith(folder)))
    .map((path) => [path, quoted(readFileSync(join(SOURCES, path), 'utf8'))] as const)
    .filter(([, count]) => count > 0)
    .sort()
  const allowed = Object.entries(EXCEPTIONS).map(([path, { count }]) => [path, count] as const)
  // Ask for a trait (`layers/traits.ts`), or say here why the name is needed.
  expect(found).toEqual(allowed.sort())
})
