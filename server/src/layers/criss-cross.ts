import { GLOBAL, POINTWISE } from '../model/receptive-field'
import { type Shape, sameShape, showShape } from '../model/shape'
import { shapesUnequal } from './constraints/merging'
import { constraint, layer, networkText } from './declare'

interface PlaneData {
  readonly shape: Shape
}

const needsTwoAxes = constraint<PlaneData>({
  code: 'needs-two-spatial-axes',
  title: 'Criss-cross attention on a tensor that is not a map with height and width',
  explanation:
    'For each position the layer looks along its row and its column. So it needs a map `[C, H, W]`.',
  example: networkText('affinity(x, x)', '[64, 100]'),
  instead: networkText('affinity(x, x)', '[64, 100, 100]'),
  text: 'The tensors are maps `[C, H, W]`.',
  words: ({ shape }) => ({
    what: `${showShape(shape)} is no map with height and width`,
    why: 'criss-cross attention goes along the row and the column of each position',
    todo: 'apply it to a map [C, H, W]',
  }),
})

interface AttentionData {
  readonly attention: Shape
  readonly values: Shape
}

const attentionDiffers = constraint<AttentionData>({
  code: 'attention-differs',
  title: 'An attention map of the wrong shape',
  explanation:
    '`aggregation` sums the values along the row and the column of each position. It needs a weight for each of these H + W − 1 positions, at every position of the map.',
  example: networkText('aggregation(x, z)', '[200, 97, 97]', '[512, 97, 97]'),
  instead: networkText('aggregation(x, z)', '[193, 97, 97]', '[512, 97, 97]'),
  text: 'The attention is `[H + W − 1, H, W]` for values `[C, H, W]`.',
  words: ({ attention, values: [, height = 0, width = 0] }) => ({
    what: `the attention is ${showShape(attention)}, and the values are ${height}×${width} positions`,
    why: 'each position has one weight for every position of its row and column',
    todo: `give attention of ${showShape([height + width - 1, height, width])}, from affinity(q, k) on maps of that size`,
  }),
})

const SOURCE = 'Huang et al. 2019 (CCNet), §3.2'

export const affinity = layer({
  name: 'affinity',
  foreign: ['CrissCrossAffinity', 'ca_weight'],
  category: 'Recurrence and attention',
  traits: { range: 'any', reads: 'maps', linear: true },
  summary: 'Multiplies the query at each position with each key of its row and its column.',
  source: SOURCE,
  output: '[H + W − 1, H, W]',
  macs: 'C·(H + W − 1)·H·W',
  sees: 'its own place in the queries; in the keys the row and the column through its place, which count as everything',
  tensors: [
    { name: 'q', documentation: 'the queries, [C, H, W]' },
    { name: 'k', documentation: 'the keys, of the same shape' },
  ],
  constraints: [needsTwoAxes, shapesUnequal],
  use: 'The first half of criss-cross attention: each position is compared with the H + W − 1 positions of its row and column alone, not with all H·W. Apply `softmax` to the result, then `aggregation`.',
  inPyTorch: null,
  example: `network Attention {
  input x: [512, 97, 97]
  output a = affinity(x -> conv(64, 1), x -> conv(64, 1)) -> softmax
  expect a.shape == [193, 97, 97]
}`,
  infer: ({ shapes }) => {
    const [q, k] = shapes as [Shape, Shape]
    if (q.length !== 3) return needsTwoAxes.violated({ shape: q }, 0)
    if (!sameShape(q, k)) {
      const axis = k.length === q.length ? q.findIndex((size, i) => size !== k[i]) : null
      return shapesUnequal.violated({ shapes, tensors: [0, 1], axis }, 1)
    }
    const [channels, height, width] = q as [number, number, number]
    const weights = height + width - 1
    return {
      shapes: [[weights, height, width]],
      macs: channels * weights * height * width,
      field: [POINTWISE, GLOBAL],
    }
  },
})

export const aggregation = layer({
  name: 'aggregation',
  foreign: ['CrissCrossAggregation', 'ca_map'],
  category: 'Recurrence and attention',
  traits: { range: 'any', reads: 'maps', linear: true },
  summary: 'Gives each position the sum of the values of its row and its column, weighted by the attention.',
  source: SOURCE,
  output: 'the shape of `v`',
  macs: 'C·(H + W − 1)·H·W',
  sees: 'its own place in the attention; in the values the row and the column through its place, which count as everything',
  tensors: [
    { name: 'attention', documentation: 'the weights, [H + W − 1, H, W]' },
    { name: 'v', documentation: 'the values, [C, H, W]' },
  ],
  constraints: [needsTwoAxes, attentionDiffers],
  use: 'The second half of criss-cross attention. Applied twice, every position has information of every other one, at a small part of the memory that attention over all pairs takes.',
  inPyTorch: null,
  example: `network Attention {
  input x: [512, 97, 97]
  a = affinity(x -> conv(64, 1), x -> conv(64, 1)) -> softmax
  output y = aggregation(a, x -> conv(512, 1))
  expect y.shape == [512, 97, 97]
}`,
  infer: ({ shapes }) => {
    const [attention, v] = shapes as [Shape, Shape]
    if (v.length !== 3) return needsTwoAxes.violated({ shape: v }, 1)
    const [channels, height, width] = v as [number, number, number]
    const weights = height + width - 1
    if (!sameShape(attention, [weights, height, width])) {
      return attentionDiffers.violated({ attention, values: v }, 0)
    }
    return { shapes: [v], macs: channels * weights * height * width, field: [POINTWISE, GLOBAL] }
  },
})
