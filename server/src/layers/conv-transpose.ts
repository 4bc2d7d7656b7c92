import { transposedMap, WHOLE } from '../model/axis-map'
import type { Violation } from '../model/layer'
import { NONE } from '../model/receptive-field'
import { product, type Shape } from '../model/shape'
import { groupsDoNotDivide, groupsMisfit } from './constraints/channels'
import { isMisfit, needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import {
  failing,
  outputPaddingOrSize,
  outputPaddingTooLarge,
  sizeOutOfReach,
  transposedOutputBelowOne,
} from './constraints/windows'
import { bias, channels, convPadding, dilation, groups, kernel, stride, withBias } from './convolution'
import { layer, size } from './declare'
import { CAFFE_WINDOW, caffe, KERAS_WINDOW, keras, pytorch } from './foreign'
import { span, transposedMargins } from './padding'
import { optionalSizeOption, referenceRank, TENSORS } from './reference'
import { axisLines, spellTransposed } from './spell'
import { type WindowAxis, windowAxes } from './window'

export const convTranspose = layer({
  name: 'conv_transpose',
  aliases: ['deconv'],
  foreign: [
    ...pytorch('ConvTranspose1d ConvTranspose2d ConvTranspose3d'),
    ...pytorch('LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d', {
      order: ['channels', 'kernel', 'stride', 'padding', 'output_padding', 'groups', 'bias', 'dilation'],
    }),
    ...keras('Conv1DTranspose Conv2DTranspose Conv3DTranspose', {
      order: [
        ...['filters', 'kernel_size', 'strides', 'padding', 'output_padding', 'data_format'],
        ...['dilation_rate', 'activation', 'use_bias'],
      ],
      args: { ...KERAS_WINDOW, output_padding: 'lacking' },
    }),
    ...caffe('Deconvolution', { args: CAFFE_WINDOW }),
    ...keras('Deconvolution2D', {
      order: ['filters', 'kernel_size'],
      args: { ...KERAS_WINDOW, output_shape: 'ignored' },
      requires: ['kernel_size'],
    }),
  ],
  category: 'Convolution',
  traits: {
    range: 'any',
    reads: 'signal',
    linear: true,
    window: 'spreads',
    enlarges: 'by factor',
    width: 'channels',
  },
  summary:
    'The reverse of a convolution in shape: each input position adds a learned window, times its value, to the output.',
  details: [
    'Its output has a size from which the convolution with the same kernel, stride and padding makes the size of the',
    'input here. With a stride above 1 there are several such sizes: `output_padding` chooses one, or `size` or a second',
    'tensor says which size to reach. `padding=same` makes the output i·s.',
  ].join(' '),
  source: 'Dumoulin & Visin 2016, §4, relationships 8–14; Zeiler et al. 2010',
  output:
    '[channels, (i − 1)s − p_begin − p_end + d(k − 1) + output_padding + 1 …]; [channels, size …] with `size` or a second tensor',
  parameters: 'C·(channels/groups)·∏k + channels (if `bias`)',
  macs: 'C·(channels/groups)·∏k for each input position',
  sees: 'a window of at most (⌈k·g/s⌉ − 1)·d/g + 1 positions, moving by 1/s, g being the greatest common divisor of s and d (without dilation ⌈k/s⌉ positions); nothing of the second tensor',
  tensors: TENSORS,
  pytorch: {
    order: [
      'in_channels',
      'channels',
      'kernel',
      'stride',
      'padding',
      'output_padding',
      'groups',
      'bias',
      'dilation',
    ],
    inputSizes: { in_channels: 'channels' },
  },
  options: {
    channels,
    kernel,
    stride: {
      ...stride,
      documentation: 'how far the windows of two neighbouring input positions lie apart in the output',
    },
    padding: {
      ...convPadding,
      documentation:
        'positions taken away on each side of the output: one amount, one per axis, two per axis, or `valid`, `half`, `full`, `same`',
    },
    output_padding: size({
      documentation:
        'positions added at the end of the output, which chooses among the sizes that the stride allows',
      default: '0',
      min: 0,
      foreign: ['adj'],
    }),
    dilation,
    groups,
    bias,
    size: {
      ...optionalSizeOption,
      documentation: 'the output’s size, in place of `output_padding`; a second tensor can give it too',
    },
  },
  constraints: [
    needsSpatialAxes,
    groupsDoNotDivide,
    outputPaddingTooLarge,
    transposedOutputBelowOne,
    outputPaddingOrSize,
    referenceRank,
    sizeOutOfReach,
  ],
  weighted: true,
  weightLayers: 1,
  use: 'To make maps larger with learned weights, in decoders and generators. Choose a kernel that is a multiple of the stride (2 with 2, 4 with 2): otherwise windows overlap unevenly and the output shows a checkerboard.',
  inPyTorch: 'nn.ConvTranspose2d(64, 32, 2, stride=2)',
  example: `network Up {
  input x: [64, 28, 28]
  output y = x -> conv_transpose(32, 2, stride=2)
  expect y.shape == [32, 56, 56]
  expect params == 8_224
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const [inputs] = x as [number]
    const misfit = spatialMisfit(x) ?? groupsMisfit(options.groups, inputs, options.channels)
    if (misfit) return misfit
    const axes = windowAxes(x, options, transposedMargins)
    const outputPadding = options.output_padding
    const large = failing(
      axes,
      ({ stride, dilation }, i) => (outputPadding[i] ?? 0) < Math.max(stride, dilation),
    )
    if (large) return outputPaddingTooLarge.violated({ ...large, outputPadding }, 'output_padding')
    const outputs = wantedOutputs(shapes, axes, options)
    if (isMisfit(outputs)) return outputs
    const small = failing(axes, (_, i) => (outputs[i] as number) >= 1)
    if (small) return transposedOutputBelowOne.violated({ ...small, outputPadding, outputs }, 'padding')
    const weight = { name: 'weight', shape: [inputs, options.channels / options.groups, ...options.kernel] }
    return {
      shapes: [[options.channels, ...outputs]],
      weights: withBias([weight], options.channels, options.bias),
      macs: product(x.slice(1)) * product(weight.shape),
      field: [{ kind: 'maps' as const, maps: [WHOLE, ...axes.map(transposedMap)] }, NONE].slice(
        0,
        shapes.length,
      ),
    }
  },
  formula: ({ shapes, options }, result) => {
    const axes = windowAxes(shapes[0] as Shape, options, transposedMargins)
    const [output] = result.shapes as [Shape]
    return axisLines(output, (i) => {
      const axis = axes[i] as WindowAxis
      return spellTransposed(axis, (output[i + 1] as number) - outputSize(axis, 0))
    })
  },
})

/** The output's sizes: those of `output_padding`, or the one to reach; or the violation. */
function wantedOutputs(
  shapes: readonly Shape[],
  axes: readonly WindowAxis[],
  options: { readonly output_padding: readonly number[]; readonly size: readonly number[] | undefined },
): readonly number[] | Violation {
  const [x, reference] = shapes as [Shape, Shape?]
  const { output_padding: outputPadding, size } = options
  const given = [
    ...(outputPadding.some((amount) => amount > 0) ? ['output_padding'] : []),
    ...(size === undefined ? [] : ['a size']),
    ...(reference === undefined ? [] : ['a tensor to match']),
  ]
  if (given.length > 1) {
    return outputPaddingOrSize.violated({ given }, size === undefined ? 'output_padding' : 'size')
  }
  if (reference !== undefined && reference.length !== x.length) {
    return referenceRank.violated({ shapes: [x, reference] }, 1)
  }
  const wanted = size ?? reference?.slice(1)
  if (wanted === undefined) return axes.map((axis, i) => outputSize(axis, outputPadding[i] ?? 0))
  const smallest = axes.map((axis) => outputSize(axis, 0))
  const wrong = failing(axes, ({ stride }, i) => {
    const added = (wanted[i] as number) - (smallest[i] as number)
    return added >= 0 && added < stride
  })
  if (wrong) return sizeOutOfReach.violated({ ...wrong, wanted, smallest }, size === undefined ? 1 : 'size')
  return wanted
}

function outputSize(axis: WindowAxis, outputPadding: number): number {
  return (axis.input - 1) * axis.stride - axis.begin - axis.end + span(axis) + outputPadding
}
