import { product, type Shape, showShape } from '../model/shape'
import { showCount, showCountOf } from '../model/show'
import { constraint, ints, layer, networkText } from './declare'
import { keras, pytorch } from './foreign'
import { keepsShape } from './identities'

interface ReshapeData {
  readonly from: Shape
  readonly to: readonly number[]
}

const reshapeMismatch = constraint<ReshapeData>({
  code: 'reshape-mismatch',
  title: 'A new shape with another number of values',
  explanation:
    'A reshape keeps all values. So the product of the new sizes must be the number of values in the input. One size may be −1: it is computed from the others.',
  example: networkText('x -> reshape([12544]) -> linear(10)', '[256, 6, 6]'),
  text: '`shape` has positive sizes and at most one −1, and as many values as the input.',
  words: ({ from, to }) => {
    const arePositive = to.length > 0 && to.every((size) => size >= 1)
    const isVector = arePositive && to.length === 1
    const count = showCountOf(product(from), 'value')
    return {
      what: isVector
        ? `${showShape(from)} has ${count}, not ${showCount(product(to))}`
        : `${showShape(from)} (${count}) does not become ${showShape(to)}${values(to)}`,
      why: 'a reshape keeps every value; one size may be −1 and is filled in',
      todo: isVector
        ? 'use flatten, which needs no number, or correct the size'
        : arePositive
          ? 'correct a size, or leave one open with −1'
          : 'give positive sizes, −1 at most once',
    }
  },
})

function values(to: readonly number[]): string {
  return to.every((size) => size >= 1) ? ` (${showCountOf(product(to), 'value')})` : ''
}

export const reshape = layer({
  name: 'reshape',
  foreign: [
    ...keras('Reshape', { order: ['target_shape'] }),
    ...pytorch('Unflatten', {
      order: ['dim', 'shape'],
      args: { dim: { only: [1] } },
      remark: 'keeps no other axes: of a vector it is the same',
    }),
    ...pytorch('view', { remark: 'the batch is no axis here' }),
  ],
  category: 'Shape',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    rearranges: 'shape',
    identity: {
      holds: keepsShape,
      why: 'the tensor has this shape already',
      by: 'shape',
      options: ['shape'],
    },
  },
  summary: 'Gives the same values, in the same order, another shape.',
  output: 'the given `shape`',
  sees: 'its own place; where the new axes do not merge or divide the old ones evenly, the places are not traced further',
  options: {
    shape: ints({
      documentation: 'the sizes, without a batch axis; one may be −1 and is computed from the others',
      min: -1,
      foreign: ['target_shape', 'unflattened_size', 'size'],
    }),
  },
  constraints: [reshapeMismatch],
  use: 'To read the same values under other axes: a map as rows for attention, channels as heads or groups. It never moves values: to exchange axes use `permute`.',
  inPyTorch: 'x.reshape(len(x), 64, -1)',
  example: `network Rows {
  input x: [64, 8, 8]
  output y = x -> reshape([64, -1])
  expect y.shape == [64, 64]
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const wanted = options.shape
    const open = wanted.indexOf(-1)
    const rest = product(wanted.filter((_, i) => i !== open))
    const shape = wanted.map((size, i) => (i === open ? product(x) / rest : size))
    const fits = shape.length > 0 && shape.every((size) => Number.isInteger(size) && size >= 1)
    if (!fits || product(shape) !== product(x))
      return reshapeMismatch.violated({ from: x, to: wanted }, 'shape')
    return { shapes: [shape], field: { kind: 'regroup', from: x, to: shape } }
  },
  formula: ({ shapes }, result) => [
    `${(shapes[0] as Shape).join('·')} = ${product(shapes[0] as Shape)} = ${(result.shapes[0] as Shape).join('·')}`,
  ],
})
