import type { Shape } from '../model/shape'
import { bool, layer } from './declare'

export const l2norm = layer({
  name: 'l2norm',
  foreign: ['L2Norm', 'Normalize', 'L2Normalization', 'UnitNormalization'],
  category: 'Normalisation',
  traits: {
    range: ({ scale }) => (scale === false ? { least: -1, most: 1 } : 'any'),
    reads: 'signal',
    normalises: { channels: 'all', positions: false, batch: false, centred: false },
  },
  summary: 'The channels at each position at length 1, times one learned factor per channel.',
  source: 'Liu et al. 2016 (ParseNet), §3.3; Liu et al. 2016 (SSD), §3.1',
  output: 'the input’s shape',
  parameters: 'C; none with `scale=false`',
  options: {
    scale: bool({
      documentation: 'whether a factor is learned for each channel, C parameters',
      default: 'true',
    }),
  },
  weighted: true,
  example: `network Normalised {
  input x: [512, 38, 38]
  output y = x -> l2norm
  expect y.shape == [512, 38, 38]
  expect params == 512
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    return { shapes: [x], weights: options.scale ? [{ name: 'scale', shape: x.slice(0, 1) }] : [] }
  },
})
