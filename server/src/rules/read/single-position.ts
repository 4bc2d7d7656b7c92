/** Maps whose spatial axes are all 1. */
import type { LayerNode, Tensor } from '../../model/graph'
import type { RelatedPlace } from '../../model/problem'

export function isSinglePosition(tensor: Tensor | undefined): tensor is Tensor {
  if (tensor === undefined || tensor.shape.length < 2) return false
  for (let axis = 1; axis < tensor.shape.length; axis++) if (tensor.shape[axis] !== 1) return false
  return true
}

/** What {@link shrinkingLayer} has found, so that a long chain is followed once. */
export type ShrinkingLayers = Map<Tensor, LayerNode | undefined>

/**
 * The layer that made a map shrink to one position: the last one before it, along the first tensors, that took
 * in something else. Undefined where an input of the network is a single position already.
 */
export function shrinkingLayer(tensor: Tensor, known: ShrinkingLayers): LayerNode | undefined {
  const passed: Tensor[] = []
  let found: LayerNode | undefined
  for (let at: Tensor | undefined = tensor; at && at.source.kind === 'layer'; ) {
    if (known.has(at)) {
      found = known.get(at)
      break
    }
    passed.push(at)
    const before: Tensor | undefined = at.source.inputs.find(isSinglePosition)
    if (before === undefined) found = at.source
    at = before
  }
  for (const each of passed) known.set(each, found)
  return found
}

/** The layer that made a map shrink, for the related places of a finding. */
export function shrinkingPlace(layer: LayerNode | undefined): readonly RelatedPlace[] {
  if (layer === undefined) return []
  const { file, site } = layer
  const range = { start: site.start, end: site.end }
  return [{ file, range, message: 'the map becomes a single position here' }]
}
