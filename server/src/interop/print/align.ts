/** Finds how one module's calls are another's with some of them left out. */
import type { ImportTensor } from '../graph/graph'
import { type Body, type Element, optionOf } from './elements'

/**
 * For each call of the general body the call of the other that it is, by its number, or which of its inputs goes
 * through where the other lacks it.
 */
export type Alignment = readonly (number | { readonly through: number })[]

/** How many choices are tried before two bodies count as different. */
const MOST_STEPS = 2_000

/** Tensors of the general body as those of the other. */
type Links = ReadonlyMap<ImportTensor, ImportTensor>

/**
 * Aligns a body with a general one: same layers and options' names in the same order, wired alike. A call that is
 * left out lets one of its inputs through. Undefined where they differ in more than that.
 */
export function align(general: Body, other: Body): Alignment | undefined {
  if (general.outputs.length !== other.outputs.length || general.inputs.length !== other.inputs.length)
    return undefined
  if (general.elements.length < other.elements.length) return undefined
  let steps = 0
  const isEqual = general.elements.length === other.elements.length
  const search = (i: number, j: number, links: Links): Alignment | undefined => {
    if (++steps > MOST_STEPS) return undefined
    const element = general.elements[i]
    if (element === undefined) {
      const ends = general.outputs.every((tensor, k) => links.get(tensor) === other.outputs[k])
      return ends && j === other.elements.length ? [] : undefined
    }
    const candidate = other.elements[j]
    if (candidate !== undefined && fits(element, candidate, links)) {
      const rest = search(i + 1, j + 1, linked(links, element.outputs, candidate.outputs))
      if (rest !== undefined) return [j, ...rest]
    }
    if (isEqual || element.outputs.length !== 1) return undefined
    for (const [through, tensor] of element.inputs.entries()) {
      const passed = links.get(tensor)
      if (passed === undefined) continue
      const rest = search(i + 1, j, linked(links, element.outputs, [passed]))
      if (rest !== undefined) return [{ through }, ...rest]
    }
    return undefined
  }
  return search(0, 0, linked(new Map(), general.inputs, other.inputs))
}

function linked(links: Links, from: readonly ImportTensor[], to: readonly ImportTensor[]): Links {
  const more = new Map(links)
  for (const [i, tensor] of from.entries()) more.set(tensor, to[i] as ImportTensor)
  return more
}

function fits(element: Element, candidate: Element, links: Links): boolean {
  return (
    element.callee === candidate.callee &&
    element.inputs.length === candidate.inputs.length &&
    element.outputs.length === candidate.outputs.length &&
    haveSameOptions(element, candidate) &&
    element.inputs.every((tensor, i) => links.get(tensor) === candidate.inputs[i])
  )
}

/** Whether each option that only one of them gives has a value by itself. */
function haveSameOptions(a: Element, b: Element): boolean {
  const keys = new Set([...Object.keys(a.options), ...Object.keys(b.options)])
  return [...keys].every((key) => optionOf(a, key) !== undefined && optionOf(b, key) !== undefined)
}
