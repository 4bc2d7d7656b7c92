/** Follows tensors through layers that matter little to a rule. */
import { followsFirst, isForTraining, isRearranging } from '../../layers/traits'
import type { LayerNode, Tensor } from '../../model/graph'
import { sameShape } from '../../model/shape'
import type { SurveyedNetwork } from '../frame/survey'

/** Whether an application is one to be followed through. */
export type Through = (node: LayerNode) => boolean

/** Layers that move values or leave them as they are, and never mix two of them. */
export function rearranges({ layer }: LayerNode): boolean {
  return isRearranging(layer)
}

/** These, and layers that do something in training alone. */
export function passesThrough({ layer }: LayerNode): boolean {
  return isRearranging(layer) || isForTraining(layer)
}

/** Whether a layer makes a vector of a tensor, or leaves it as it is: every value stays alone and in its order. */
export function flattens({ layer, inputs, outputs }: LayerNode): boolean {
  if (layer.traits.rearranges !== 'shape') return false
  const after = outputs[0]?.shape ?? []
  return after.length === 1 || sameShape(inputs[0]?.shape ?? [], after)
}

/** What made a tensor, seen through some of the layers whose values come from their first tensor; undefined for an input. */
export function madeBy(tensor: Tensor, through: Through): LayerNode | undefined {
  let { source } = tensor
  while (source.kind === 'layer' && isPassed(source, through)) source = (source.inputs[0] as Tensor).source
  return source.kind === 'layer' ? source : undefined
}

/** The same where nothing else reads the tensors on the way. */
export function madeOnlyFor(
  node: LayerNode,
  network: SurveyedNetwork,
  through: Through,
): LayerNode | undefined {
  let reader = node
  for (;;) {
    const tensor = reader.inputs[0] as Tensor
    const { source } = tensor
    if (source.kind !== 'layer' || network.onlyReader(tensor) !== reader) return undefined
    if (!isPassed(source, through)) return source
    reader = source
  }
}

function isPassed(node: LayerNode, through: Through): boolean {
  return followsFirst(node.layer) && through(node)
}
