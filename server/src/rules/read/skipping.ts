/** Strides that step over positions, and who else reads those. */

import type { LayerNode, Tensor } from '../../model/graph'
import { transformOf } from '../../model/seen'
import type { SurveyedNetwork } from '../frame/survey'
import { readsOwnPlace } from './pointwise'

/** Whether the windows of a layer leave out positions of its tensor number `i` between one and the next. */
export function skips(node: LayerNode, i: number): boolean {
  const transform = transformOf(node, i)
  if (transform.kind !== 'maps') return false
  const shape = node.inputs[i]?.shape ?? []
  for (let axis = 1; axis < transform.maps.length; axis++) {
    const map = transform.maps[axis]
    if (map?.kind !== 'window') continue
    const span = map.dilation * (map.kernel - 1) + 1
    // Where the first window reads the map to its end, no gap lies in the map.
    if (map.stride > span && span - map.begin < (shape[axis] as number)) return true
  }
  return false
}

/** The tensor that this one is made of, position by position, by layers of one tensor each. */
export function origin(tensor: Tensor): Tensor {
  let at = tensor
  while (at.source.kind === 'layer' && at.source.inputs.length === 1 && readsOwnPlace(at.source, 0)) {
    at = at.source.inputs[0] as Tensor
  }
  return at
}

/**
 * The layers that step over positions of a tensor, or of what is made of it position by position; undefined
 * when another layer or an output of the network sees it otherwise, and with it perhaps those positions.
 */
export function onlySkippers(network: SurveyedNetwork, tensor: Tensor): readonly LayerNode[] | undefined {
  const skippers: LayerNode[] = []
  const met = new Set([tensor])
  for (const at of met) {
    if (network.isOutput(at)) return undefined
    for (const reader of network.readers(at)) {
      for (const [i, input] of reader.inputs.entries()) {
        if (input !== at || transformOf(reader, i).kind === 'none') continue
        if (readsOwnPlace(reader, i)) for (const output of reader.outputs) met.add(output)
        else if (skips(reader, i)) skippers.push(reader)
        else return undefined
      }
    }
  }
  return skippers
}
