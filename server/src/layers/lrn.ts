import { SAME, windowMap } from '../model/axis-map'
import type { ForeignDefault, ForeignValue } from '../model/foreign'
import type { Shape } from '../model/shape'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { float, int, layer } from './declare'
import { caffe, mxnet, onnx, pytorch, radius, tensorflow } from './foreign'

/** How many channels TensorFlow sums over. */
const sizeOf: ForeignDefault = (given) =>
  radius.write(given('depth_radius') ?? { text: '5', value: 5 }, { given }) ?? '11'

/** TensorFlow multiplies a sum, and `alpha` here a mean. */
const timesSize: ForeignValue = {
  words: 'value · size',
  write: (alpha, { given }) => {
    const size = sizeOf(given)
    if (typeof alpha.value !== 'number' || Number.isNaN(Number(size))) return `(${alpha.text}) * (${size})`
    return String(Number((alpha.value * Number(size)).toPrecision(12)))
  },
}

export const lrn = layer({
  name: 'lrn',
  foreign: [
    ...pytorch('LocalResponseNorm'),
    ...caffe('LRN', { args: { norm_region: { only: ['ACROSS_CHANNELS', 0] } }, gives: { alpha: '1' } }),
    ...onnx('LRN', { needs: ['size'] }),
    ...mxnet('LRN', { needs: ['nsize'], gives: { k: '2' } }),
    ...tensorflow('local_response_normalization lrn', {
      order: ['depth_radius', 'bias', 'alpha', 'beta'],
      needs: ['depth_radius', 'bias'],
      args: {
        depth_radius: { option: 'size', value: radius },
        alpha: { option: 'alpha', value: timesSize },
      },
      gives: { size: '11', alpha: sizeOf, beta: '0.5' },
    }),
  ],
  category: 'Normalisation',
  traits: {
    range: 'any',
    reads: 'signal',
    normalises: { channels: 'neighbours', positions: false, batch: false, centred: false },
  },
  summary:
    'Divides each value by (k + alpha·m)^beta, m being the mean of the squares of `size` neighbouring channels at its place.',
  details:
    'As in PyTorch and Caffe, `alpha` is the factor of a mean. In the paper α is the factor of a sum, so that `alpha` here is α times `size`.',
  source: 'Krizhevsky et al. 2012, §3.3',
  output: 'the input’s shape',
  sees: 'its own place, in `size` neighbouring channels',
  byPlace: ['size'],
  pytorch: { order: ['size', 'alpha', 'beta', 'k'] },
  options: {
    size: int({
      documentation: 'how many neighbouring channels, its own included, are looked at',
      min: 1,
      default: '5',
      foreign: ['local_size', 'nsize', { name: 'depth_radius', value: radius }],
    }),
    alpha: float({ documentation: 'the factor of the mean square of these channels', default: '1e-4' }),
    beta: float({ documentation: 'the power to which the divisor is raised', default: '0.75' }),
    k: float({
      documentation: 'what is added to the mean, times `alpha`, before the power',
      default: '1',
      foreign: ['bias', 'knorm'],
    }),
  },
  constraints: [needsSpatialAxes],
  use: 'To rebuild networks of 2012 to 2014, such as AlexNet and GoogLeNet. VGG found no gain by it; newer networks use `batchnorm`.',
  inPyTorch: 'nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2)',
  example: `network Normalised {
  input x: [96, 55, 55]
  output y = x -> lrn(5, alpha=5e-4, beta=0.75, k=2)
  expect y.shape == [96, 55, 55]
}`,
  infer: ({ shapes, options: { size } }) => {
    const [x] = shapes as [Shape]
    const near = windowMap({ kernel: size, begin: Math.floor(size / 2) })
    return (
      spatialMisfit(x) ?? {
        shapes,
        field: { kind: 'maps', maps: x.map((_, axis) => (axis === 0 ? near : SAME)) },
      }
    )
  },
})
