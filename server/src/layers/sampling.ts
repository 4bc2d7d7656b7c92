/** How resampling reads its input. */

import { type AxisMap, alignedMap, interpolatedMap, nearestMap, SAME } from '../model/axis-map'
import type { FieldTransform } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { showShape } from '../model/shape'
import { showCountOf } from '../model/show'
import type { BoundOptions, ValueRange } from '../model/traits'
import { bool, constraint, networkText, word } from './declare'

const MODES = ['nearest', 'bilinear', 'bicubic'] as const
export type SamplingMode = (typeof MODES)[number]

/** Bicubic weights are negative at some places: what they give lies beyond the values that come in. */
export function sampledRange({ mode }: BoundOptions): ValueRange {
  return mode === 'bicubic' ? 'any' : 'kept'
}

export function modeOption(fallback: SamplingMode) {
  return word(MODES, {
    documentation:
      'how values between positions are found (with one or three spatial axes `bilinear` means linear or trilinear)',
    default: fallback,
    foreign: ['interpolation', 'upsample_mode'],
    foreignWords: { linear: 'bilinear', trilinear: 'bilinear', cubic: 'bicubic' },
  })
}

export const alignCorners = bool({
  documentation:
    'whether the first and last positions of input and output lie on each other (true), or the outer edges of the maps do (false)',
  default: 'false',
})

/** From one axis of size `from` to one of size `to`, or at that ratio. */
export interface Sampling {
  readonly from: number
  readonly to: number
}

/** With aligned corners the axes are the whole ones, not ratios: what is sampled depends on the sizes. */
export function samplingField(
  axes: readonly Sampling[],
  mode: SamplingMode,
  aligned: boolean,
): FieldTransform {
  return { kind: 'maps', maps: [SAME, ...axes.map((axis) => samplingMap(axis, mode, aligned))] }
}

function samplingMap({ from, to }: Sampling, mode: SamplingMode, aligned: boolean): AxisMap {
  if (mode === 'nearest') return nearestMap(from, to)
  return (aligned ? alignedMap : interpolatedMap)(from, to, mode === 'bilinear' ? 1 : 2)
}

export interface AlignedData {
  readonly mode: SamplingMode
}

export const alignedNearest = constraint<AlignedData>({
  code: 'align-corners-of-nearest',
  title: '`align_corners=true` with `mode=nearest`',
  explanation:
    '`align_corners` says where new values lie between the old ones. `mode=nearest` computes no values in between: it copies the nearest one, so the option would have no effect.',
  example: networkText('x -> upsample(2, mode=nearest, align_corners=true)', '[8, 14, 14]'),
  instead: networkText('x -> upsample(2, mode=bilinear, align_corners=true)', '[8, 14, 14]'),
  text: '`align_corners` goes with a mode that interpolates.',
  words: ({ mode }) => ({
    what: `align_corners=true has no meaning with mode=${mode}`,
    why: 'it says how positions are interpolated, and the nearest one is taken as it is',
    todo: 'use mode=bilinear or bicubic, or leave align_corners out',
  }),
})

export function alignedMisfit(mode: SamplingMode, aligned: boolean) {
  return aligned && mode === 'nearest' ? alignedNearest.violated({ mode }, 'align_corners') : undefined
}

export interface BicubicData {
  readonly shape: Shape
}

export const bicubicNeedsTwoAxes = constraint<BicubicData>({
  code: 'bicubic-needs-two-axes',
  title: '`mode=bicubic` on a tensor that is not a plane',
  explanation:
    'Bicubic interpolation is defined along height and width, for maps `[C, H, W]`. For signals and volumes there are `bilinear`, which is linear along each axis, and `nearest`.',
  example: networkText('x -> upsample(2, mode=bicubic)', '[8, 100]'),
  instead: networkText('x -> upsample(2, mode=bilinear)', '[8, 100]'),
  text: '`bicubic` is for `[C, H, W]`.',
  words: ({ shape }) => ({
    what: `mode=bicubic cannot sample ${showShape(shape)}, which has ${showCountOf(shape.length - 1, 'spatial axis', 'spatial axes')}`,
    why: 'it is defined for two spatial axes, [C, H, W]',
    todo: 'use mode=bilinear (linear along each axis), or nearest',
  }),
})

export function bicubicMisfit(shape: Shape, mode: SamplingMode) {
  if (mode !== 'bicubic' || shape.length === 3) return undefined
  return bicubicNeedsTwoAxes.violated({ shape }, 'mode')
}
