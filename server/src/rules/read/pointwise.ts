/** Layers that work on every position alone, and what lies behind them. */
import type { AxisMap } from '../../model/axis-map'
import type { LayerNode } from '../../model/graph'
import { transformOf } from '../../model/seen'

/** Whether the outputs of a layer read of its tensor number `i` only what stands at their own place. */
export function readsOwnPlace(node: LayerNode, i: number): boolean {
  const transform = transformOf(node, i)
  if (transform.kind === 'pointwise') return true
  if (transform.kind !== 'maps' || transform.to !== undefined) return false
  const { maps } = transform
  // A vector has no places.
  for (let axis = 1; axis < maps.length; axis++) if (!staysInPlace(maps[axis] as AxisMap)) return false
  return maps.length > 1
}

function staysInPlace(map: AxisMap): boolean {
  return map.kind === 'window' && map.kernel === 1 && map.stride === 1 && map.begin === 0
}
