import { GLOBAL } from '../model/receptive-field'
import { product, type Shape } from '../model/shape'
import { groupsDoNotDivide, groupsMisfit } from './constraints/channels'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { weightsDoNotFit } from './constraints/weights'
import { windowExceedsInput } from './constraints/windows'
import { convolve, convPadding, dilation, groups, kernel, stride, windowFormula } from './convolution'
import { layer } from './declare'
import { unlike } from './foreign'

export const dynamicConv = layer({
  name: 'dynamic_conv',
  foreign: unlike('DynamicConv conditional_conv', 'its kernels are a tensor of their own here'),
  category: 'Convolution',
  traits: { range: 'any', reads: 'signal', linear: true, window: 'slides' },
  summary: 'A convolution with weights that come from another tensor.',
  details:
    'It learns nothing itself. `weights` may have any shape: only the number of its values matters, and it decides the number of output channels.',
  source:
    'Jia et al. 2016 (dynamic filter networks), §3; Hu et al. 2018 (Learning to Segment Every Thing), §3',
  output: '[|weights|/(C/groups·∏k), ⌊(i + p_begin + p_end − d(k − 1) − 1)/s⌋ + 1 …]',
  macs: 'channels·(C/groups)·∏k for each output position',
  sees: 'a window of d(k − 1) + 1 positions, moving by s; all of the weights',
  tensors: [
    { name: 'x', documentation: 'the input' },
    { name: 'weights', documentation: 'the weights, for all output channels' },
  ],
  byPlace: ['kernel'],
  options: {
    kernel: { ...kernel, default: '1' },
    groups,
    stride,
    padding: convPadding,
    dilation,
  },
  constraints: [needsSpatialAxes, groupsDoNotDivide, weightsDoNotFit, windowExceedsInput],
  weightLayers: 1,
  use: 'Where the filter should depend on the input: a mask head whose weights come from the box head, the template of a tracker that is searched in a frame.',
  inPyTorch: 'F.conv2d(x, weights.reshape(80, 256, 1, 1))',
  example: `network Transfer {
  input features: [256, 28, 28]
  input box_weights: [1024]
  weights = box_weights -> linear(80 * 256)
  output masks = dynamic_conv(features, weights)
  expect masks.shape == [80, 28, 28]
}`,
  infer: ({ shapes, options }) => {
    const [x, weights] = shapes as [Shape, Shape]
    const [inputs] = x as [number]
    const { groups } = options
    const misfit = spatialMisfit(x) ?? groupsMisfit(groups, inputs, inputs)
    if (misfit) return misfit
    const perChannel = (inputs / groups) * product(options.kernel)
    const channels = product(weights) / perChannel
    if (!Number.isInteger(channels))
      return weightsDoNotFit.violated({ weights, perOutput: perChannel, output: 'output channel' }, 1)
    const result =
      groupsMisfit(groups, inputs, channels) ?? convolve(x, { ...options, channels, bias: false })
    if (isMisfit(result)) return result
    return { ...result, weights: [], field: [result.field, GLOBAL] }
  },
  formula: (call, result) => {
    const [x, weights] = call.shapes as [Shape, Shape]
    const { kernel, groups } = call.options
    const needed = [groups === 1 ? `${x[0]}` : `${x[0]}/${groups}`, ...kernel].join('·')
    const [output] = result.shapes as [Shape]
    return [`channels ${product(weights)}/(${needed}) = ${output[0]}`, ...windowFormula(call, result)]
  },
})
