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
  write: ({ value }, { given }) => {
    const side = given('depth_radius')?.value ?? 5
    return typeof value === 'number' && typeof side === 'number'
      ? String(Number((value * (2 * side + 1)).toPrecision(12)))
      : undefined
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
      foreign: ['local_size', 'nsize', { name: 'depth_radius', value: radius }],
    }),
    alpha: float({ documentation: 'the factor of the mean square of these channels', default: '1e-4' }),
    beta: float({ documentation: 'the exponent', default: '0.75' }),
    k: float({ documentation: 'added to it', default: '1', foreign: ['bias', 'knorm'] }),
  },
  constraints: [needsSpatialAxes],
  example: `network Normalised {
  input x: [96, 55, 55]
  output y = x -> lrn(5, alpha=5e-4, beta=0.75, k=2)
  expect y.shape == [96, 55, 55]
}`,
  infer: ({ shapes }) => spatialMisfit(shapes[0] as Shape) ?? { shapes },
})
