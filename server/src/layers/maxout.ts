import { SAME, windowMap } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { channelsDoNotDivide } from './constraints/channels'
import { int, layer } from './declare'

export const maxout = layer({
  name: 'maxout',
  foreign: ['Maxout', { name: 'MaxFeatureMap', gives: { pieces: '2' } }],
  category: 'Activation',
  traits: {
    range: 'kept',
    reads: 'signal',
    activation: true,
    identity: {
      holds: ({ options }) => options.pieces === 1,
      why: 'the largest of one channel is that channel',
      by: 'options',
      options: ['pieces'],
    },
  },
  summary: 'Takes the largest of each group of `pieces` neighbouring channels.',
  source: 'Goodfellow et al. 2013, §2',
  output: '[C/pieces, i …]',
  sees: 'its own place, in `pieces` neighbouring channels',
  byPlace: ['pieces'],
  options: {
    pieces: int({
      documentation: 'how many input channels make one output channel',
      min: 1,
      default: '2',
      foreign: ['num_pieces', 'pool_size', 'k'],
    }),
  },
  constraints: [channelsDoNotDivide],
  use: 'In place of an activation where the network should learn its form: the largest of several linear functions can imitate any convex one. The layer before it needs `pieces` times the channels.',
  inPyTorch: 'x.unflatten(1, (48, 2)).amax(dim=2)',
  example: `network Activated {
  input x: [96, 32, 32]
  output y = x -> maxout(2)
  expect y.shape == [48, 32, 32]
}`,
  infer: ({ shapes, options: { pieces } }) => {
    const [x] = shapes as [Shape]
    const [channels, ...sizes] = x as [number, ...number[]]
    if (channels % pieces !== 0) {
      const data = { what: 'channels', count: channels, divisor: pieces, spelled: 'pieces' }
      return channelsDoNotDivide.violated(data, 'pieces')
    }
    const few = windowMap({ kernel: pieces, stride: pieces })
    return {
      shapes: [[channels / pieces, ...sizes]],
      field: { kind: 'maps', maps: [few, ...sizes.map(() => SAME)] },
    }
  },
  formula: ({ shapes, options: { pieces } }, result) => [
    `${(shapes[0] as Shape)[0]}/${pieces} = ${(result.shapes[0] as Shape)[0]}`,
  ],
})
