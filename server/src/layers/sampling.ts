/** How resampling reads its input. */
import { type AxisMap, interpolatedMap, nearestMap, SAME } from '../model/axis-map'
import type { FieldTransform } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import type { BoundOptions, ValueRange } from '../model/traits'
import { constraint, faulty, word } from './declare'

const MODES = ['nearest', 'bilinear', 'bicubic'] as const
export type SamplingMode = (typeof MODES)[number]

/** Bicubic weights are negative at some places: what they give lies beyond the values that come in. */
export function sampledRange({ mode }: BoundOptions): ValueRange {
  return mode === 'bicubic' ? 'any' : 'kept'
}

export function modeOption(fallback: SamplingMode) {
  return word(MODES, {
    documentation:
      'how values between positions come about (along one or three axes `bilinear` is linear or trilinear)',
    default: fallback,
    foreign: ['interpolation', 'upsample_mode'],
  })
}

/** From one axis of size `from` to one of size `to`, or at that ratio. */
export interface Sampling {
  readonly from: number
  readonly to: number
}

export function samplingField(axes: readonly Sampling[], mode: SamplingMode): FieldTransform {
  return { kind: 'maps', maps: [SAME, ...axes.map((axis) => samplingMap(axis, mode))] }
}

function samplingMap({ from, to }: Sampling, mode: SamplingMode): AxisMap {
  if (mode === 'nearest') return nearestMap(from, to)
  return interpolatedMap(from, to, mode === 'bilinear' ? 1 : 2)
}

export interface BicubicData {
  readonly shape: Shape
}

export const bicubicNeedsTwoAxes = constraint<BicubicData>({
  code: 'bicubic-needs-two-axes',
  example: faulty('x -> upsample(2, mode=bicubic)', '[8, 100]'),
  text: '`bicubic` is for `[C, H, W]`.',
  words: ({ shape }) => ({
    what: `bicubic sampling of a tensor with ${shape.length - 1} spatial axes`,
    why: 'it is defined on two spatial axes, [C, H, W]',
    todo: 'use mode=bilinear (linear along each axis), or nearest',
  }),
})

export function bicubicMisfit(shape: Shape, mode: SamplingMode) {
  if (mode !== 'bicubic' || shape.length === 3) return undefined
  return bicubicNeedsTwoAxes.violated({ shape }, 'mode')
}
