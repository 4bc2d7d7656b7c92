import { SAME, WHOLE } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { bool, layer } from './declare'
import { caffe, keras, mxnet, pytorch } from './foreign'

export const l2norm = layer({
  name: 'l2norm',
  foreign: [
    {
      name: 'L2Norm',
      order: ['n_channels', 'init'],
      args: { n_channels: { inputSize: 'channels' }, init: 'ignored' },
    },
    ...caffe('Normalize', {
      needs: ['across_spatial', 'channel_shared'],
      args: { across_spatial: { only: [false] }, channel_shared: { only: [false] } },
    }),
    ...pytorch('normalize', {
      order: ['p', 'dim', 'eps'],
      args: { p: { only: [2, 2.0] }, dim: { only: [1] }, eps: 'ignored' },
      gives: { scale: 'false' },
    }),
    ...mxnet('L2Normalization', {
      args: { mode: { only: ['channel'] } },
      requires: ['mode'],
      gives: { scale: 'false' },
    }),
    ...keras('UnitNormalization', { args: { axis: { only: [-1] } }, gives: { scale: 'false' } }),
  ],
  category: 'Normalisation',
  traits: {
    range: ({ scale }) => (scale === false ? { least: -1, most: 1 } : 'any'),
    reads: 'signal',
    normalises: { channels: 'all', positions: false, batch: false, centred: false },
  },
  summary:
    'Brings the channels at each position, read as a vector, to length 1, then multiplies each channel by a learned factor.',
  source: 'Liu et al. 2016 (ParseNet), §3.3; Liu et al. 2016 (SSD), §3.1',
  output: 'the input’s shape',
  sees: 'its own place, in all channels',
  parameters: 'C; none with `scale=false`',
  options: {
    scale: bool({
      documentation: 'whether a factor is learned for each channel, C parameters',
      default: 'true',
    }),
  },
  weighted: true,
  use: 'Before maps of different depths are joined (ParseNet, SSD): their values differ in size by orders of magnitude. With `scale=false` it prepares embeddings that are compared by their angle.',
  inPyTorch: 'F.normalize(x, dim=1) * nn.Parameter(torch.ones(512, 1, 1))',
  example: `network Normalised {
  input x: [512, 38, 38]
  output y = x -> l2norm
  expect y.shape == [512, 38, 38]
  expect params == 512
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    return {
      shapes: [x],
      weights: options.scale ? [{ name: 'scale', shape: x.slice(0, 1) }] : [],
      field: { kind: 'maps', maps: x.map((_, axis) => (axis === 0 ? WHOLE : SAME)) },
    }
  },
})
