import { describe, expect, test } from 'vitest'
import { findLayer, LAYERS } from '../../server/src/layers'
import { valueRangeOf } from '../../server/src/layers/traits'
import type { LayerNode } from '../../server/src/model/graph'
import type { Shape } from '../../server/src/model/shape'
import type { Traits } from '../../server/src/model/traits'
import { analyzed } from '../helpers/problems'
import { type LayerRow, type OperationRow, rowsOf } from './rows'

/** What PyTorch's layer was measured to be like; see `kinds.py`. */
interface Measured {
  readonly linear: boolean
  readonly elementwise: boolean
  readonly channelwise: boolean
  readonly rearranges: boolean
  readonly idempotent: boolean
  readonly keeps: readonly [number, number | null] | null
  readonly rectifies: boolean
  readonly kept: boolean
  readonly least: number
  readonly most: number
  readonly training: boolean
  readonly sums: boolean
}

interface KindRow {
  readonly layer: string
  readonly in: readonly Shape[]
  readonly out: Shape
  readonly params: number
  readonly traits: Measured | null
}

const ROWS = rowsOf<KindRow>('kinds.jsonl')

/** Layers without a row that PyTorch has executed, and why. */
const WITHOUT_PYTORCH: Readonly<Record<string, string>> = {
  affinity: 'of one paper; PyTorch has no criss-cross attention',
  aggregation: 'of one paper; PyTorch has no criss-cross attention',
  anchors: 'a reshaping that each detector writes for itself',
  conv_lstm: 'PyTorch has no convolutional LSTM',
  crf: 'of one paper; PyTorch has no conditional random field',
  deform_pool: 'torchvision has deformable convolution alone',
  direction_pool: 'of one paper',
  gradient_reversal: 'a gradient of its own, no layer of PyTorch',
  group_softmax: 'PyTorch has no softmax in groups',
  locally_connected: 'PyTorch has shared weights alone',
  opaque: 'stands for what no layer describes',
  non_max_suppression: 'how many boxes are left depends on the image; here `count` says it',
  proposals: 'how many regions are left depends on the image; here `count` says it',
  rbf: 'of LeNet-5; PyTorch has no such layer',
  roi_warp: 'cuts out of the image what PyTorch leaves to the loading of data',
  select_class: 'an indexing that each head writes for itself',
  selective_search: 'an algorithm outside of the network',
  superpixel_sum: 'of one paper',
  superpixels: 'an algorithm outside of the network',
}

function nameIn({ layer }: { readonly layer: string }): string {
  const [, name = ''] = /^\(?(?:[ax] -> )?(\w+)/.exec(layer) ?? []
  return findLayer(name)?.name ?? name
}

test('every layer has a row in kinds.py, or a reason to have none', () => {
  const executed = [...rowsOf<LayerRow>('layers.jsonl'), ...rowsOf<OperationRow>('operations.jsonl')]
  const have = new Set([...ROWS, ...executed].map(nameIn))
  const missing = LAYERS.flatMap(({ name }) =>
    have.has(name) || name in WITHOUT_PYTORCH
      ? []
      : [`${name}: add it to kinds.py, or a reason to this test`],
  )
  expect(missing).toEqual([])
  const needless = Object.keys(WITHOUT_PYTORCH).filter((name) => have.has(name) || !findLayer(name))
  expect(needless).toEqual([])
})

/** The application that a row is about, in a network of its own. */
function applied(row: KindRow): LayerNode {
  const inputs = row.in.map((shape, i) => `  input ${'xzw'[i]}: [${shape.join(', ')}]\n`)
  const { analysis } = analyzed(`network Row {\n${inputs.join('')}  output y = ${row.layer}\n}\n`)
  expect(analysis.problems).toEqual([])
  const [graph] = analysis.networks
  expect({ out: graph?.outputs[0]?.tensor?.shape, params: graph?.totals?.params }).toEqual({
    out: row.out,
    params: row.params,
  })
  return graph?.layers.find(({ layer }) => layer.name === nameIn(row)) as LayerNode
}

/** What the declaration says, in the terms of the measurement; what it does not speak of is left out. */
function declared(node: LayerNode): Partial<Measured> {
  const { traits } = node.layer
  const { activation, keeps, normalises } = traits
  return {
    linear: traits.linear === true,
    elementwise: traits.elementwise === true,
    ...(hasChannels(traits) ? { channelwise: traits.channelwise === true } : {}),
    rearranges: traits.rearranges !== undefined || traits.training !== undefined,
    ...(activation ? { idempotent: traits.idempotent === true } : {}),
    ...(activation
      ? { keeps: keeps ? [keeps.least, Number.isFinite(keeps.most) ? keeps.most : null] : null }
      : {}),
    rectifies: traits.rectifies === true,
    training: traits.training !== undefined || normalises?.batch === true,
    sums: traits.shares === 'plain',
    ...(valueRangeOf(node) === 'kept' ? { kept: true } : {}),
  }
}

/** Rows and matrices have no channels as their first axis. */
function hasChannels({ reads, merges }: Traits): boolean {
  return reads !== 'rows' && merges !== 'as matrices'
}

/** How near to a bound the measured values must come, and how far where there is none. */
const NEAR = 0.05
const FAR = 50

describe.each(ROWS.map((row) => [row.layer, row] as const))('%s', (_, row) => {
  test('has PyTorch’s shape and parameters, and is like PyTorch’s layer', () => {
    const node = applied(row)
    if (row.traits === null) return
    const said = declared(node)
    const measured = Object.fromEntries(
      Object.keys(said).map((key) => [key, row.traits?.[key as keyof Measured]]),
    )
    expect(said).toEqual(measured)
    const range = valueRangeOf(node)
    if (typeof range !== 'object') return
    const { least, most } = row.traits
    expect(least).toBeGreaterThanOrEqual(range.least - 1e-9)
    expect(most).toBeLessThanOrEqual(range.most + 1e-9)
    expect(least).toBeLessThan(Number.isFinite(range.least) ? range.least + NEAR : -FAR)
    expect(most).toBeGreaterThan(Number.isFinite(range.most) ? range.most - NEAR : FAR)
  })
})
