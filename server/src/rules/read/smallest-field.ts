/** The smallest receptive field among the paths into a tensor, where the paths stay apart. */

import type { LayerNode, NetworkGraph, Tensor } from '../../model/graph'
import { extentAlong } from '../../model/measure-field'
import { transformOf } from '../../model/seen'
import { rate } from '../../model/strip'

/** The smallest extent of a tensor along an axis of an input, in input pixels; null where it sees everything. */
export type SmallestField = (tensor: Tensor, axis: number) => number | null

/** What a tensor sees as a whole: that is the smallest too where no paths stay apart. */
export function wholeField(input: number): SmallestField {
  return ({ fields, shape }, axis) => {
    const field = fields[input]?.axes[axis]
    return field === undefined ? null : extentAlong(field, shape)
  }
}

/**
 * The smallest receptive field of all paths that meet in a layer `isSmallest` says so of (Richter et al. 2021); in other
 * layers that merge the largest counts. Costs one pass over the graph.
 */
export function smallestField(
  graph: NetworkGraph,
  input: number,
  isSmallest: (node: LayerNode) => boolean,
): SmallestField {
  const axes = graph.inputs[input]?.node?.tensor.shape.length ?? 1
  const known = Array.from({ length: axes - 1 }, () => new Map<number, number>())
  const of = (tensor: Tensor, axis: number): number | null => {
    const strips = tensor.fields[input]?.axes[axis]?.strips ?? []
    return strips.length === 0 ? null : (known[axis]?.get(tensor.source.id) ?? 1)
  }
  for (const node of graph.layers) {
    for (const [axis, sizes] of known.entries()) {
      const paths: number[] = []
      for (const [i, tensor] of node.inputs.entries()) {
        const size = of(tensor, axis)
        if (size !== null) paths.push(size + growth(node, i, tensor, input, axis))
      }
      if (paths.length > 0) sizes.set(node.id, isSmallest(node) ? Math.min(...paths) : Math.max(...paths))
    }
  }
  return of
}

/** How many input pixels a layer adds to what its tensor sees; resampling is taken to add none. */
function growth(node: LayerNode, i: number, tensor: Tensor, input: number, axis: number): number {
  const transform = transformOf(node, i)
  const field = tensor.fields[input]?.axes[axis]
  const [strip] = field?.strips ?? []
  if (transform.kind !== 'maps' || !strip || field?.along === null || field === undefined) return 0
  const map = transform.maps[field.along]
  return map?.kind === 'window' ? map.dilation * (map.kernel - 1) * rate(strip) : 0
}
