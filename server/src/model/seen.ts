import { extentsOf } from './extents'
import type { NetworkGraph, Tensor } from './graph'
import { type AxisField, type MeasuredField, measureField } from './receptive-field'
import type { Shape } from './shape'
import { edge } from './strip'

export type Inputs = Pick<NetworkGraph, 'inputs'>

/**
 * What a tensor sees of the network's input number `input`: null when it does not depend on it, or the input
 * has no spatial axes. Its size along an axis is the largest among the values whose region does not reach the
 * border of the input; where every value's does, it is that of a value far inside a larger input.
 */
export function seenOfInput(tensor: Tensor, input: number): MeasuredField | 'global' | null {
  const field = tensor.fields[input]
  if (!field) return null
  const measured = measureField(field, tensor.shape)
  if (measured === 'global') return measured
  const size = measured.size.map((unbounded, axis) =>
    unbounded === null ? null : (sizeInside(tensor, input, axis, unbounded) ?? unbounded),
  )
  return { ...measured, size }
}

/** The receptive field of a value far from every border, in the first input with spatial axes. */
export function fieldFarInside(tensor: Tensor, graph: Inputs): MeasuredField | 'global' | null {
  const field = tensor.fields[firstSpatial(graph)]
  return field ? measureField(field, tensor.shape) : null
}

function firstSpatial(graph: Inputs): number {
  return graph.inputs.findIndex(({ node }) => node !== undefined && node.tensor.shape.length > 1)
}

/** The receptive field that is meant when no input is named: that of the first input with spatial axes. */
export function receptiveField(tensor: Tensor, graph: Inputs): MeasuredField | 'global' | null {
  return seenOfInput(tensor, firstSpatial(graph))
}

/**
 * The largest region that does not reach the input's border; undefined when there is none, or when padding has
 * cut none of them and a larger one ends just at the border.
 */
function sizeInside(tensor: Tensor, input: number, axis: number, unbounded: number): number | undefined {
  const field = tensor.fields[input]?.axes[axis]
  if (!field || reachesInside(field, tensor.shape, unbounded)) return unbounded
  const extents = extentsOf(tensor, input, axis)
  if (extents === null) return undefined
  const { low, high, cut, pixels } = extents
  let largest: number | undefined
  let narrowed = false
  let whole = false
  for (let n = 0; n < low.length; n++) {
    const [first, last] = [low[n] as number, high[n] as number]
    const [from, to] = regionAt(field, n)
    const isCut = from < first || to > last
    whole ||= !isCut && last - first + 1 === unbounded
    if (first > last || first <= 0 || last >= pixels - 1 || cut?.[n]) continue
    largest = Math.max(largest ?? 0, last - first + 1)
    narrowed ||= isCut
  }
  return whole && !narrowed ? undefined : largest
}

/** The first and the last pixel that the value at position n would see without borders. */
function regionAt({ strips }: AxisField, n: number): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const strip of strips) {
    low = Math.min(low, edge(strip, 'low', n))
    high = Math.max(high, edge(strip, 'high', n))
  }
  return [low, high]
}

/** Whether some value has the full region inside the input, so that no border needs to be looked at. */
function reachesInside(field: AxisField, shape: Shape, size: number): boolean {
  if (field.strips.length > 1 || field.along === null) return false
  const count = shape[field.along] ?? 0
  const period = field.strips[0]?.low.length ?? 1
  // A full region that lies inside is found in the middle of the map if anywhere.
  const middle = Math.max(0, Math.floor((count - period) / 2))
  for (let n = middle; n < Math.min(count, middle + period); n++) {
    const [first, last] = regionAt(field, n)
    if (first > 0 && last < field.pixels - 1 && last - first + 1 === size) return true
  }
  return false
}
