import { expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import type { Shape } from '../../server/src/model/shape'
import { analyzed } from '../helpers/problems'
import { rowsOf } from './rows'

/** The line of a layer's page as PyTorch has run it; see `torch-lines.py`. */
interface LineRow {
  readonly layer: string
  readonly line: string
  readonly tensors: Readonly<Record<string, Shape | readonly Shape[]>>
  /** With the batch in front, except for a parameter. */
  readonly out: readonly Shape[]
  readonly params: number
}

const rows = new Map(rowsOf<LineRow>('torch-lines.jsonl').map((row) => [row.layer, row]))

test('every line of a page has been run, and nothing else', () => {
  const lines = LAYERS.flatMap(({ name, inPyTorch }) => (inPyTorch === null ? [] : [`${name}: ${inPyTorch}`]))
  expect([...rows.values()].map(({ layer, line }) => `${layer}: ${line}`)).toEqual(lines)
})

test.each(LAYERS.filter(({ inPyTorch }) => inPyTorch !== null).map((layer) => [layer.name, layer] as const))(
  'PyTorch’s line for %s makes the shapes and the parameters of the example',
  (name, layer) => {
    const { analysis } = analyzed(`${layer.example}\n`)
    const node = analysis.networks[0]?.layers.find((each) => each.layer === layer)
    if (node === undefined) throw new Error(`the example of ${name} does not use it`)
    const row = rows.get(name)
    expect(Object.values(row?.tensors ?? {}).flat(2)).toEqual(node.inputs.flatMap(({ shape }) => shape))
    const batched = node.outputs.map(({ shape, items }) => (name === 'parameter' ? shape : [items, ...shape]))
    // Of layers that several tensors go through PyTorch's line shows the first.
    expect(row?.out).toEqual(batched.slice(0, row?.out.length))
    expect(row?.params).toBe(node.params)
  },
)
