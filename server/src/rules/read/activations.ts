/** What softmaxes work on. */

import { resolveAxis } from '../../layers/axes'
import { numberOption } from '../../layers/options'
import type { LayerNode, Tensor } from '../../model/graph'

/** The axis that a softmax sums over, and any layer with an `axis` that is left out as softmax leaves it. */
export function softmaxAxis(node: LayerNode): number {
  const { shape } = node.inputs[0] as Tensor
  const axis = numberOption(node, 'axis') ?? (shape.length === 2 ? 1 : 0)
  return resolveAxis(axis, shape) as number
}
