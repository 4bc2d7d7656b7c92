/** What the convolutions have in common. */

import type { Inference, LayerCall, Violation, Weight } from '../model/layer'
import type { FieldTransform } from '../model/receptive-field'
import { product, type Shape } from '../model/shape'
import { isMisfit, spatialMisfit } from './constraints/ranks'
import { failing, windowExceedsInput } from './constraints/windows'
import { bool, int, padding, size } from './declare'
import { span } from './padding'
import { axisLines, spellFloor } from './spell'
import {
  floorCount,
  paddedSize,
  type WindowAxis,
  type WindowOptions,
  windowAxes,
  windowField,
} from './window'

export const kernel = size({
  documentation: 'the window: how many positions along each axis',
  foreign: ['kernel_size', 'filter_size', 'ksize', 'kernel_shape'],
})

export const stride = size({
  documentation: 'how far the window moves from one output position to the next',
  default: '1',
  foreign: ['strides', 'subsample', 'kernel_stride'],
})

export const dilation = size({
  documentation:
    'the distance between the positions that a window reads; above 1 the window has gaps (dilated, atrous)',
  default: '1',
  foreign: ['dilation_rate', 'dilations', 'atrous_rate', 'rate'],
})

export const convPadding = padding({
  documentation:
    'positions added on each side of the input: one amount, one per axis, two per axis, or `valid`, `half`, `full`, `same`',
  default: '0',
  foreign: ['pad', 'pads', 'padding_size'],
})

export const bias = bool({
  documentation: 'whether a learned number is added to each output channel',
  default: 'true',
  foreign: ['use_bias', 'bias_term', 'with_bias'],
})

export const CHANNELS_FOREIGN = ['filters', 'out_channels', 'num_output', 'num_filter', 'out_planes'] as const

export const channels = int({
  documentation: 'the number of output channels',
  min: 1,
  foreign: CHANNELS_FOREIGN,
})

export const GROUPS_FOREIGN = ['group', 'num_groups', 'num_group', 'n_groups'] as const

export const groups = int({
  documentation: 'into how many independent groups the channels are divided',
  min: 1,
  default: '1',
  foreign: GROUPS_FOREIGN,
})

interface Convolution extends WindowOptions {
  readonly channels: number
  readonly groups: number
  readonly bias: boolean
}

/** The windows of a convolution, or the constraint that they violate. */
function convolutionWindows(x: Shape, options: WindowOptions): readonly WindowAxis[] | Violation {
  const misfit = spatialMisfit(x)
  if (misfit) return misfit
  const axes = windowAxes(x, options)
  const large = failing(axes, (axis) => span(axis) <= paddedSize(axis))
  if (large) return windowExceedsInput.violated(large, 'kernel')
  return axes
}

type Convolved = Inference & { readonly field: FieldTransform }

/**
 * A convolution with dense weights in each group, which must divide the channels: shape, weights in PyTorch's
 * layout, MACs, field.
 */
export function convolve(x: Shape, options: Convolution): Convolved | Violation {
  const axes = convolutionWindows(x, options)
  if (isMisfit(axes)) return axes
  const perOutput = (x[0] as number) / options.groups
  const weight: Weight = { name: 'weight', shape: [options.channels, perOutput, ...options.kernel] }
  const output = [options.channels, ...axes.map(floorCount)]
  return {
    shapes: [output],
    weights: withBias([weight], options.channels, options.bias),
    macs: product(output) * perOutput * product(options.kernel),
    field: windowField(axes),
  }
}

export function withBias(weights: readonly Weight[], count: number, bias: boolean): readonly Weight[] {
  return bias ? [...weights, { name: 'bias', shape: [count] }] : weights
}

/** The shape formula of a window layer that rounds down, with this call's numbers. */
export function windowFormula(call: LayerCall<WindowOptions>, result: Inference): readonly string[] {
  const axes = windowAxes(call.shapes[0] as Shape, call.options)
  return axisLines(result.shapes[0] as Shape, (i) => spellFloor(axes[i] as WindowAxis))
}
