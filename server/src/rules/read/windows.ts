/** Layers that slide a window over their input, for the rules about windows. */
import { hasPadding } from '../../fixes/window-options'
import { span } from '../../layers/padding'
import type { WindowAxis } from '../../layers/window'
import type { LayerNode } from '../../model/graph'
import type { AnyLayer, Padding } from '../../model/layer'

/** Whether a layer slides a window with a stride over its input. */
export function isStriding({ traits, options }: AnyLayer): boolean {
  return traits.window === 'slides' && options.stride !== undefined
}

/** The same where its padding can be given. */
export function isPadded(layer: AnyLayer): boolean {
  return isStriding(layer) && hasPadding(layer)
}

/** The options of a layer that slides a window. */
export interface Sliding {
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly padding?: Padding
  readonly dilation?: readonly number[]
  readonly padding_mode?: string
}

export function slidingOptions({ options }: LayerNode): Sliding {
  return options as unknown as Sliding
}

/**
 * Whether what stands in the padding says nothing of the map: zeros, or a constant; the other modes repeat
 * values of the map.
 */
export function isPaddedBlank({ padding_mode: mode }: Sliding): boolean {
  return mode === undefined || mode === 'zeros' || mode === 'mean'
}

/** How many of the outputs along an axis read positions of the padding alone. */
export function outputsOnPadding(axis: WindowAxis, outputs: number): number {
  const { input, kernel, stride, begin, dilation } = axis
  if (dilation <= input) {
    // Taps are no further apart than the map is long: a window that reaches over the map has one in it.
    const before = begin < span(axis) ? 0 : Math.floor((begin - span(axis)) / stride) + 1
    const behind = outputs - Math.ceil((input + begin) / stride)
    return Math.min(outputs, before) + Math.max(0, behind)
  }
  let count = 0
  for (let n = 0; n < outputs; n++) {
    const first = stride * n - begin
    const tap = Math.max(0, Math.ceil(-first / dilation))
    if (tap >= kernel || first + dilation * tap >= input) count++
  }
  return count
}

/** Whether the window moves further than by one position along some axis: few do. */
export function isStrided(node: LayerNode): boolean {
  const { stride } = slidingOptions(node)
  for (let i = 0; i < stride.length; i++) if (stride[i] !== 1) return true
  return false
}
