/** The branches that meet in a stage, traced back to where they part. */
import type { FaultyStage, LayerNode, Tensor } from '../model/graph'
import { ancestors } from './simulate'

export interface Branches {
  /** All layers that lead to the stage, in the order of application. */
  readonly layers: readonly LayerNode[]
  /** For each tensor of the stage the layers that lead to it and not to all the others. */
  readonly own: readonly (readonly LayerNode[])[]
  /** All layers that lead to some tensors only. */
  readonly parted: ReadonlySet<LayerNode>
}

/** Follows the tensors that meet back through the graph. */
export function branchesOf({ inputs }: FaultyStage): Branches {
  const each = inputs.map((tensor) => ancestors([tensor]))
  const counts = new Map<LayerNode, number>()
  for (const layers of each) for (const node of layers) counts.set(node, (counts.get(node) ?? 0) + 1)
  const shared = (node: LayerNode) => counts.get(node) === inputs.length
  const own = each.map((layers) => layers.filter((node) => !shared(node)))
  return {
    layers: [...counts.keys()].sort((a, b) => a.id - b.id),
    own,
    parted: new Set(own.flat()),
  }
}

/** Which of the tensors are the smallest along their spatial axes, and which are larger than these. */
export function bySize(inputs: readonly Tensor[]): {
  readonly small: readonly number[]
  readonly large: readonly number[]
} {
  const sizes = inputs.map(({ shape }) => shape.slice(1).reduce((sum, size) => sum + size, 0))
  const least = Math.min(...sizes)
  const indices = inputs.map((_, i) => i)
  return {
    small: indices.filter((i) => sizes[i] === least),
    large: indices.filter((i) => (sizes[i] as number) > least),
  }
}
