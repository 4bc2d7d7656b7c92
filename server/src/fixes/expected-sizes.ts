/** Sizes that are expected of a map behind transposed convolutions. */
import type { Expression } from '../../../grammar/tree'
import type { Expectation } from '../check/analysis'
import type { NetworkGraph, Tensor, Value } from '../model/graph'
import type { Shape } from '../model/shape'
import { isTensor } from '../model/value'
import type { Candidate, FixContext } from './fix'
import { paddedChain } from './meetings'
import { outputPaddingCandidates } from './output-paddings'

/**
 * The `output_padding` along a chain of transposed convolutions with which a shape is the one that is expected: as a
 * number, or as that of the image that an autoencoder gives back.
 */
export function* expectedPaddings(
  context: FixContext,
  { condition, values, frame }: Expectation,
  graph: NetworkGraph,
): Generator<Candidate> {
  if (condition.kind !== 'comparison' || condition.operators.join() !== '==') return
  for (const [i, operand] of condition.operands.entries()) {
    const tensor = shapeOf(operand, graph, frame)
    const want = tensor && wantedShape(operand, tensor, values[1 - i])
    const paddings = want && paddedChain(tensor, { have: tensor.shape, want })
    if (paddings) yield* outputPaddingCandidates(context, graph.layers, paddings)
  }
}

/** The tensor whose `shape` or `spatial` stands in an expectation. */
function shapeOf(operand: Expression, graph: NetworkGraph, frame: Expectation['frame']): Tensor | undefined {
  if (operand.kind !== 'attribute' || operand.object.kind !== 'name') return undefined
  const { name } = operand.object
  const bound = graph.bindings.findLast(
    (binding) => binding.frame === frame && binding.name.name === name && binding.name.start < operand.start,
  )
  return bound && isTensor(bound.value) ? bound.value.tensor : undefined
}

function wantedShape(operand: Expression, { shape }: Tensor, value: Value | undefined): Shape | undefined {
  if (operand.kind !== 'attribute' || !Array.isArray(value)) return undefined
  if (!value.every((size) => typeof size === 'number')) return undefined
  const wanted = operand.name.name === 'spatial' ? [shape[0] as number, ...value] : value
  return wanted.length === shape.length && wanted[0] === shape[0] ? wanted : undefined
}
