import { product, type Shape } from '../model/shape'
import { tooFewValues } from './constraints/normalising'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { layer } from './declare'
import { bothOf, keras, onnx, pytorch } from './foreign'
import { affine, eps, scaleAndShift } from './normalising'

export const instancenorm = layer({
  name: 'instancenorm',
  foreign: [
    ...pytorch('InstanceNorm1d InstanceNorm2d InstanceNorm3d', {
      order: ['num_features', 'eps', 'momentum', 'affine', 'track_running_stats'],
      args: { momentum: 'ignored', track_running_stats: 'ignored' },
    }),
    ...pytorch('LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d', {
      order: ['eps', 'momentum', 'affine', 'track_running_stats'],
      args: { momentum: 'ignored', track_running_stats: 'ignored' },
      gives: { affine: 'true' },
    }),
    ...keras('InstanceNormalization', {
      args: {
        axis: { only: [-1, 3, 1] },
        center: { option: 'affine', value: bothOf('scale') },
        scale: { option: 'affine', value: bothOf('center') },
      },
      gives: { affine: 'true' },
    }),
    ...onnx('InstanceNormalization', { gives: { affine: 'true' } }),
  ],
  category: 'Normalisation',
  traits: {
    range: 'any',
    reads: 'signal',
    channelwise: true,
    normalises: { channels: 'each', positions: true, batch: false, centred: true },
  },
  summary: 'Brings each channel of each image to mean 0 and variance 1.',
  source: 'Ulyanov et al. 2016, §2',
  output: 'the input’s shape',
  sees: 'its own place; mean and variance of its channel depend on all positions, at inference too, but by convention they are left aside',
  parameters: 'none; 2C with `affine=true`',
  pytorch: { order: ['num_features', 'eps', 'momentum', 'affine'], inputSizes: { num_features: 'channels' } },
  options: { affine: { ...affine, default: 'false' }, eps },
  constraints: [needsSpatialAxes, tooFewValues],
  weighted: true,
  use: 'For style transfer and image generation: it removes the contrast of the single image. For classification it removes information that is needed.',
  inPyTorch: 'nn.InstanceNorm2d(64)',
  example: `network Normalised {
  input x: [64, 56, 56]
  output y = x -> instancenorm
  expect y.shape == [64, 56, 56]
  expect params == 0
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    const [channels] = x as [number]
    if (product(x) === channels) return tooFewValues.violated({ shape: x, together: 'channel' }, 0)
    return { shapes: [x], weights: scaleAndShift([channels], options.affine) }
  },
})
