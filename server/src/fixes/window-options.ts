/** Reads the options of layers that slide a window, whichever layer it is. */
import { margins, transposedMargins } from '../layers/padding'
import { hasWindow, reach, type WindowAxis, windowAxes } from '../layers/window'
import type { LayerNode } from '../model/graph'
import type { AnyLayer, LayerOptions, Padding } from '../model/layer'
import type { Shape } from '../model/shape'

/** Whether the layer slides a window whose padding can be given. */
export function hasPadding(layer: AnyLayer): boolean {
  const type = layer.options.padding?.type
  return type?.kind === 'padding' && type.named && layer.options.kernel !== undefined
}

export function isTransposed(layer: AnyLayer): boolean {
  return layer.traits.window === 'spreads'
}

export function isPooling(layer: AnyLayer): boolean {
  return layer.traits.pools !== undefined
}

/** The window along each spatial axis of an application, with these options or its own. */
export function windowsOf(applied: {
  readonly layer: AnyLayer
  readonly options: LayerOptions
  readonly inputs: readonly { readonly shape: Shape }[]
}): readonly WindowAxis[] {
  const shape = applied.inputs[0]?.shape
  if (shape === undefined || !hasWindow(applied)) return []
  const resolve = isTransposed(applied.layer) ? transposedMargins : margins
  return windowAxes(shape, applied.options, resolve)
}

/** The most padding that makes sense along an axis: a pooling's half window, else what leaves one real value in it. */
export function mostPadding(layer: AnyLayer, axis: WindowAxis): number {
  return isPooling(layer) ? Math.floor(axis.kernel / 2) : reach(axis)
}

/** A padding with the text that gives it; the value of a name may differ from application to application. */
export interface PaddingChoice {
  readonly padding: Padding | ((node: LayerNode) => Padding | undefined)
  readonly text: string
}

export function namedPadding(name: 'half' | 'same' | 'full' | 'valid'): PaddingChoice {
  return { padding: { name }, text: name }
}

/** Amounts as briefly as the language allows: `1`, `[0, 3]`, `[0, 1, 0, 1]`. */
export function paddingAmounts(begin: readonly number[], end: readonly number[]): PaddingChoice {
  const [first = 0] = begin
  const padding = { begin, end }
  const uneven = begin.some((amount, i) => amount !== end[i])
  if (uneven) return { padding, text: `[${begin.flatMap((amount, i) => [amount, end[i]]).join(', ')}]` }
  if (begin.every((amount) => amount === first)) return { padding, text: String(first) }
  return { padding, text: `[${begin.join(', ')}]` }
}

/** The amounts on both sides that keep ⌈i/s⌉ positions when the kernel is odd: ⌊span/2⌋, `half` in numbers. */
export function halfAmounts(axes: readonly WindowAxis[]): PaddingChoice {
  const amounts = axes.map((axis) => Math.floor(reach(axis) / 2))
  return paddingAmounts(amounts, amounts)
}
