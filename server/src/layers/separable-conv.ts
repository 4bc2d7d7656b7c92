import type { Shape } from '../model/shape'
import { isMisfit, needsSpatialAxes } from './constraints/ranks'
import { windowExceedsInput } from './constraints/windows'
import {
  bias,
  CHANNELS_FOREIGN,
  convolve,
  convPadding,
  dilation,
  kernel,
  stride,
  windowFormula,
} from './convolution'
import { int, layer } from './declare'
import { KERAS_WINDOW, keras, unlike } from './foreign'
import { windowAxes, windowField } from './window'

export const separableConv = layer({
  name: 'separable_conv',
  foreign: [
    ...keras('SeparableConv2D SeparableConv1D', {
      order: [
        ...['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate'],
        ...['depth_multiplier', 'activation', 'use_bias'],
      ],
      args: { ...KERAS_WINDOW, depth_multiplier: { only: [1] }, use_bias: { only: [false] } },
      requires: ['use_bias'],
    }),
    ...keras('SeparableConv2D SeparableConv1D', {
      order: [
        ...['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate'],
        ...['depth_multiplier', 'activation', 'use_bias'],
      ],
      args: { ...KERAS_WINDOW, depth_multiplier: { only: [1] }, use_bias: { only: [true] } },
      remark: 'the depthwise part has a bias too here',
    }),
    ...unlike('SeparableConv2d', 'its arguments are those of its code'),
  ],
  category: 'Convolution',
  traits: { range: 'any', reads: 'signal', linear: true, window: 'slides', width: 'channels' },
  summary: 'A depthwise convolution followed by a 1×1 convolution; each has a bias unless `bias=false`.',
  source: 'Howard et al. 2017 (MobileNets), §3.1; Chollet 2017 (Xception), §2',
  output: '[channels, ⌊(i + p_begin + p_end − d(k − 1) − 1)/s⌋ + 1 …]',
  parameters: 'C·∏k + C (if `bias`) + C·channels + channels (if `bias`)',
  macs: '(C·∏k + C·channels) for each output position',
  sees: 'a window of d(k − 1) + 1 positions, moving by s',
  options: {
    channels: int({ documentation: 'the number of output channels', min: 1, foreign: CHANNELS_FOREIGN }),
    kernel,
    stride,
    padding: convPadding,
    dilation,
    bias,
  },
  constraints: [needsSpatialAxes, windowExceedsInput],
  weighted: true,
  weightLayers: 2,
  use: 'In place of `conv` where cost counts: at 3×3 it needs 8 to 9 times fewer multiplications and loses little accuracy (MobileNet, Xception).',
  inPyTorch:
    'nn.Sequential(nn.Conv2d(16, 16, 3, padding=1, groups=16, bias=False), nn.Conv2d(16, 32, 1, bias=False))',
  example: `network Separable {
  input x: [16, 32, 32]
  output y = x -> separable_conv(32, 3, padding=1, bias=false)
  expect y.shape == [32, 32, 32]
  expect params == 656
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const [inputs] = x as [number]
    const depthwise = convolve(x, { ...options, channels: inputs, groups: inputs })
    if (isMisfit(depthwise)) return depthwise
    const [map] = depthwise.shapes as [Shape]
    const ones = options.kernel.map(() => 1)
    const pointwise = convolve(map, {
      channels: options.channels,
      kernel: ones,
      groups: 1,
      bias: options.bias,
    })
    if (isMisfit(pointwise)) return pointwise
    return {
      shapes: pointwise.shapes,
      weights: [
        ...(depthwise.weights ?? []).map((weight) => ({ ...weight, name: `depthwise ${weight.name}` })),
        ...(pointwise.weights ?? []).map((weight) => ({ ...weight, name: `pointwise ${weight.name}` })),
      ],
      macs: (depthwise.macs ?? 0) + (pointwise.macs ?? 0),
      field: windowField(windowAxes(x, options)),
    }
  },
  formula: windowFormula,
})
