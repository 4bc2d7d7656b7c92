import type { LayerOptions, Weight } from './layer'
import { product } from './shape'

/** How many scalars a set of weights has. */
export function weightCount({ shape, count }: Weight): number {
  return count ?? product(shape)
}

/** The scalars of a layer's weights: those that are trained, and those that are not. */
export function weightCounts(
  weights: readonly Weight[],
  { trainable }: LayerOptions,
): { readonly params: number; readonly fixed: number } {
  let params = 0
  let fixed = 0
  for (const weight of weights) {
    if (weight.trained === false || trainable === false) fixed += weightCount(weight)
    else params += weightCount(weight)
  }
  return { params, fixed }
}
