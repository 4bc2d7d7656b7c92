import { SAME, WHOLE } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { layer } from './declare'
import { affine, eps, scaleAndShift } from './normalising'

export const layernorm = layer({
  name: 'layernorm',
  foreign: ['LayerNorm', 'LayerNormalization'],
  category: 'Normalisation',
  traits: {
    range: 'any',
    reads: 'rows',
    normalises: { channels: 'all', positions: false, batch: false, centred: true },
  },
  summary:
    'The channels at each position, or the features of each row, at mean 0 and variance 1, then scaled and shifted.',
  source: 'Ba et al. 2016, §3; on maps: Liu et al. 2022 (ConvNeXt), §2.6',
  output: 'the input’s shape',
  sees: 'all channels at its own place; on rows all features of its row',
  parameters: '2C on a map, 2F on rows and vectors; none with `affine=false`',
  pytorch: {
    order: ['normalized_shape', 'eps', 'affine', 'bias'],
    inputSizes: { normalized_shape: 'features' },
  },
  options: { eps, affine },
  weighted: true,
  example: `network Normalised {
  input x: [96, 56, 56]
  output y = x -> layernorm
  expect y.shape == [96, 56, 56]
  expect params == 192
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const own = x.length === 2 ? 1 : 0
    const features = x[own]
    return {
      shapes: [x],
      weights: scaleAndShift([features as number], options.affine),
      field: { kind: 'maps', maps: x.map((_, axis) => (axis === own ? WHOLE : SAME)) },
    }
  },
})
