/** Networks that make one statement about the whole image. */
import type { NetworkGraph, Tensor } from '../../model/graph'
import type { SurveyedNetwork } from '../frame/survey'

/** The number of the input that receptive fields are told of: the first with spatial axes; −1 where there is none. */
export function spatialInput({ inputs }: NetworkGraph): number {
  return inputs.findIndex(({ node }) => node !== undefined && node.tensor.shape.length > 1)
}

/**
 * Whether all outputs of a network are vectors, one per image: neither maps (dense prediction, features for another
 * network) nor regions (detection), each of whose values has a place of its own to see.
 */
export function isClassifier({ graph }: SurveyedNetwork): boolean {
  return graph.outputs.length > 0 && graph.outputs.every(({ tensor }) => tensor && isVector(tensor))
}

function isVector({ shape, items }: Tensor): boolean {
  return items === 1 && shape.slice(1).every((size) => size === 1)
}
