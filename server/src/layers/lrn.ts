import { SAME, windowMap } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { float, int, layer } from './declare'

export const lrn = layer({
  name: 'lrn',
  foreign: ['LocalResponseNorm', 'LRN', 'local_response_normalization'],
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
      foreign: ['local_size', 'depth_radius', 'nsize'],
    }),
    alpha: float({ documentation: 'the factor of the mean square of these channels', default: '1e-4' }),
    beta: float({ documentation: 'the power to which the divisor is raised', default: '0.75' }),
    k: float({
      documentation: 'what is added to the mean, times `alpha`, before the power',
      default: '1',
      foreign: ['bias'],
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
