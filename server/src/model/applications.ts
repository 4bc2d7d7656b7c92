/** The layers of a graph, those that rest on a fault among the others. */
import type { LayerNode, Tensor, UncertainNode } from './graph'
import type { Outline } from './outline'

/** The layers of both kinds in the order in which they were applied. */
export function inOrder(
  layers: readonly LayerNode[],
  uncertain: readonly UncertainNode[],
): readonly (LayerNode | UncertainNode)[] {
  return uncertain.length === 0 ? layers : [...layers, ...uncertain].sort((a, b) => a.id - b.id)
}

/** What made a tensor; undefined where that is not known. */
export function sourceId({ source }: Tensor | Outline): number | undefined {
  return typeof source === 'object' ? source.id : source
}
