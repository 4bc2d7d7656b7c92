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
    'Divides each region into sectors and rings around its centre; each of them takes its values from channels of its own.',
  details:
    'A position in direction d and at distance r from the centre of its region reads the channel for (d, r). A high value there says that an object has its centre where the region has it.',
  source: 'Chen et al. 2018 (MaskLab), §3.2',
  output: 'as many items as regions, each [C/(directions·distances), size …]',
  sees: 'everything, as the image decides where a region lies',
  tensors: [
    { name: 'features', documentation: 'one channel, or equally many, for each direction and distance' },
    { name: 'rois', documentation: 'the regions, [count, 4]' },
  ],
  options: {
    size: sizeOption,
    directions: int({
      documentation: 'into how many sectors the region is divided',
      min: 1,
      default: '8',
    }),
    distances: int({ documentation: 'into how many rings each sector is divided', min: 1, default: '1' }),
  },
  constraints: [needsMap, needsRegions, channelsDoNotDivide],
  use: 'For instance masks: neighbouring objects of one class are told apart by where their centres lie.',
  inPyTorch: null,
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
