import type { NetworkGraph, Tensor } from './graph'
import { type MeasuredField, measureField } from './receptive-field'

/**
 * What a tensor sees of the network's input number `input`: null when it does not depend on it, or the input
 * has no spatial axes.
 */
export function seenOfInput(tensor: Tensor, input: number): MeasuredField | 'global' | null {
  const field = tensor.fields[input]
  return field ? measureField(field, tensor.shape) : null
}

/** The receptive field that is meant when no input is named: that of the first input with spatial axes. */
export function receptiveField(tensor: Tensor, graph: NetworkGraph): MeasuredField | 'global' | null {
  const input = graph.inputs.findIndex(({ node }) => node !== undefined && node.tensor.shape.length > 1)
  return seenOfInput(tensor, input)
}
