import { expect, test } from 'vitest'
import type { NetworkGraph, Tensor } from '../../server/src/model/graph'
import { seenField } from '../../server/src/model/seen'
import { isTensor } from '../../server/src/model/value'
import { analyzed } from '../helpers/problems'
import { type FieldAxis, type FieldRow, rowsOf } from './rows'

/** The axes that are told otherwise, by row, tensor and axis, with the reason. */
const EXPLAINED: Readonly<Record<string, string>> = {}

/** The share of all axes that must agree. */
const AGREEING = 0.998

/** What we say of the axes of a tensor, in the terms of the row; fractions as the row rounds them. */
function axesOf(tensor: Tensor, graph: NetworkGraph): readonly FieldAxis[] {
  const field = seenField(tensor, graph)
  return tensor.shape.slice(1).map((_, axis): FieldAxis => {
    if (field === null || field === 'global' || field.size[axis] === null) return null
    const [size, stride, padding, seen] = [field.size, field.stride, field.padding, field.seen].map(
      (entries) => entries[axis] ?? undefined,
    ) as [number, number?, number?, number?]
    return size === 0 ? 'nothing' : { size, stride: rounded(stride), padding: rounded(padding), seen }
  })
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(1000 * value) / 1000
}

/** The axis of a row, rounded likewise; it leaves out what it does not know. */
function wantedOf(axis: FieldAxis): FieldAxis {
  if (axis === null || axis === 'nothing') return axis
  const { size, stride, padding, seen } = axis
  return { size, stride: rounded(stride), padding: rounded(padding), seen }
}

const rows = rowsOf<FieldRow>('fields.jsonl')

test('sizes, strides, paddings and what borders leave of them are those of an independent program', () => {
  const differing: unknown[] = []
  let count = 0
  for (const { id, text, tensors } of rows) {
    const { analysis } = analyzed(text)
    expect(analysis.problems, text).toEqual([])
    const [graph] = analysis.networks
    const named = new Map<string, Tensor>()
    for (const { name, value } of graph?.bindings ?? []) {
      if (isTensor(value)) named.set(name.name, value.tensor)
    }
    for (const [name, { shape, axes }] of Object.entries(tensors)) {
      const tensor = named.get(name)
      if (graph === undefined || tensor === undefined) throw new Error(`${id} has no ${name}`)
      expect([id, name, tensor.shape]).toEqual([id, name, shape])
      const found = axesOf(tensor, graph)
      for (const [axis, given] of axes.entries()) {
        count++
        const wanted = wantedOf(given)
        const own = found[axis]
        const place = `${id} ${name} ${axis}`
        if (JSON.stringify(own) !== JSON.stringify(wanted) && !(place in EXPLAINED)) {
          differing.push({ place, wanted, found: own })
        }
      }
    }
  }
  expect(differing).toEqual([])
  expect(1 - Object.keys(EXPLAINED).length / count).toBeGreaterThanOrEqual(AGREEING)
})
