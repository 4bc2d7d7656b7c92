/** Layers that enlarge maps by a factor of their own. */
import { windowOptionsOf } from '../../layers/window'
import type { LayerNode } from '../../model/graph'

/** By which whole number a layer enlarges its first tensor along a spatial axis, borders aside; 1 for none. */
export function growth(node: LayerNode, axis: number): number {
  const { layer, inputs, outputs } = node
  if (layer.traits.window === 'spreads') return windowOptionsOf(node).stride?.[axis] ?? 1
  const [from, to] = [inputs[0]?.shape[axis + 1], outputs[0]?.shape[axis + 1]]
  const factor = (to ?? 1) / (from ?? 1)
  return Number.isInteger(factor) ? factor : 1
}
