import { expect, test } from 'vitest'
import { seenField } from '../../server/src/model/seen'
import type { Shape } from '../../server/src/model/shape'
import { isTensor } from '../../server/src/model/value'
import { analyzed } from '../helpers/problems'
import { rowsOf } from './rows'

interface PlacesRow {
  readonly id: string
  readonly text: string
  /** By name: the shape, and the most pixels that change one value along each axis of the input. */
  readonly tensors: Readonly<Record<string, { readonly out: Shape; readonly seen: readonly number[] }>>
}

/** What is measured otherwise than we tell, with the reason. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'R79 t4': 'padding has taken away the one position of an axis of size 1, which a reshape had made anew',
}

/**
 * Where all positions of a map are mixed it sees everything, by definition. In so many axes the map was itself a part of
 * another one, or surrounded by padding, so that less than all of the input is measured.
 */
const MIXED_PARTS = 32

test('rows, windows, reshapes and joins along two axes see what PyTorch measures', () => {
  const differing: unknown[] = []
  let parts = 0
  for (const { id, text, tensors } of rowsOf<PlacesRow>('places.jsonl')) {
    const { analysis } = analyzed(text)
    expect(analysis.problems, text).toEqual([])
    const [graph] = analysis.networks
    const pixels = graph?.inputs[0]?.node?.tensor.shape.slice(1) ?? []
    for (const { name, value } of graph?.bindings ?? []) {
      const wanted = tensors[name.name]
      if (!isTensor(value) || graph === undefined || wanted === undefined) continue
      expect([id, name.name, value.tensor.shape]).toEqual([id, name.name, wanted.out])
      const field = seenField(value.tensor, graph)
      for (const [axis, most] of wanted.seen.entries()) {
        const [size, seen] = field === null || field === 'global' ? [] : [field.size[axis], field.seen[axis]]
        const isEverything = size === null || field === 'global'
        if (isEverything && most < (pixels[axis] as number)) parts++
        const agrees = isEverything || (seen === most && (size as number) >= most)
        if (!agrees && !(`${id} ${name.name}` in EXPLAINED)) {
          differing.push({ text, name: name.name, axis, most, field })
        }
      }
    }
  }
  expect(differing).toEqual([])
  expect(parts).toBe(MIXED_PARTS)
})
