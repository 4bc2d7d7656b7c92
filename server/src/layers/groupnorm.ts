import { product, type Shape } from '../model/shape'
import { groupsDoNotDivide, groupsMisfit } from './constraints/channels'
import { tooFewValues } from './constraints/normalising'
import { GROUPS_FOREIGN } from './convolution'
import { int, layer } from './declare'
import { bothOf, keras, pytorch } from './foreign'
import { affine, eps, scaleAndShift } from './normalising'

export const groupnorm = layer({
  name: 'groupnorm',
  foreign: [
    ...pytorch('GroupNorm'),
    ...keras('GroupNormalization', {
      order: ['groups', 'axis', 'eps', 'center', 'scale'],
      args: {
        axis: { only: [-1, 3, 1] },
        center: { option: 'affine', value: bothOf('scale') },
        scale: { option: 'affine', value: bothOf('center') },
      },
      gives: { groups: '32' },
    }),
  ],
  category: 'Normalisation',
  traits: {
    range: 'any',
    reads: 'signal',
    normalises: { channels: 'groups', positions: true, batch: false, centred: true },
  },
  summary:
    'Brings each group of channels of each image to mean 0 and variance 1, then scales and shifts each channel by learned numbers.',
  source: 'Wu & He 2018, §3',
  output: 'the input’s shape',
  sees: 'its own place; mean and variance of its group depend on all positions, at inference too, but by convention they are left aside',
  parameters: '2C; none with `affine=false`',
  pytorch: { order: ['groups', 'num_channels', 'eps', 'affine'], inputSizes: { num_channels: 'channels' } },
  options: {
    groups: int({ documentation: 'how many groups the channels fall into', min: 1, foreign: GROUPS_FOREIGN }),
    eps,
    affine,
  },
  constraints: [groupsDoNotDivide, tooFewValues],
  weighted: true,
  use: 'In place of `batchnorm` where few images fit into memory, as in detection, segmentation and video: its result does not depend on the batch. 32 groups are usual.',
  inPyTorch: 'nn.GroupNorm(32, 64)',
  example: `network Normalised {
  input x: [64, 56, 56]
  output y = x -> groupnorm(32)
  expect y.shape == [64, 56, 56]
  expect params == 128
}`,
  infer: ({ shapes, options: { groups, affine } }) => {
    const [x] = shapes as [Shape]
    const [channels] = x as [number]
    const misfit = groupsMisfit(groups, channels, channels)
    if (misfit) return misfit
    if (product(x) === groups) return tooFewValues.violated({ shape: x, together: 'group' }, 'groups')
    return { shapes: [x], weights: scaleAndShift([channels], affine) }
  },
})
