import type { Shape } from '../model/shape'
import { float, layer } from './declare'
import { bothOf, caffe, complement, flax, keras, pytorch } from './foreign'
import { affine, eps, scaleAndShift } from './normalising'

export const batchnorm = layer({
  name: 'batchnorm',
  aliases: ['bn'],
  foreign: [
    ...pytorch('BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm', {
      order: ['num_features', 'eps', 'momentum', 'affine', 'track_running_stats', 'process_group'],
      args: { track_running_stats: 'ignored', process_group: 'ignored' },
    }),
    ...pytorch('LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d', {
      order: ['eps', 'momentum', 'affine', 'track_running_stats'],
      args: { track_running_stats: 'ignored' },
    }),
    ...keras('BatchNormalization', {
      order: ['axis', 'momentum', 'eps', 'center', 'scale'],
      args: {
        axis: { only: [-1, 3, 1] },
        momentum: { option: 'momentum', value: complement },
        center: { option: 'affine', value: bothOf('scale') },
        scale: { option: 'affine', value: bothOf('center') },
      },
    }),
    ...flax('BatchNorm', {
      needs: ['use_running_average', 'use_bias', 'use_scale'],
      args: {
        use_running_average: 'ignored',
        momentum: { option: 'momentum', value: complement },
        use_bias: { option: 'affine', value: bothOf('use_scale') },
        use_scale: { option: 'affine', value: bothOf('use_bias') },
      },
    }),
    ...caffe('BatchNorm', {
      needs: ['moving_average_fraction', 'use_global_stats'],
      args: { use_global_stats: 'ignored' },
      gives: { affine: 'false' },
    }),
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
      foreign: [{ name: 'moving_average_fraction', value: complement }],
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
