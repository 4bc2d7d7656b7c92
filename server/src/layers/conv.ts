import { WHOLE } from '../model/axis-map'
import type { Inference, Violation } from '../model/layer'
import { product, type Shape } from '../model/shape'
import { groupsDoNotDivide, groupsMisfit } from './constraints/channels'
import { connectionsMisfit, connectionsMismatch } from './constraints/connections'
import { PADDING_MODES, paddingExceedsInput, repeatMisfit } from './constraints/padding'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { windowExceedsInput } from './constraints/windows'
import {
  bias,
  channels,
  convolve,
  convPadding,
  dilation,
  groups,
  kernel,
  stride,
  windowFormula,
  withBias,
} from './convolution'
import { layer, optionalTable, word } from './declare'
import {
  CAFFE_WINDOW,
  caffe,
  flax,
  KERAS_ORDER,
  KERAS_WINDOW,
  keras,
  kerasPadding,
  mxnet,
  parts,
  pytorch,
  words,
} from './foreign'
import { windowAxes, windowField } from './window'

export const conv = layer({
  name: 'conv',
  aliases: ['conv2d'],
  foreign: [
    ...pytorch('Conv1d Conv2d Conv3d'),
    ...pytorch('LazyConv1d LazyConv2d LazyConv3d', {
      order: ['channels', 'kernel', 'stride', 'padding', 'dilation', 'groups', 'bias', 'padding_mode'],
    }),
    ...keras('Conv1D Conv2D Conv3D', { order: KERAS_ORDER, args: KERAS_WINDOW }),
    ...keras('Convolution2D', {
      order: ['nb_filter', 'nb_row', 'nb_col', 'activation', 'padding', 'stride'],
      requires: ['nb_col'],
      args: { nb_filter: { option: 'channels' }, ...parts('kernel', 'nb_row', 'nb_col'), ...KERAS_WINDOW },
    }),
    ...keras('Convolution2D', { order: KERAS_ORDER, args: KERAS_WINDOW }),
    ...flax('Conv', {
      needs: ['features'],
      order: ['features', 'kernel', 'stride', 'padding'],
      args: {
        features: { option: 'channels' },
        kernel_dilation: { option: 'dilation' },
        feature_group_count: { option: 'groups' },
        padding: { option: 'padding', value: kerasPadding },
      },
      gives: { padding: 'same' },
    }),
    ...caffe('Convolution', { args: CAFFE_WINDOW }),
    ...mxnet('Convolution', {
      args: { no_bias: { option: 'bias', value: words({ true: 'false', false: null }) } },
    }),
  ],
  category: 'Convolution',
  traits: { range: 'any', reads: 'signal', linear: true, window: 'slides', width: 'channels' },
  summary:
    'Slides a window over the map; each output channel is a learned weighted sum of the values in the window.',
  details: [
    'Works on one, two or three spatial axes. `groups` splits input and output channels into that many independent',
    'convolutions. `connections` lists, for each output channel, the input channels that it reads, as in C3 of LeNet-5.',
  ].join(' '),
  source: 'LeCun et al. 1998, §II; arithmetic: Dumoulin & Visin 2016, relationships 6 and 15',
  output: '[channels, ⌊(i + p_begin + p_end − d(k − 1) − 1)/s⌋ + 1 …]',
  parameters:
    'channels·(C/groups)·∏k + channels (if `bias`); |connections|·∏k + channels (if `bias`) with `connections`',
  macs: 'channels·(C/groups)·∏k for each output position; |connections|·∏k for each output position with `connections`',
  sees: 'a window of d(k − 1) + 1 positions, moving by s',
  pytorch: {
    order: [
      'in_channels',
      'channels',
      'kernel',
      'stride',
      'padding',
      'dilation',
      'groups',
      'bias',
      'padding_mode',
    ],
    inputSizes: { in_channels: 'channels' },
  },
  options: {
    channels,
    kernel,
    stride,
    padding: convPadding,
    dilation,
    groups,
    bias,
    padding_mode: word(PADDING_MODES, {
      documentation: 'what stands in the padding',
      default: 'zeros',
      foreignWords: { replicate: 'nearest', edge: 'nearest', constant: 'zeros', reflection: 'reflect' },
    }),
    connections: optionalTable({
      documentation:
        'for each output channel the list of the input channels that it reads, counted from 0; when left out it reads all',
      optional: true,
    }),
  },
  constraints: [
    needsSpatialAxes,
    groupsDoNotDivide,
    windowExceedsInput,
    paddingExceedsInput,
    connectionsMismatch,
  ],
  weighted: true,
  weightLayers: 1,
  use: 'The standard layer for images, signals and volumes: few weights, the same everywhere. Two 3×3 see as much as one 5×5 with fewer weights (VGG); 1×1 changes the number of channels; `stride=2` halves the map; `dilation` widens the view without weights.',
  inPyTorch: 'nn.Conv2d(3, 64, 7, stride=2, padding=3)',
  example: `network Stem {
  input image: [3, 224, 224]
  output y = image -> conv(64, 7, stride=2, padding=3)
  expect y.shape == [64, 112, 112]
  expect params == 9_472
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x) ?? groupsMisfit(options.groups, x[0] as number, options.channels)
    if (misfit) return misfit
    const convolved = convolve(x, options)
    if (isMisfit(convolved)) return convolved
    const mode = options.padding_mode
    const axes = windowAxes(x, options)
    const repeated = mode === 'zeros' ? undefined : repeatMisfit(mode, axes, 'padding')
    if (repeated) return repeated
    const isRepeated = mode !== 'zeros' && axes.some(({ begin, end }) => begin > 0 || end > 0)
    const dense = isRepeated ? { ...convolved, field: windowField(axes, WHOLE, 'repeated') } : convolved
    return options.connections === undefined ? dense : connected(x, dense, options, options.connections)
  },
  formula: windowFormula,
})

/** The same convolution in which each output channel sees its own list of input channels. */
function connected(
  x: Shape,
  dense: Inference,
  options: { channels: number; kernel: readonly number[]; groups: number; bias: boolean },
  table: readonly (readonly number[])[],
): Inference | Violation {
  const misfit = connectionsMisfit(table, x[0] as number, options)
  if (misfit) return misfit
  const [output] = dense.shapes as [Shape]
  const links = table.reduce((sum, inputs) => sum + inputs.length, 0)
  const count = links * product(options.kernel)
  const weight = { name: 'weight', shape: [options.channels, x[0] as number, ...options.kernel], count }
  return {
    ...dense,
    weights: withBias([weight], options.channels, options.bias),
    macs: product(output.slice(1)) * count,
  }
}
