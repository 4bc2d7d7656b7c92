/** Layers that trade channels for positions, or change their order. */

import { nearestMap, SAME, windowMap } from '../model/axis-map'
import { axisNames, type Shape } from '../model/shape'
import { channelsDoNotDivide, sizeDoesNotDivide } from './constraints/channels'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { int, layer } from './declare'
import { onnx, pytorch, tensorflow, unlike } from './foreign'
import { axisLines } from './spell'

const POWERS = ['', '', '²', '³']

export const pixelShuffle = layer({
  name: 'pixel_shuffle',
  foreign: [
    ...pytorch('PixelShuffle'),
    ...tensorflow('depth_to_space', { remark: 'takes the channels in another order' }),
    ...onnx('DepthToSpace', {
      requires: ['mode'],
      args: { blocksize: { option: 'factor' }, mode: { only: ['CRD'] } },
    }),
    ...onnx('DepthToSpace', {
      args: { blocksize: { option: 'factor' }, mode: { only: ['DCR'] } },
      remark: 'takes the channels in another order',
    }),
    ...unlike('SubPixelConvolution', 'has no convolution of its own here'),
  ],
  category: 'Resampling',
  traits: {
    range: 'kept',
    reads: 'signal',
    linear: true,
    rearranges: 'places',
    enlarges: 'by factor',
    identity: {
      holds: ({ options }) => options.factor === 1,
      why: 'one channel becomes a square of one position',
      by: 'options',
      options: ['factor'],
    },
  },
  summary:
    'Turns channels into positions: with factor r, the values of r² channels at one position become a square of r×r positions.',
  source: 'Shi et al. 2016 (sub-pixel convolution), §3.2',
  output: '[C/factorⁿ, factor·i …]; n being the number of spatial axes',
  sees: 'a window of 1 position, moving by 1/factor',
  options: {
    factor: int({
      documentation: 'how many times larger each spatial axis becomes',
      min: 1,
      foreign: ['upscale_factor', 'block_size', 'r'],
    }),
  },
  constraints: [needsSpatialAxes, channelsDoNotDivide],
  use: 'At the end of a super-resolution network: all convolutions work on the small map, which is cheap, and only the last step makes the large one. It makes no checkerboard by itself.',
  inPyTorch: 'nn.PixelShuffle(2)',
  example: `network Up {
  input x: [64, 24, 24]
  output y = x -> pixel_shuffle(2)
  expect y.shape == [16, 48, 48]
}`,
  infer: ({ shapes, options: { factor } }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    const [channels, ...sizes] = x as [number, ...number[]]
    const divisor = factor ** sizes.length
    if (channels % divisor !== 0) {
      const spelled = `factor${POWERS[sizes.length]}`
      return channelsDoNotDivide.violated({ what: 'channels', count: channels, divisor, spelled }, 'factor')
    }
    return {
      shapes: [[channels / divisor, ...sizes.map((size) => size * factor)]],
      field: { kind: 'maps', maps: [SAME, ...sizes.map(() => nearestMap(1, factor))] },
    }
  },
  formula: ({ shapes, options: { factor } }, result) => {
    const [x] = shapes as [Shape]
    const [output] = result.shapes as [Shape]
    return [
      `channels ${x[0]}/${factor}${POWERS[x.length - 1]} = ${output[0]}`,
      ...axisLines(output, (i) => `${x[i + 1]}·${factor}`),
    ]
  },
})

export const spaceToDepth = layer({
  name: 'space_to_depth',
  aliases: ['reorg'],
  foreign: [
    ...pytorch('PixelUnshuffle'),
    ...tensorflow('space_to_depth', {
      needs: ['block_size', 'data_format'],
      args: { data_format: 'ignored' },
      remark: 'gives the channels in another order',
    }),
    ...onnx('SpaceToDepth', {
      args: { blocksize: { option: 'block' } },
      remark: 'gives the channels in another order',
    }),
    'Reorg',
    {
      name: 'Focus',
      gives: { block: '2' },
      args: {},
      order: [],
      remark: 'has no convolution of its own here',
    },
  ],
  category: 'Resampling',
  traits: {
    range: 'kept',
    reads: 'signal',
    linear: true,
    channelwise: true,
    rearranges: 'places',
    identity: {
      holds: ({ options }) => options.block === 1,
      why: 'a square of one position becomes one channel',
      by: 'options',
      options: ['block'],
    },
  },
  summary:
    'Turns positions into channels: with block b, each square of b×b positions becomes one position with b² times the channels.',
  source: 'Redmon & Farhadi 2017 (YOLO9000), §2 (passthrough)',
  output: '[C·blockⁿ, i/block …]; n being the number of spatial axes',
  sees: 'a window of block positions, moving by block',
  options: {
    block: int({
      documentation: 'how many positions along each spatial axis are taken together',
      min: 1,
      foreign: ['downscale_factor', 'block_size', 'stride'],
    }),
  },
  constraints: [needsSpatialAxes, sizeDoesNotDivide],
  use: 'To halve a map without losing a value: the first layer of YOLOv5, the passthrough of YOLOv2, patches for convolutions.',
  inPyTorch: 'nn.PixelUnshuffle(2)',
  example: `network Passthrough {
  input x: [64, 26, 26]
  output y = x -> space_to_depth(2)
  expect y.shape == [256, 13, 13]
}`,
  infer: ({ shapes, options: { block } }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    const [channels, ...sizes] = x as [number, ...number[]]
    const axis = sizes.findIndex((size) => size % block !== 0)
    if (axis >= 0) {
      const what = axisNames(sizes.length)[axis] as string
      const count = sizes[axis] as number
      return sizeDoesNotDivide.violated({ what, count, divisor: block, spelled: 'block' }, 'block')
    }
    return {
      shapes: [[channels * block ** sizes.length, ...sizes.map((size) => size / block)]],
      field: { kind: 'maps', maps: [SAME, ...sizes.map(() => windowMap({ kernel: block, stride: block }))] },
    }
  },
  formula: ({ shapes, options: { block } }, result) => {
    const [x] = shapes as [Shape]
    const [output] = result.shapes as [Shape]
    return [
      `channels ${x[0]}·${block}${POWERS[x.length - 1]} = ${output[0]}`,
      ...axisLines(output, (i) => `${x[i + 1]}/${block}`),
    ]
  },
})

export const channelShuffle = layer({
  name: 'channel_shuffle',
  foreign: [...pytorch('ChannelShuffle')],
  category: 'Resampling',
  traits: {
    range: 'kept',
    reads: 'signal',
    linear: true,
    channelwise: true,
    rearranges: 'places',
    identity: {
      holds: ({ options, inputs }) => options.groups === 1 || options.groups === inputs[0]?.shape[0],
      why: 'one group, or one channel per group, leaves the channels in their order',
      by: 'options',
      options: ['groups'],
    },
  },
  summary: 'Mixes the channels of the groups, so that the next grouped convolution sees all of them.',
  source: 'Zhang et al. 2018 (ShuffleNet), §3.1',
  output: 'the input’s shape',
  options: {
    groups: int({
      documentation: 'how many groups the channels fall into',
      min: 1,
      foreign: ['group', 'num_groups'],
    }),
  },
  constraints: [needsSpatialAxes, channelsDoNotDivide],
  use: 'Between two grouped convolutions: without it each group would only ever see its own channels. ShuffleNet owes its low cost to this pair.',
  inPyTorch: 'nn.ChannelShuffle(3)',
  example: `network Shuffled {
  input x: [240, 28, 28]
  output y = x -> conv(240, 1, groups=3) -> channel_shuffle(3)
  expect y.shape == [240, 28, 28]
}`,
  infer: ({ shapes, options: { groups } }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    const [channels] = x as [number]
    if (channels % groups !== 0) {
      const data = { what: 'channels', count: channels, divisor: groups, spelled: 'groups' }
      return channelsDoNotDivide.violated(data, 'groups')
    }
    return { shapes: [x] }
  },
})
