import { SAME } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { failing, windowExceedsInput } from './constraints/windows'
import { kernel, windowFormula } from './convolution'
import { layer, size } from './declare'
import { span } from './padding'
import { floorCount, windowAxes, windowField } from './window'

export const subsample = layer({
  name: 'subsample',
  category: 'Pooling',
  traits: {
    range: 'any',
    reads: 'signal',
    linear: true,
    channelwise: true,
    window: 'slides',
    pools: { by: 'total', over: 'windows' },
  },
  summary:
    'Sums each window, multiplies by a learned weight and adds a learned bias, one of each for every channel.',
  source: 'LeCun et al. 1998, §II.B (S2, S4)',
  output: '[C, ⌊(i − k)/s⌋ + 1 …]',
  parameters: '2C',
  sees: 'a window of k positions, moving by s',
  byPlace: ['kernel', 'stride'],
  options: {
    kernel,
    stride: size({
      documentation: 'how far the window moves from one output position to the next',
      default: 'kernel',
      foreign: ['strides'],
    }),
  },
  constraints: [needsSpatialAxes, windowExceedsInput],
  weighted: true,
  use: 'To rebuild LeNet-5, where pooling has a weight and a bias for each channel. Newer networks use `avgpool` or `maxpool`.',
  inPyTorch:
    'F.avg_pool2d(x, 2, divisor_override=1) * nn.Parameter(torch.ones(6, 1, 1)) + nn.Parameter(torch.zeros(6, 1, 1))',
  example: `network S2 {
  input c1: [6, 28, 28]
  output s2 = c1 -> subsample(2)
  expect s2.shape == [6, 14, 14]
  expect params == 12
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    const [channels] = x as [number]
    const axes = windowAxes(x, options)
    const large = failing(axes, (axis) => span(axis) <= axis.input)
    if (large) return windowExceedsInput.violated(large, 'kernel')
    return {
      shapes: [[channels, ...axes.map(floorCount)]],
      weights: [
        { name: 'coefficient', shape: [channels] },
        { name: 'bias', shape: [channels] },
      ],
      field: windowField(axes, SAME),
    }
  },
  formula: windowFormula,
})
