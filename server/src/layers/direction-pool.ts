import type { Shape } from '../model/shape'
import { channelsDoNotDivide } from './constraints/channels'
import { isMisfit } from './constraints/ranks'
import { needsMap, needsRegions } from './constraints/regions'
import { int, layer } from './declare'
import { sizeOption, taken } from './region-pool'

export const directionPool = layer({
  name: 'direction_pool',
  foreign: ['DirectionPooling', 'direction_pooling'],
  category: 'Regions',
  traits: { range: 'kept', reads: 'maps', regions: true },
  summary:
    'Cuts every region into sectors and rings about its centre; each takes its values from channels of its own.',
  details:
    'A position that lies in direction d and distance r from the centre of its region reads the channel of (d, r): what is high there agrees that the centre is where the box says.',
  source: 'Chen et al. 2018 (MaskLab), §3.2',
  output: 'as many items as regions, each [C/(directions·distances), size …]',
  sees: 'everything: where a region lies depends on the image',
  tensors: [
    { name: 'features', documentation: 'one channel, or equally many, for each direction and distance' },
    { name: 'rois', documentation: 'the regions, [count, 4]' },
  ],
  options: {
    size: sizeOption,
    directions: int({
      documentation: 'how many sectors the plane about the centre falls into',
      min: 1,
      default: '8',
    }),
    distances: int({ documentation: 'how many rings each sector falls into', min: 1, default: '1' }),
  },
  constraints: [needsMap, needsRegions, channelsDoNotDivide],
  example: `network Directions {
  input features: [256, 50, 50]
  input regions: [100, 4]
  logits = features -> conv(8 * 4, 1)
  output y = direction_pool(logits, regions, 41, directions=8, distances=4)
  expect y.shape == [1, 41, 41]
  expect y.items == 100
}`,
  infer: (call) => {
    const pooled = taken(call)
    if (isMisfit(pooled)) return pooled
    const { directions, distances } = call.options
    const [channels] = call.shapes[0] as [number]
    const cells = directions * distances
    if (channels % cells !== 0) {
      const data = { what: 'channels', count: channels, divisor: cells, spelled: 'directions·distances' }
      return channelsDoNotDivide.violated(data, 0)
    }
    return { ...pooled, shapes: [[channels / cells, ...(pooled.shapes[0] as Shape).slice(1)]] }
  },
  formula: ({ shapes, options: { directions, distances } }, result) => [
    `channels ${(shapes[0] as Shape)[0]}/(${directions}·${distances}) = ${(result.shapes[0] as Shape)[0]}`,
  ],
})
