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
  summary: 'The largest of every few neighbouring channels.',
  source: 'Goodfellow et al. 2013, §2',
  output: '[C/pieces, i …]',
  byPlace: ['pieces'],
  options: {
    pieces: int({
      documentation: 'how many channels compete for one output channel',
      min: 1,
      default: '2',
      foreign: ['num_pieces', 'pool_size', 'k'],
    }),
  },
  constraints: [channelsDoNotDivide],
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
    return { shapes: [[channels / pieces, ...sizes]] }
  },
  formula: ({ shapes, options: { pieces } }, result) => [
    `${(shapes[0] as Shape)[0]}/${pieces} = ${(result.shapes[0] as Shape)[0]}`,
  ],
})
