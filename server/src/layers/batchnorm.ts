import type { Shape } from '../model/shape'
import { float, layer } from './declare'
import { affine, eps, scaleAndShift } from './normalising'

export const batchnorm = layer({
  name: 'batchnorm',
  aliases: ['bn'],
  foreign: [
    ...['BatchNorm1d', 'BatchNorm2d', 'BatchNorm3d', 'BatchNormalization', 'BatchNorm', 'SyncBatchNorm'],
  ],
  category: 'Normalisation',
  traits: {
    range: 'any',
    reads: 'signal',
    linear: true,
    elementwise: true,
    channelwise: true,
    normalises: { channels: 'each', positions: true, batch: true, centred: true },
  },
  summary:
    'Brings each channel to mean 0 and variance 1 over the batch, then multiplies by a learned scale and adds a learned shift.',
  details:
    'At inference mean and variance are constants: each value is multiplied and shifted by itself, so that the receptive field does not grow. The running statistics are not parameters.',
  source: 'Ioffe & Szegedy 2015, §3',
  output: 'the input’s shape',
  parameters: '2C; none with `affine=false`',
  pytorch: { order: ['num_features', 'eps', 'momentum', 'affine'], inputSizes: { num_features: 'channels' } },
  options: {
    affine,
    eps,
    momentum: float({
      documentation: 'the share of the newest batch in the running statistics',
      default: '0.1',
      min: 0,
      max: 1,
      foreign: ['moving_average_fraction'],
    }),
  },
  weighted: true,
  use: 'After a convolution without bias and before its activation: it allows larger learning rates and makes training less sensitive to the initial weights. With fewer than about 16 images in a batch its statistics are poor; use `groupnorm` then.',
  inPyTorch: 'nn.BatchNorm2d(64)',
  example: `network Normalised {
  input x: [64, 56, 56]
  output y = x -> conv(64, 3, padding=1, bias=false) -> batchnorm -> relu
  expect y.shape == [64, 56, 56]
  expect y.params == 36_992
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    return { shapes: [x], weights: scaleAndShift([x[0] as number], options.affine) }
  },
})
