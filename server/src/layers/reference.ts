/** Layers that take a size, or a second tensor whose size they match. */
import type { TensorParameter, Violation } from '../model/layer'
import { type Shape, showShape } from '../model/shape'
import { constraint, networkText, optionalSize } from './declare'

export const TENSORS: readonly TensorParameter[] = [
  { name: 'x', documentation: 'the input' },
  {
    name: 'reference',
    documentation: 'a tensor whose spatial size is taken, in place of `size`',
    optional: true,
  },
]

export const optionalSizeOption = optionalSize({
  documentation: 'the output’s size; left out when a second tensor gives it',
  optional: true,
  foreign: ['output_size', 'target_size', 'out_size'],
})

export interface SizeData {
  readonly given: 'both' | 'neither'
}

export const sizeOrReference = constraint<SizeData>({
  code: 'size-or-reference',
  title: 'No size for the output, or two of them',
  explanation:
    'The size of the output is given by `size` or by a second tensor. One of them is needed, and only one.',
  example: networkText('x -> resize', '[8, 28, 28]'),
  instead: networkText('x -> resize(56)', '[8, 28, 28]'),
  text: 'Either `size` or a second tensor is given.',
  words: ({ given }) => ({
    what:
      given === 'both'
        ? 'both a size and a tensor to match are given'
        : 'neither a size nor a tensor to match is given',
    why: 'one of them says how large the output is',
    todo: given === 'both' ? 'leave one of them out' : 'give a size, or a second tensor to match',
  }),
})

export interface ReferenceData {
  readonly shapes: readonly [Shape, Shape]
}

export const referenceRank = constraint<ReferenceData>({
  code: 'reference-rank-differs',
  title: 'A second tensor with another number of axes',
  explanation:
    'The spatial size of the output is taken from the second tensor, axis by axis. So both tensors have equally many axes.',
  example: networkText('resize(x, z)', '[8, 28, 28]', '[8, 28]'),
  instead: networkText('resize(x, z)', '[8, 28, 28]', '[8, 56, 56]'),
  text: 'The second tensor has as many axes as the first.',
  words: ({ shapes: [x, reference] }) => ({
    what: `${showShape(reference)} has another number of axes than ${showShape(x)}`,
    why: 'its spatial size is taken axis by axis',
    todo: 'match a tensor with the same number of spatial axes',
  }),
})

/** The wanted spatial size, or the violation. */
export function wantedSize(
  shapes: readonly Shape[],
  size: readonly number[] | undefined,
): readonly number[] | Violation {
  const [x, reference] = shapes as [Shape, Shape?]
  if (reference === undefined) return size ?? sizeOrReference.violated({ given: 'neither' })
  if (size !== undefined) return sizeOrReference.violated({ given: 'both' }, 'size')
  return reference.length === x.length
    ? reference.slice(1)
    : referenceRank.violated({ shapes: [x, reference] }, 1)
}
