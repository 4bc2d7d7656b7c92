/** Calls of torch.nn, pasted as they are: what we write for each makes what PyTorch made. */
import { expect, it } from 'vitest'
import { foreignLayer, LAYERS } from '../../server/src/layers'
import { offeredFixes } from '../../server/src/lint/offer'
import { applyEdits } from '../../server/src/model/problem'
import type { Shape } from '../../server/src/model/shape'
import { analyzed } from '../helpers/problems'
import { rowsOf } from './rows'

interface ForeignRow {
  readonly call: string
  readonly name: string
  readonly in: Shape
  readonly out: Shape
  readonly params: number
}

const [{ modules }, ...rows] = rowsOf<never>('foreign.jsonl') as unknown as readonly [
  { readonly modules: readonly string[] },
  ...ForeignRow[],
]

/** Modules whose layer here does something else, as their fix says. */
const UNLIKE: readonly string[] = [
  ...['AlphaDropout', 'FeatureAlphaDropout', 'Dropout1d', 'Dropout2d', 'Dropout3d'],
  ...['EmbeddingBag', 'MaxUnpool1d', 'MaxUnpool2d', 'MaxUnpool3d', 'Unflatten'],
]

/** Calls in which it cannot be known whether the author has confused two things. */
const DOUBTFUL: readonly string[] = ['nn.LayerNorm([12, 12])']

/** Modules of torchvision and timm, and those that came to torch.nn after 1.13; `BiLSTM` is what its users call theirs. */
const ELSEWHERE: readonly string[] = [
  ...[
    'CenterCrop',
    'DeformConv2d',
    'DropBlock2d',
    'MultiScaleRoIAlign',
    'RoIAlign',
    'RoIPool',
    'StochasticDepth',
  ],
  ...['DropPath', 'LayerScale', 'BiLSTM'],
  ...['CircularPad1d', 'CircularPad2d', 'CircularPad3d', 'ZeroPad1d', 'ZeroPad3d'],
]

it.each(rows.map((row) => [`${row.call} of ${row.in.join('×')}`, row] as const))('%s', (_, row) => {
  const { analysis, host } = analyzed(`network N {
  input x: [${row.in.join(', ')}]
  output y = x -> ${row.call}
}`)
  expect(analysis.problems.map(({ code }) => code)).toEqual(['unknown-layer'])
  const [problem] = analysis.problems
  const [fix] = problem ? offeredFixes({ analysis, host, problem }) : []
  if (fix === undefined) throw new Error(`${row.call} gets no fix.`)
  const isCertain = !UNLIKE.includes(row.name) && !DOUBTFUL.includes(row.call)
  expect([fix.title, fix.class]).toEqual([fix.title, isCertain ? 'certain' : 'choice'])
  const after = analyzed(applyEdits(analysis.file.text, fix.edits)).analysis
  const [network] = after.networks
  const text = after.file.text.split('\n')[2]
  expect([text, after.problems]).toEqual([text, []])
  const [output] = network?.outputs ?? []
  const same = row.name === 'EmbeddingBag' || [output?.tensor?.shape, network?.totals?.params]
  expect([text, same]).toEqual([text, row.name === 'EmbeddingBag' || [row.out, row.params]])
})

it('every module of PyTorch that leads to a layer is called here', () => {
  const known = modules.filter((name) => foreignLayer(name) !== undefined)
  const called = new Set(rows.map(({ name }) => name))
  expect(known.filter((name) => !called.has(name) && !UNLIKE.includes(name))).toEqual([])
})

it('every name that is said to be PyTorch’s is one', () => {
  const said = LAYERS.flatMap(({ foreign }) => foreign).filter(({ from }) => from === 'PyTorch')
  const missing = new Set(said.map(({ name }) => name).filter((name) => !modules.includes(name)))
  const functions = [...missing].filter((name) => /^[a-z]/.test(name))
  const elsewhere = [...missing].filter((name) => !functions.includes(name) && !ELSEWHERE.includes(name))
  expect(elsewhere).toEqual([])
  expect(functions.length).toBeGreaterThan(5)
})
