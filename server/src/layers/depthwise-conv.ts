import type { Shape } from '../model/shape'
import { needsSpatialAxes } from './constraints/ranks'
import { windowExceedsInput } from './constraints/windows'
import { bias, convolve, convPadding, dilation, kernel, stride, windowFormula } from './convolution'
import { int, layer } from './declare'
import { KERAS_WINDOW, keras, unlike } from './foreign'

export const depthwiseConv = layer({
  name: 'depthwise_conv',
  foreign: [
    ...keras('DepthwiseConv2D DepthwiseConv1D', {
      order: [
        ...['kernel_size', 'strides', 'padding', 'depth_multiplier', 'data_format', 'dilation_rate'],
        ...['activation', 'use_bias'],
      ],
      args: KERAS_WINDOW,
    }),
    ...unlike('DepthwiseConv2d DepthwiseConvolution', 'its arguments are those of its code'),
  ],
  category: 'Convolution',
  traits: { range: 'any', reads: 'signal', linear: true, channelwise: true, window: 'slides' },
  summary: 'A convolution of each channel by itself: as many groups as input channels.',
  source: 'Sifre 2014, §6.2; Howard et al. 2017 (MobileNets), §3.1',
  output: '[multiplier·C, ⌊(i + p_begin + p_end − d(k − 1) − 1)/s⌋ + 1 …]',
  parameters: 'multiplier·C·∏k + multiplier·C (if `bias`)',
  macs: 'multiplier·C·∏k for each output position',
  sees: 'a window of d(k − 1) + 1 positions, moving by s',
  options: {
    kernel,
    multiplier: int({
      documentation: 'output channels for each input channel',
      min: 1,
      default: '1',
      foreign: ['depth_multiplier', 'channel_multiplier'],
    }),
    stride,
    padding: convPadding,
    dilation,
    bias,
  },
  constraints: [needsSpatialAxes, windowExceedsInput],
  weighted: true,
  weightLayers: 1,
  use: 'For small and fast networks: MobileNets and EfficientNets put it between two 1×1 convolutions, which mix the channels. At 3×3 the pair costs 8 to 9 times less than a full convolution.',
  inPyTorch: 'nn.Conv2d(32, 32, 3, padding=1, groups=32, bias=False)',
  example: `network Depthwise {
  input x: [32, 56, 56]
  output y = x -> depthwise_conv(3, padding=1, bias=false)
  expect y.shape == [32, 56, 56]
  expect params == 288
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const [inputs] = x as [number]
    return convolve(x, { ...options, channels: options.multiplier * inputs, groups: inputs })
  },
  formula: windowFormula,
})
