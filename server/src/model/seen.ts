import { extentsOf } from './extents'
import type { NetworkGraph, Tensor } from './graph'
import { type MeasuredField, measureField } from './receptive-field'
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

/** The largest region that does not reach the input's border; undefined when there is none, or it can't be told. */
function sizeInside(tensor: Tensor, input: number, axis: number, unbounded: number): number | undefined {
  if (reachesInside(tensor, input, axis, unbounded)) return unbounded
  const extents = extentsOf(tensor, input, axis)
  if (extents === null) return undefined
  const { low, high, cut, pixels } = extents
  let largest: number | undefined
  for (let n = 0; n < low.length; n++) {
    const [first, last] = [low[n] as number, high[n] as number]
    if (first > last || first <= 0 || last >= pixels - 1 || cut?.[n]) continue
    largest = Math.max(largest ?? 0, last - first + 1)
  }
  return largest
}

/** Whether some value has the full region inside the input, so that no border needs to be looked at. */
function reachesInside(tensor: Tensor, input: number, axis: number, size: number): boolean {
  const field = tensor.fields[input]?.axes[axis]
  const [strip] = field?.strips ?? []
  if (!field || !strip || field.strips.length > 1 || field.along === null) return false
  const count = tensor.shape[field.along] ?? 0
  const period = strip.low.length
  // A full region that lies inside is found in the middle of the map if anywhere.
  const middle = Math.max(0, Math.floor((count - period) / 2))
  for (let n = middle; n < Math.min(count, middle + period); n++) {
    const [first, last] = [edge(strip, 'low', n), edge(strip, 'high', n)]
    if (first > 0 && last < field.pixels - 1 && last - first + 1 === size) return true
  }
  return false
}
