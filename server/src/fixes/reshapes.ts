/** Fixes for a reshape that leaves out an axis of a map on which there is more than one position. */
import type { InputNode, LayerNode } from '../model/graph'
import { type Shape, showShape } from '../model/shape'
import { ancestors, inputsOf, passes, simulate } from './simulate'
import { sizeEdits } from './size-texts'
import { atStage } from './stage'

/** How many layers may be inferred again. */
const BUDGET = 15_000

/**
 * Rows are made of a map by leaving out an axis that has one position (the height, in a reader of text lines). Where
 * it has more, the input is too large along that axis: the least size that leaves one, with which no stride leaves
 * anything out.
 */
export const reshapeMismatch = atStage(function* ({ analysis, stage }) {
  const [tensor] = stage.inputs
  const axis = tensor && leftOut(tensor.shape, stage.options.shape as readonly number[])
  if (tensor === undefined || axis === undefined || axis === 0) return
  const layers = ancestors(stage.inputs)
  for (const input of inputsOf(stage.inputs, layers)) {
    if (input.declared !== undefined || input.tensor.shape.length !== tensor.shape.length) continue
    const accept = (shape: Shape) => {
      const tried = simulate(layers, { input: (node) => (node === input ? shape : undefined) })
      return tried !== undefined && passes(stage, tried)
    }
    const shape = leastBelow(input, axis, layers, accept)
    const edits = shape && sizeEdits(analysis, input, shape)
    if (shape === undefined || edits === undefined) continue
    yield { action: `Set input ${input.name.name} to ${showShape(shape)}`, file: input.file, edits }
  }
})

/** The one axis that `to` does not have and whose other axes it has in their order. */
function leftOut(from: Shape, to: readonly number[]): number | undefined {
  if (to.length !== from.length - 1) return undefined
  const axis = to.findIndex((size, i) => size !== from[i])
  const at = axis < 0 ? to.length : axis
  return to.slice(at).every((size, i) => size === from[at + 1 + i]) ? at : undefined
}

/** The least of the sizes along an axis that are accepted and follow each other, nearest below the present one. */
function leastBelow(
  { tensor: { shape } }: InputNode,
  axis: number,
  layers: readonly LayerNode[],
  accept: (shape: Shape) => boolean,
): Shape | undefined {
  let least: Shape | undefined
  let budget = BUDGET
  for (let size = (shape[axis] as number) - 1; size >= 1 && budget > 0; size--) {
    const other = shape.map((present, at) => (at === axis ? size : present))
    budget -= layers.length + 1
    if (accept(other)) least = other
    else if (least !== undefined) break
  }
  return least
}
