/** The inputs of networks by what their sizes may mean. */
import type { Expression } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import type { InputNode, LayerNode } from '../../model/graph'
import type { Shape } from '../../model/shape'
import type { Survey, SurveyedNetwork } from '../frame/survey'
import { keepsAxes } from './axes'

/** How many channels an image has: grey, coloured, coloured with an alpha channel. */
export function isChannelCount(size: number | undefined): boolean {
  return size === 1 || size === 3 || size === 4
}

export interface SizedInput {
  readonly network: SurveyedNetwork
  readonly node: InputNode
  readonly shape: Shape
}

/**
 * The inputs of the file with as many sizes. An input whose axes are put in another order, or taken together, before
 * any layer reads them is what it is meant to be, and so is one of which another size is tried.
 */
export function* inputsOfRank({ uri }: Analysis, survey: Survey, rank: number): Generator<SizedInput> {
  for (const network of survey.networks) {
    for (const { node } of network.graph.inputs) {
      if (node === undefined || node.file !== uri || node.declared !== undefined) continue
      const { shape } = node.tensor
      if (shape.length === rank && !isRearranged(network, node)) yield { network, node, shape }
    }
  }
}

function isRearranged(network: SurveyedNetwork, { tensor }: InputNode): boolean {
  const readers = network.readers(tensor)
  const isMove = ({ layer: { traits } }: LayerNode) =>
    traits.rearranges === 'axes' || (traits.rearranges === 'shape' && !traits.elementwise)
  return readers.length > 0 && readers.every(isMove)
}

/** The layers that read an input as it is, or through layers that leave its axes what they are. */
export function firstReaders(network: SurveyedNetwork, { tensor }: InputNode): readonly LayerNode[] {
  const found = new Set<LayerNode>()
  const tensors = new Set([tensor])
  for (const each of tensors) {
    for (const reader of network.readers(each)) {
      if (!keepsAxes(reader)) found.add(reader)
      else for (const output of reader.outputs) tensors.add(output)
    }
  }
  return [...found]
}

/** How many sizes a text lists; undefined where it is no list that is written out. */
export function sizesWritten(text: Expression): number | undefined {
  if (text.kind === 'size') return text.values.length
  return text.kind === 'list' ? text.items.length : undefined
}
