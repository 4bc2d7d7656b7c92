import { SAME, WHOLE } from '../model/axis-map'
import { GLOBAL } from '../model/receptive-field'
import { product, type Shape, sameShape, showShape } from '../model/shape'
import { groupsDoNotDivide, groupsMisfit } from './constraints/channels'
import { isMisfit } from './constraints/ranks'
import { needsMap } from './constraints/regions'
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
} from './convolution'
import { constraint, layer, networkText } from './declare'
import { pytorch, unlike } from './foreign'

interface OffsetsData {
  readonly name: 'offsets' | 'mask'
  readonly given: Shape
  readonly output: Shape
  /** Channels for one group of offsets: two a tap, one for a mask. */
  readonly each: number
  readonly inputs: number
}

const offsetsMisfit = constraint<OffsetsData>({
  code: 'offsets-do-not-fit',
  title: 'Offsets that do not fit the convolution',
  explanation:
    'Each position of the output has two offsets for each position of the kernel: 2·3·3 = 18 channels for a 3×3 kernel, and half as many for `mask`. The offsets have the size of the output, so they are made by a convolution with the same kernel, stride and padding.',
  example: networkText('deform_conv(x, z, 64, 3, padding=1)', '[64, 28, 28]', '[9, 28, 28]'),
  instead: networkText('deform_conv(x, z, 64, 3, padding=1)', '[64, 28, 28]', '[18, 28, 28]'),
  text: '`offsets` has the output’s size and 2·∏k channels, or g·2·∏k for g groups that divide the input’s channels; `mask` has half as many.',
  words: ({ name, given, output, each, inputs }) => {
    const sized = sameShape(given.slice(1), output.slice(1))
    return {
      what: sized
        ? `\`${name}\` has ${given[0]} channels and needs ${each}, or a multiple for groups of the ${inputs} input channels`
        : `\`${name}\` is ${showShape(given)}, and the output has ${showShape(output.slice(1))} positions`,
      why: `each output position has ${name === 'mask' ? 'a weight' : 'an offset along both axes'} for each of the kernel’s taps`,
      todo: `give \`${name}\` of ${showShape([each, ...output.slice(1)])}, from a convolution with the same kernel, stride and padding`,
    }
  },
})

export const deformConv = layer({
  name: 'deform_conv',
  foreign: [
    ...pytorch('DeformConv2d', {
      order: ['in_channels', 'channels', 'kernel', 'stride', 'padding', 'dilation', 'groups', 'bias'],
      args: { in_channels: { inputSize: 'channels' } },
    }),
    ...unlike('DeformConv DCN DCNv2 deformable_conv', 'its offsets are a tensor of their own here', {
      order: ['in_channels', 'channels', 'kernel', 'stride', 'padding', 'dilation', 'groups'],
      args: { in_channels: { inputSize: 'channels' } },
    }),
  ],
  category: 'Convolution',
  traits: { range: 'any', reads: 'maps', width: 'channels' },
  summary:
    'A convolution that reads each value of its window from a shifted place; another layer computes the shifts.',
  details:
    'With a `mask`, which each value that is read is multiplied with, it is version 2 (DCNv2). A tap is one position of the window.',
  source: 'Dai et al. 2017, §2.1; mask: Zhu et al. 2019, §3.2',
  output: '[channels, ⌊(i + p_begin + p_end − d(k − 1) − 1)/s⌋ + 1 …]',
  parameters: 'channels·(C/groups)·∏k + channels (if `bias`)',
  macs: 'channels·(C/groups)·∏k for each output position',
  sees: 'everything, as an offset can lead anywhere; its own place in the offsets and the mask',
  tensors: [
    { name: 'x', documentation: 'the map, [C, H, W]' },
    { name: 'offsets', documentation: 'an offset along both axes for each tap, [2·∏k, H, W] of the output' },
    {
      name: 'mask',
      documentation: 'a factor for each tap, [∏k, H, W]; 1 when left out',
      optional: true,
    },
  ],
  options: {
    channels,
    kernel,
    stride,
    padding: convPadding,
    dilation,
    groups,
    bias,
  },
  constraints: [needsMap, groupsDoNotDivide, windowExceedsInput, offsetsMisfit],
  weighted: true,
  weightLayers: 1,
  use: 'Where objects vary in size and form: the window adapts to what is there. Used in the last stages of a detector; the convolution that computes the offsets starts at 0, so that training begins with a plain convolution.',
  inPyTorch: 'torchvision.ops.DeformConv2d(64, 64, 3, padding=1)',
  example: `network Deformed {
  input x: [64, 28, 28]
  offsets = x -> conv(18, 3, padding=1)
  output y = deform_conv(x, offsets, 64, 3, padding=1)
  expect y.shape == [64, 28, 28]
  expect params == 47_314
}`,
  infer: ({ shapes, options }) => {
    const [x, ...moved] = shapes as [Shape, Shape, Shape?]
    if (x.length !== 3) return needsMap.violated({ shape: x }, 0)
    const [inputs] = x as [number]
    const groups = groupsMisfit(options.groups, inputs, options.channels)
    if (groups) return groups
    const dense = convolve(x, options)
    if (isMisfit(dense)) return dense
    const [output] = dense.shapes as [Shape]
    const taps = product(options.kernel)
    for (const [i, name] of (['offsets', 'mask'] as const).entries()) {
      const given = moved[i]
      if (given === undefined) continue
      const each = name === 'mask' ? taps : 2 * taps
      const parts = (given[0] as number) / each
      const fits = sameShape(given.slice(1), output.slice(1)) && given.length === 3
      if (!fits || !Number.isInteger(parts) || inputs % parts !== 0) {
        return offsetsMisfit.violated({ name, given, output, each, inputs }, i + 1)
      }
    }
    const own = { kind: 'maps' as const, maps: [WHOLE, SAME, SAME] }
    return { ...dense, field: [GLOBAL, own, own].slice(0, shapes.length) }
  },
  formula: windowFormula,
})
