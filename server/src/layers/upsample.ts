import { fraction } from '../model/axis-map'
import type { ForeignArgument, ForeignLayer, ForeignValue } from '../model/foreign'
import { axisNames, type Shape } from '../model/shape'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { OUTPUT_BELOW_ONE } from './constraints/windows'
import { constraint, factors, layer, networkText } from './declare'
import { caffe, keras, pytorch, shown } from './foreign'
import { areAll } from './identities'
import {
  alignCorners,
  alignedMisfit,
  alignedNearest,
  bicubicMisfit,
  bicubicNeedsTwoAxes,
  modeOption,
  sampledRange,
  samplingField,
} from './sampling'
import { axisLines } from './spell'

interface ScaleData {
  readonly shape: Shape
  readonly scale: readonly number[]
  /** The first spatial axis whose output is below 1. */
  readonly axis: number
}

const scaledOutputBelowOne = constraint<ScaleData>({
  ...OUTPUT_BELOW_ONE,
  example: networkText('x -> upsample(0.1)', '[8, 6, 6]'),
  instead: networkText('x -> upsample(0.5)', '[8, 6, 6]'),
  text: 'Every axis of the output is at least 1.',
  words: ({ shape, scale, axis }) => {
    const size = shape[axis + 1] as number
    const name = axisNames(shape.length - 1)[axis]
    return {
      what: `the output’s ${name} would be ⌊${size}·${scale[axis]}⌋ = ${Math.floor(size * (scale[axis] as number))}`,
      why: 'a map has at least one position along every axis',
      todo: `use a scale of at least 1/${size}`,
    }
  },
})

/**
 * PyTorch's upsampling by a factor. The size stands first in its calls, which is easy to confuse: what stands first may
 * be meant for the factor.
 */
function upsamplings(
  names: string,
  behind: readonly string[],
  gives: Readonly<Record<string, string>>,
): readonly ForeignLayer[] {
  const args: Readonly<Record<string, ForeignArgument>> = {
    size: { only: ['none'] },
    recompute_scale_factor: 'ignored',
  }
  return [
    ...pytorch(names, { order: ['size', 'scale', ...behind], requires: ['scale'], args, gives }),
    ...pytorch(names, {
      order: ['first'],
      requires: ['first'],
      args: { ...args, first: { option: 'scale', value: smallFactor } },
      gives,
    }),
  ]
}

/** Larger than this a number is a size. */
const LARGEST_FACTOR = 8

const smallFactor: ForeignValue = {
  words: '',
  write: ({ value, text, items }) => {
    const factors = items?.map((item) => item.value) ?? [value]
    const isSmall = factors.every((each) => typeof each === 'number' && each <= LARGEST_FACTOR)
    return isSmall ? (items ? shown(items.map((item) => item.text)) : text) : undefined
  },
}

export const upsample = layer({
  name: 'upsample',
  foreign: [
    ...upsamplings('Upsample interpolate', ['mode', 'align_corners'], {}),
    ...upsamplings('UpsamplingNearest2d', [], {}),
    ...upsamplings('UpsamplingBilinear2d', [], { mode: 'bilinear', align_corners: 'true' }),
    ...keras('UpSampling1D UpSampling2D UpSampling3D', {
      order: ['size', 'data_format', 'interpolation'],
      args: { size: { option: 'scale' }, data_format: { only: ['channels_last', 'none'] } },
      gives: { scale: '2' },
    }),
    ...caffe('Interp', {
      requires: ['zoom_factor'],
      args: { zoom_factor: 'ignored' },
      remark: 'its factor is that of n − 1 steps',
      gives: { mode: 'bilinear', align_corners: 'true' },
    }),
  ],
  category: 'Resampling',
  traits: {
    range: sampledRange,
    reads: 'signal',
    linear: true,
    channelwise: true,
    interpolates: true,
    enlarges: 'by factor',
    identity: {
      holds: ({ options }) => areAll(options.scale, 1),
      why: 'with factor 1 every position is kept once',
      by: 'options',
      options: ['scale'],
    },
  },
  summary: 'Makes the map larger by a factor, by sampling it anew; a factor below 1 makes it smaller.',
  details:
    'Output position n lies at (n + ½)/scale − ½ of the input; with `align_corners=true` at n·(i − 1)/(o − 1).',
  source: 'Odena et al. 2016; bicubic: Keys 1981',
  output: '[C, ⌊i·scale⌋ …]',
  sees: 'one position (`nearest`), at most 2 (`bilinear`) or at most 4 (`bicubic`), moving by 1/scale',
  byPlace: ['scale'],
  options: {
    scale: factors({
      documentation: 'the factor, which need not be whole',
      default: '2',
      foreign: ['scale_factor', 'factor', 'ratio'],
    }),
    mode: modeOption('nearest'),
    align_corners: alignCorners,
  },
  constraints: [needsSpatialAxes, bicubicNeedsTwoAxes, alignedNearest, scaledOutputBelowOne],
  use: 'In decoders, followed by a convolution: no checkerboard appears as with `conv_transpose`. `nearest` is cheapest, `bilinear` smoother. To reach the size of another map use `resize`.',
  inPyTorch: 'nn.Upsample(scale_factor=2)',
  example: `network Up {
  input x: [256, 13, 13]
  output y = x -> upsample(2)
  expect y.shape == [256, 26, 26]
}`,
  infer: ({ shapes, options: { scale, mode, align_corners: aligned } }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x) ?? bicubicMisfit(x, mode) ?? alignedMisfit(mode, aligned)
    if (misfit) return misfit
    const [channels, ...sizes] = x as [number, ...number[]]
    const outputs = sizes.map((size, axis) => Math.floor(size * (scale[axis] as number)))
    const axis = outputs.findIndex((output) => output < 1)
    if (axis >= 0) return scaledOutputBelowOne.violated({ shape: x, scale, axis }, 'scale')
    const axes = aligned
      ? sizes.map((from, i) => ({ from, to: outputs[i] as number }))
      : scale.map(fraction).map(({ numerator, denominator }) => ({ from: denominator, to: numerator }))
    return { shapes: [[channels, ...outputs]], field: samplingField(axes, mode, aligned) }
  },
  formula: ({ shapes, options: { scale } }, result) => {
    const [x] = shapes as [Shape]
    return axisLines(result.shapes[0] as Shape, (i) => {
      const term = `${x[i + 1]}·${scale[i]}`
      return Number.isInteger(scale[i]) ? term : `⌊${term}⌋`
    })
  },
})
