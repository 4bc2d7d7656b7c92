import { product, type Shape } from '../model/shape'
import { isMisfit, needsSpatialAxes } from './constraints/ranks'
import { windowExceedsInput } from './constraints/windows'
import { bias, channels, convolve, convPadding, kernel, stride, windowFormula } from './convolution'
import { layer } from './declare'
import { KERAS_WINDOW, keras } from './foreign'

export const locallyConnected = layer({
  name: 'locally_connected',
  foreign: [
    ...keras('LocallyConnected1D LocallyConnected2D', {
      order: ['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'activation', 'use_bias'],
      args: KERAS_WINDOW,
    }),
    'LocalLayer',
  ],
  category: 'Convolution',
  traits: {
    range: 'any',
    reads: 'signal',
    linear: true,
    window: 'slides',
    perPosition: true,
    width: 'channels',
  },
  summary: 'A convolution with weights of its own at each position: the window moves, but nothing is shared.',
  details: 'It takes as many MACs as a convolution, and, biases aside, it has as many weights as MACs.',
  source: 'LeCun 1989 (Generalization and network design strategies); Taigman et al. 2014 (DeepFace), §3.1',
  output: '[channels, ⌊(i + p_begin + p_end − k)/s⌋ + 1 …]',
  parameters: 'channels·C·∏k + channels (if `bias`) for each output position',
  macs: 'channels·C·∏k for each output position',
  sees: 'a window of k positions, moving by s',
  options: {
    channels,
    kernel,
    stride,
    padding: convPadding,
    bias,
  },
  constraints: [needsSpatialAxes, windowExceedsInput],
  weighted: true,
  weightLayers: 1,
  use: 'Where the image is aligned, so that each place shows something else, as eyes and mouth of a face in DeepFace. It needs much data: nothing is shared between places.',
  inPyTorch: null,
  example: `network Local {
  input x: [1024, 7, 7]
  output y = x -> locally_connected(256, 3, padding=1)
  expect y.shape == [256, 7, 7]
  expect params == 7 * 7 * (3 * 3 * 1024 * 256 + 256)
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const shared = convolve(x, { ...options, groups: 1 })
    if (isMisfit(shared)) return shared
    const [output] = shared.shapes as [Shape]
    const weight = {
      name: 'weight',
      shape: [product(output.slice(1)), options.channels, x[0] as number, ...options.kernel],
    }
    return { ...shared, weights: options.bias ? [weight, { name: 'bias', shape: output }] : [weight] }
  },
  formula: windowFormula,
})
