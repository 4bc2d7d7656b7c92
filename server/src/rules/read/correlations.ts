/** Products of maps that are shifted against each other: what correlations and cost volumes are made of. */
import { followsFirst, isGate, isSoftmax } from '../../layers/traits'
import { windowOptionsOf } from '../../layers/window'
import type { LayerNode, NetworkGraph, Tensor } from '../../model/graph'
import { isSinglePosition } from './single-position'

/**
 * The layers of a graph, by their ids, whose values compare maps at different places, until a window mixes them: what
 * they are merged with lies elsewhere on purpose. `areApart` says whether what meets at a layer lies apart.
 */
export function correlationsOf(
  { layers }: NetworkGraph,
  areApart: (node: LayerNode) => boolean,
): readonly boolean[] {
  const found: boolean[] = []
  /** The layers whose values weigh what they are multiplied with, as those of an attention do. */
  const gates: boolean[] = []
  for (const node of layers) {
    const keeps = readsPlaces(node)
    const isWeight = (tensor: Tensor) => gates[tensor.source.id] === true || isSinglePosition(tensor)
    gates[node.id] =
      weighs(node) ||
      (!node.layer.weighted && keeps && followsFirst(node.layer) && node.inputs.slice(0, 1).some(isWeight))
    const follows = keeps && node.inputs.some(({ source }) => found[source.id])
    found[node.id] = follows || (compares(node, areApart) && !node.inputs.some(isWeight))
  }
  return found
}

/** Whether a layer compares maps: of two images, or of one with itself elsewhere. */
function compares(node: LayerNode, areApart: (node: LayerNode) => boolean): boolean {
  const { merges } = node.layer.traits
  if (merges === 'multiplied') return ofDifferentInputs(node.inputs) || areApart(node)
  return merges === 'subtracted' && ofDifferentInputs(node.inputs)
}

/** Whether no two tensors depend on one input. */
function ofDifferentInputs(tensors: readonly Tensor[]): boolean {
  const seen = new Set<number>()
  for (const { fields } of tensors) {
    for (const [input, field] of fields.entries()) {
      if (!field) continue
      if (seen.has(input)) return false
      seen.add(input)
    }
  }
  return seen.size > 1
}

function weighs({ layer }: LayerNode): boolean {
  return isGate(layer) || isSoftmax(layer)
}

/** Whether no window mixes the values of different places. */
function readsPlaces(node: LayerNode): boolean {
  const { window, pools } = node.layer.traits
  if (window === undefined) return pools === undefined
  return windowOptionsOf(node).kernel?.every((size) => size === 1) ?? false
}
