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
  summary: 'Divides each value by the energy of its neighbours in the channels.',
  details:
    'As in PyTorch and Caffe, `alpha` multiplies a mean; in the paper, a sum: its α times `size` is `alpha`.',
  source: 'Krizhevsky et al. 2012, §3.3',
  output: 'the input’s shape',
  byPlace: ['size'],
  pytorch: { order: ['size', 'alpha', 'beta', 'k'] },
  options: {
    size: int({
      documentation: 'how many neighbouring channels count',
      min: 1,
      default: '5',
      foreign: ['local_size', 'depth_radius', 'nsize'],
    }),
    alpha: float({ documentation: 'the factor of the mean square of these channels', default: '1e-4' }),
    beta: float({ documentation: 'the exponent', default: '0.75' }),
    k: float({ documentation: 'added to it', default: '1', foreign: ['bias'] }),
  },
  constraints: [needsSpatialAxes],
  example: `network Normalised {
  input x: [96, 55, 55]
  output y = x -> lrn(5, alpha=5e-4, beta=0.75, k=2)
  expect y.shape == [96, 55, 55]
}`,
  infer: ({ shapes }) => spatialMisfit(shapes[0] as Shape) ?? { shapes },
})
