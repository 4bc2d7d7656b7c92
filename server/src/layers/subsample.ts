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
  summary: 'The sum of each window, times one learned weight, plus one learned bias per channel.',
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
