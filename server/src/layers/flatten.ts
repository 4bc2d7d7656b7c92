import { product, type Shape } from '../model/shape'
import { layer } from './declare'

export const flatten = layer({
  name: 'flatten',
  foreign: ['Flatten'],
  category: 'Shape',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    channelwise: true,
    rearranges: 'shape',
    identity: {
      holds: ({ inputs }) => inputs[0]?.shape.length === 1,
      why: 'the tensor is a vector already',
      by: 'shape',
    },
  },
  summary: 'All values in one vector, channel by channel.',
  output: '[C·∏i]',
  sees: 'its own place, which the index tells',
  example: `network Head {
  input x: [512, 7, 7]
  output y = x -> flatten
  expect y.shape == [25_088]
}`,
  infer: ({ shapes }) => {
    const [x] = shapes as [Shape]
    const shape = [product(x)]
    return { shapes: [shape], field: { kind: 'regroup', from: x, to: shape } }
  },
  formula: ({ shapes }, result) => [`${(shapes[0] as Shape).join('·')} = ${(result.shapes[0] as Shape)[0]}`],
})
