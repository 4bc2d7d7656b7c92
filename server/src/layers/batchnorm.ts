import type { Shape } from '../model/shape'
import { bool, float, layer } from './declare'

export const batchnorm = layer({
  name: 'batchnorm',
  aliases: ['bn'],
  foreign: [
    ...['BatchNorm1d', 'BatchNorm2d', 'BatchNorm3d', 'BatchNormalization', 'BatchNorm', 'SyncBatchNorm'],
  ],
  category: 'Normalisation',
  summary:
    'Each channel at mean 0 and variance 1 over the batch, then scaled and shifted by learned factors.',
  details:
    'At inference it is an affine function of each value, so that it has no spatial extent. The running statistics are not parameters.',
  source: 'Ioffe & Szegedy 2015, §3',
  output: 'the input’s shape',
  options: {
    affine: bool({
      documentation: 'whether scale and shift are learned, 2C parameters',
      default: 'true',
      foreign: ['scale', 'center'],
    }),
    eps: float({
      documentation: 'added to the variance',
      default: '1e-5',
      min: 0,
      foreign: ['epsilon'],
    }),
    momentum: float({
      documentation: 'the share of the newest batch in the running statistics',
      default: '0.1',
      min: 0,
      max: 1,
      foreign: ['moving_average_fraction'],
    }),
  },
  weighted: true,
  example: `network Normalised {
  input x: [64, 56, 56]
  output y = x -> conv(64, 3, padding=1, bias=false) -> batchnorm -> relu
  expect y.shape == [64, 56, 56]
  expect y.params == 36_992
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    return { shapes: [x], weights: options.affine ? scaleAndShift([x[0] as number]) : [] }
  },
})

/** The two sets of weights of an affine normalisation. */
export function scaleAndShift(shape: Shape) {
  return [
    { name: 'scale', shape },
    { name: 'shift', shape },
  ]
}
