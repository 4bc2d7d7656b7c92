import { describe, expect, test } from 'vitest'
import { LAYERS } from '../../server/src/layers'
import { apply, applyWith, inferred, scalars } from './apply'
import { ROWS } from './rows'
import { ARRANGING } from './rows-of-arranging'

/** It asks what made its tensor, and is applied with an answer in `field.test.ts`. */
const APPLIED_ELSEWHERE = ['max_unpool']

test('every layer has a row', () => {
  const have = [...Object.keys(ROWS), ...Object.keys(ARRANGING), ...APPLIED_ELSEWHERE]
  expect(LAYERS.flatMap(({ name }) => (have.includes(name) ? [] : [`${name} has no row here`]))).toEqual([])
})

describe.each([...Object.entries(ROWS), ...Object.entries(ARRANGING)])('%s', (_, rows) => {
  test.each(rows.map((row) => [`${row[0]} on ${JSON.stringify(row[1])}`, row] as const))('%s', (_, row) => {
    const [call, shapes, outs, params = 0, macs = 0] = row
    const result = inferred(apply(call, ...shapes))
    expect({ outs: result.shapes, params: scalars(result), macs: result.macs ?? 0 }).toEqual({
      outs,
      params,
      macs,
    })
  })
})

test('regions become items', () => {
  const calls = ['roi_pool(7)', 'roi_align(7)', 'deform_pool(7)', 'roi_warp(7)', 'direction_pool(7)']
  for (const call of calls) {
    expect(inferred(apply(call, [256, 50, 50], [1000, 4])).items).toBe(1000)
  }
  expect(inferred(apply('proposals', [21], [84])).items).toBe(1)
})

test('scores in rows choose for each item', () => {
  const items = [100, 1]
  const chosen = inferred(
    applyWith(
      'select_class',
      [
        [81, 28, 28],
        [100, 81],
      ],
      { items },
    ),
  )
  expect(chosen.shapes).toEqual([[1, 28, 28]])
  const { result } = applyWith(
    'select_class',
    [
      [81, 28, 28],
      [99, 81],
    ],
    { items },
  )
  expect(result).toMatchObject({ at: 1, data: { shape: [99, 81], items: 100 } })
})

test('the best of the items become rows', () => {
  const kept = inferred(applyWith('nms(100)', [[4], [91]], { items: [1000, 1000] }))
  expect(kept).toMatchObject({
    shapes: [
      [100, 4],
      [100, 91],
    ],
    items: 1,
  })
})
