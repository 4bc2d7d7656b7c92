/** Shapes in little space: the results of several runs, side by side. */

import { shapesIn } from '../../check/semantics/runs'
import type { Value } from '../../model/graph'
import { showKnown } from '../../model/show'
import { isList } from '../../model/value'

/** More letters than these are cut: an editor shows no more than 43 letters of hints in a line. */
const MAX_LETTERS = 36

/**
 * The shape of a tensor, or the shapes of several: `64×56×56`, `[1×8×8, 2×8×8]`, `3 tensors of 1×8×8`, and of more than
 * there is room for `5 tensors: 256×200×200 … 256×13×13`. Undefined for any other value.
 */
export function shapeOf(value: Value): string | undefined {
  const shapes = shapesIn([value]).map(showKnown)
  const [first] = shapes
  if (first === undefined || (isList(value) && shapes.length < value.length)) return undefined
  // Many levels of one shape need no list.
  const same = shapes.length > 2 && shapes.every((shape) => shape === first)
  if (same) return `${shapes.length} tensors of ${first}`
  if (!isList(value)) return shapes.join(', ')
  const all = `[${shapes.join(', ')}]`
  return all.length <= MAX_LETTERS ? all : `${shapes.length} tensors: ${first} … ${shapes.at(-1)}`
}

/** The distinct texts that fit, in order, and `…` for those that do not. */
export function inLittleSpace(texts: readonly string[]): string {
  const distinct = [...new Set(texts)]
  const count = countFitting(distinct)
  const shown = distinct.slice(0, count).map(shortened)
  return [...shown, ...(count < distinct.length ? ['…'] : [])].join(', ')
}

/** How many of these texts fit beside each other; the first always does, as it is shortened if necessary. */
export function countFitting(texts: readonly string[]): number {
  let letters = 0
  for (const [i, text] of texts.entries()) {
    letters += text.length + ', '.length
    if (i > 0 && letters > MAX_LETTERS) return i
  }
  return texts.length
}

/** A text that fits: what is too long ends with a whole item of its list where it is one. */
export function shortened(text: string): string {
  if (text.length <= MAX_LETTERS) return text
  const comma = text.lastIndexOf(', ', MAX_LETTERS - ', …'.length)
  return comma > 0 ? `${text.slice(0, comma)}, …` : `${text.slice(0, MAX_LETTERS - 1)}…`
}
