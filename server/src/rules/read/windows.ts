/** Layers that slide a window over their input, for the rules about windows. */
import { hasPadding } from '../../fixes/window-options'
import { span } from '../../layers/padding'
import { type WindowAxis, windowOptionsOf } from '../../layers/window'
import type { LayerNode } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'

/** Whether a layer slides a window with a stride over its input. */
export function isStriding({ traits, options }: AnyLayer): boolean {
  return traits.window === 'slides' && options.stride !== undefined
}

/** The same where its padding can be given. */
export function isPadded(layer: AnyLayer): boolean {
  return isStriding(layer) && hasPadding(layer)
}

/**
 * Whether what stands in the padding says nothing of the map: zeros, or a constant; the other modes repeat
 * values of the map.
 */
export function isPaddedBlank(node: LayerNode): boolean {
  const { padding_mode: mode } = windowOptionsOf(node)
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
  const { stride = [] } = windowOptionsOf(node)
  for (let i = 0; i < stride.length; i++) if (stride[i] !== 1) return true
  return false
}
