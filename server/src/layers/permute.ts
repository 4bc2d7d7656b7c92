import type { ForeignValue } from '../model/foreign'
import { type Shape, showShape } from '../model/shape'
import { constraint, ints, layer, networkText } from './declare'
import { caffe, keras } from './foreign'
import { numbersOption } from './options'

interface PermutationData {
  readonly shape: Shape
  readonly order: readonly number[]
}

const invalidPermutation = constraint<PermutationData>({
  code: 'invalid-permutation',
  title: 'A list that is no order of the axes',
  explanation:
    '`order` names every axis of the tensor once; channels are axis 0. There is no batch axis: PyTorch’s `permute(0, 2, 3, 1)` is `permute([1, 2, 0])` here.',
  example: networkText('x -> permute([1, 2])', '[8, 14, 14]'),
  instead: networkText('x -> permute([1, 2, 0])', '[8, 14, 14]'),
  text: '`order` names every axis of the tensor once, channels being 0.',
  words: ({ shape, order }) => ({
    what: `[${order.join(', ')}] is no order of the ${shape.length} axes of ${showShape(shape)}`,
    why: 'every axis appears once; channels are axis 0, there is no batch axis',
    todo: `use each of ${shape.map((_, axis) => axis).join(', ')} once`,
  }),
})

/** An order of the axes that counts the batch. */
const inOrderAfterBatch: ForeignValue = {
  words: 'without the batch',
  write: ({ items }) => {
    const [first, ...rest] = items ?? []
    if (first?.value !== 0 || !rest.every(({ value }) => typeof value === 'number')) return undefined
    return `[${rest.map(({ value }) => (value as number) - 1).join(', ')}]`
  },
}

export const permute = layer({
  name: 'permute',
  aliases: ['transpose'],
  foreign: [
    ...keras('Permute', { order: ['dims'] }),
    ...caffe('Permute', { needs: ['order'], args: { order: { option: 'order', value: inOrderAfterBatch } } }),
  ],
  category: 'Shape',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    rearranges: 'axes',
    identity: {
      holds: (application) => numbersOption(application, 'order')?.every((axis, i) => axis === i) ?? false,
      why: 'the axes stay in their order',
      by: 'options',
      options: ['order'],
    },
  },
  summary: 'Puts the axes in another order: output axis n is input axis order[n].',
  output: 'the input’s sizes in that order',
  sees: 'its own place, along the axes in their new order',
  options: {
    order: ints({
      documentation: 'the input’s axes in their new order',
      min: 0,
      countsAxes: true,
      foreign: ['dims', 'perm', 'axes'],
    }),
  },
  constraints: [invalidPermutation],
  use: 'To bring the axes to the order that the next layer reads: `[1, 0]` makes rows of a signal, for `linear`, `attention` and recurrent layers.',
  inPyTorch: 'x.permute(0, 2, 3, 1)',
  example: `network ChannelsLast {
  input x: [255, 13, 13]
  output y = x -> permute([1, 2, 0])
  expect y.shape == [13, 13, 255]
}`,
  infer: ({ shapes, options: { order } }) => {
    const [x] = shapes as [Shape]
    const to = x.map((_, axis) => order.indexOf(axis))
    if (order.length !== x.length || to.includes(-1)) {
      return invalidPermutation.violated({ shape: x, order }, 'order')
    }
    return { shapes: [order.map((axis) => x[axis] as number)], field: { kind: 'move', to } }
  },
})
