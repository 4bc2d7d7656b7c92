import { GLOBAL } from '../model/receptive-field'
import { emptyList } from './constraints/lists'
import { ints, layer } from './declare'
import { unlike } from './foreign'

export const opaque = layer({
  name: 'opaque',
  foreign: unlike('Lambda custom external', 'give the shape of what it makes'),
  category: 'Shape',
  traits: { range: 'any', reads: 'either', undescribed: true },
  summary:
    'Stands for an operation that the language does not have: it takes any tensors and returns one of the given shape.',
  details:
    'It has no parameters and no MACs: the totals of the network do not contain the operation that it stands for. The rule `opaque-layer` reminds of that.',
  output: 'the given `shape`',
  sees: 'everything',
  tensors: [{ name: 'xs', documentation: 'whatever the operation reads', rest: { min: 1 } }],
  options: {
    shape: ints({
      documentation: 'the sizes of what comes out, without a batch axis',
      min: 1,
      foreign: ['size', 'output_shape'],
    }),
  },
  constraints: [emptyList],
  use: 'For an operation that the language does not have, so that the rest of the network can still be checked.',
  inPyTorch: null,
  example: `network Custom {
  input points: [1024, 3]
  output y = points -> opaque([512, 3])
  expect y.shape == [512, 3]
  expect params == 0
}`,
  infer: ({ shapes, options: { shape } }) => {
    if (shape.length === 0) return emptyList.violated({ option: 'shape' }, 'shape')
    return { shapes: [shape], field: shapes.map(() => GLOBAL) }
  },
})
