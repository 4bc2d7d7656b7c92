/** Sliding windows: where they fit, how many there are, what they see, and how that is written down. */

import { type AxisMap, WHOLE, windowMap } from '../model/axis-map'
import type { AnyLayer, LayerOptions, Padding } from '../model/layer'
import type { FieldTransform } from '../model/receptive-field'
import { axisNames, type Shape, spatial } from '../model/shape'
import { margins, type PaddedWindow, span } from './padding'

/** A window along one spatial axis, its padding resolved. */
export interface WindowAxis extends PaddedWindow {
  /** `height`, `width`, … */
  readonly name: string
  readonly begin: number
  readonly end: number
}

export interface WindowOptions {
  readonly kernel: readonly number[]
  readonly stride?: readonly number[]
  readonly padding?: Padding
  readonly dilation?: readonly number[]
  readonly output_padding?: readonly number[]
  readonly padding_mode?: string
}

/**
 * Whether what is applied slides a window, by its layer's declaration: its options are those of a window then, as
 * every declaration with a kernel size has them.
 */
export function hasWindow<A extends { readonly layer: AnyLayer }>(
  applied: A,
): applied is A & { readonly options: WindowOptions } {
  return applied.layer.options.kernel?.type.kind === 'size'
}

const NO_WINDOW: { readonly [K in keyof WindowOptions]?: WindowOptions[K] } = {}

/** The options of the window that an application slides; none of them where it slides none. */
export function windowOptionsOf(applied: { readonly layer: AnyLayer; readonly options: LayerOptions }) {
  return hasWindow(applied) ? applied.options : NO_WINDOW
}

const VALID: Padding = { name: 'valid' }

/** One window a spatial axis of `shape`; `resolve` turns a named padding into amounts. */
export function windowAxes(shape: Shape, options: WindowOptions, resolve = margins): readonly WindowAxis[] {
  const sizes = spatial(shape)
  const names = axisNames(sizes.length)
  return sizes.map((input, i) => {
    const window = {
      input,
      kernel: options.kernel[i] ?? 1,
      stride: options.stride?.[i] ?? 1,
      dilation: options.dilation?.[i] ?? 1,
    }
    return { name: names[i] as string, ...window, ...resolve(options.padding ?? VALID, i, window) }
  })
}

/** How many positions a window reads beside the one that it stands on: `d(k − 1)`. */
export function reach(axis: WindowAxis): number {
  return span(axis) - 1
}

export function paddedSize({ input, begin, end }: WindowAxis): number {
  return input + begin + end
}

/** ⌊(i + p − d(k − 1) − 1)/s⌋ + 1 (Dumoulin & Visin 2016, relationships 6 and 15). */
export function floorCount(axis: WindowAxis): number {
  return Math.floor((paddedSize(axis) - span(axis)) / axis.stride) + 1
}

/** The same rounded up, but the last window must start inside the input or its leading padding (PyTorch's rule). */
export function ceilCount(axis: WindowAxis): number {
  const count = Math.ceil((paddedSize(axis) - span(axis)) / axis.stride) + 1
  return (count - 1) * axis.stride >= axis.input + axis.begin ? count - 1 : count
}

/** How many positions lie behind the last window, beyond those that the stride skips between any two windows. */
export function leftOut(axis: WindowAxis, windows: number): number {
  const read = (windows - 1) * axis.stride + span(axis) - axis.begin
  const skipped = Math.max(0, axis.stride - span(axis))
  return Math.max(0, axis.input - read - skipped)
}

/** What a window sees: along each spatial axis its kernel, and all channels unless `channels` says otherwise. */
export function windowField(
  axes: readonly WindowAxis[],
  channels: AxisMap = WHOLE,
  border: 'zeros' | 'repeated' = 'zeros',
): FieldTransform {
  const maps = [channels, ...axes.map(axisMap)]
  return { kind: 'maps', maps, ...(border === 'repeated' && { repeated: true }) }
}

function axisMap({ kernel, stride, begin, dilation }: WindowAxis): AxisMap {
  return windowMap({ kernel, stride, begin, dilation })
}
