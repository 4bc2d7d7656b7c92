import { SAME, WHOLE } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { axisOutOfRange, axisRepeated, resolveAxes } from './axes'
import { isMisfit } from './constraints/ranks'
import { layer, optionalInts } from './declare'
import { bothOf, flax, keras, ownAxis, pytorch } from './foreign'
import { affine, eps, scaleAndShift } from './normalising'

export const layernorm = layer({
  name: 'layernorm',
  foreign: [
    ...pytorch('LayerNorm'),
    ...flax('LayerNorm', {
      needs: ['use_bias', 'use_scale', 'epsilon'],
      args: {
        use_bias: { option: 'affine', value: bothOf('use_scale') },
        use_scale: { option: 'affine', value: bothOf('use_bias') },
      },
    }),
    ...keras('LayerNormalization', {
      order: ['axis', 'eps', 'center', 'scale'],
      args: {
        axis: { option: 'axes', value: ownAxis },
        center: { option: 'affine', value: bothOf('scale') },
        scale: { option: 'affine', value: bothOf('center') },
      },
    }),
  ],
  category: 'Normalisation',
  traits: {
    range: 'any',
    reads: 'rows',
    normalises: { channels: 'all', positions: false, batch: false, centred: true },
  },
  summary:
    'Brings the channels at each position, or the features of each row, to mean 0 and variance 1, then scales and shifts each by learned numbers.',
  details:
    '`axes=[0, 1, 2]` normalises channels and positions together, `axes=[1, 2]` each channel over its positions, as PyTorch’s `nn.LayerNorm` does with that many sizes.',
  source: 'Ba et al. 2016, §3; on maps: Liu et al. 2022 (ConvNeXt), §2.6',
  output: 'the input’s shape',
  sees: 'its own place, in all channels; on rows all features of its row; everything along the spatial axes that `axes` names',
  parameters:
    '2C; 2F on rows; 2·∏axes with `axes`; none with `affine=false`; ∏axes being the product of the sizes along these axes',
  pytorch: {
    order: ['normalized_shape', 'eps', 'affine', 'bias'],
    inputSizes: { normalized_shape: 'features' },
    lastSizes: { name: 'normalized_shape', option: 'axes' },
  },
  options: {
    axes: optionalInts({
      documentation: 'the axes that are normalised together; left out: 0 (channels), on rows the last',
      optional: true,
      countsAxes: true,
      foreign: ['axis', 'dim'],
    }),
    eps,
    affine,
  },
  constraints: [axisOutOfRange, axisRepeated],
  weighted: true,
  use: 'In transformers on rows and in ConvNeXt on maps: it needs no batch and works alike in training and at inference.',
  inPyTorch: 'nn.LayerNorm(96)(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)',
  example: `network Normalised {
  input x: [96, 56, 56]
  output y = x -> layernorm
  expect y.shape == [96, 56, 56]
  expect params == 192
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const axes = resolveAxes(options.axes ?? [x.length === 2 ? 1 : 0], x, 'axes')
    if (isMisfit(axes)) return axes
    const sizes = [...axes].sort((a, b) => a - b).map((axis) => x[axis] as number)
    return {
      shapes: [x],
      weights: scaleAndShift(sizes, options.affine),
      field: { kind: 'maps', maps: x.map((_, axis) => (axes.includes(axis) ? WHOLE : SAME)) },
    }
  },
})
