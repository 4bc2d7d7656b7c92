/** Fixes for a reshape to sizes that the map does not have. */
import type { InputNode, LayerNode, Tensor } from '../model/graph'
import { product, type Shape, showShape } from '../model/shape'
import { givenOption } from '../model/written'
import type { Candidate } from './fix'
import { removeLayer, replaceLayer, tensorArgument } from './flow-text'
import { inputSizeCandidates } from './input-sizes'
import { correctedSizes, divisorsNear, sizesAsProduct } from './reshape-sizes'
import { setOptionOf } from './set-option'
import { ancestors, inputsOf, passes, type Simulation, simulate } from './simulate'
import { sizeEdits } from './size-texts'
import { atStage, type StageContext, setAtStage } from './stage'
import { isPiped } from './targets'
import { textBehind } from './text-behind'

/** How many layers may be inferred again. */
const BUDGET = 15_000

/**
 * The sizes of a hand-made reshape are what is wrong: a vector becomes `flatten`, other shapes get the sizes that the
 * map has, in the author's own factors. After that come the input with which the written numbers are right, and as
 * many features before it as are written. Rows that are made by leaving out an axis are another matter: the input is
 * too large along it.
 */
export const reshapeMismatch = atStage(function* (context) {
  const { analysis, stage } = context
  const [tensor] = stage.inputs
  if (tensor === undefined) return
  const wanted = stage.options.shape as readonly number[]
  const smaller = [...onePosition(context, tensor, wanted)]
  yield* smaller
  if (isVector(tensor.shape, wanted)) yield* flattened(context)
  yield* otherGroups(context, tensor.shape)
  const isBatched = isVector(tensor.shape, wanted) && wanted.length > 1
  for (const sizes of isBatched ? [] : correctedSizes(context, tensor.shape, wanted)) {
    const action = `Write ${stage.layer.name}(${sizes})`
    yield* setAtStage(context, 'shape', sizes, { action, costs: true })
  }
  const accept = (tried: Simulation) => passes(stage, tried)
  const countsImages = product(wanted.slice(1)) === product(tensor.shape)
  if (smaller.length === 0 && !countsImages && !wanted.includes(-1)) {
    yield* inputSizeCandidates(context, { layers: ancestors(stage.inputs), tensors: stage.inputs, accept })
  }
  yield* asManyFeatures(context, tensor, wanted)
  if (context.solved?.()) return
  yield* flattened(context)
  const edits = removeLayer(analysis, stage)
  if (edits) yield { action: `Remove ${stage.layer.name}`, file: stage.file, edits, shows: null }
})

/** Channels in groups whose number is a name: the nearest numbers that divide the channels, where it is given. */
function* otherGroups({ analysis, stage }: StageContext, from: Shape): Generator<Candidate> {
  const list = givenOption(stage.written, 'shape')?.argument.value
  const name = list?.kind === 'list' ? list.items[0] : undefined
  const { frame } = stage.written
  if (list?.kind !== 'list' || list.items.length !== from.length + 1 || name?.kind !== 'name' || !frame)
    return
  const given = textBehind(analysis, { file: stage.file, frame }, name)
  if (given?.expression.kind !== 'number') return
  const { start, end, value } = given.expression
  for (const count of divisorsNear(from[0] as number, value)) {
    yield {
      action: `Set ${name.name} to ${count}`,
      file: given.file,
      edits: [{ start, end, text: String(count) }],
    }
  }
}

/** A map made one row of values, a batch axis before it or not. */
function isVector(from: Shape, wanted: readonly number[]): boolean {
  const [first] = wanted
  const isBatched = wanted.length === 2 && (first === -1 || first === 1)
  return from.length > 1 && (wanted.length === 1 || isBatched)
}

function* flattened({ analysis, stage }: StageContext): Generator<Candidate> {
  const tensor = isPiped(stage) ? undefined : tensorArgument(stage)
  const text = analysis.files.get(stage.file)?.text ?? ''
  const call = tensor ? `flatten(${text.slice(tensor.start, tensor.end)})` : 'flatten'
  const action = `Write flatten in place of ${stage.layer.name}`
  yield { action, file: stage.file, edits: replaceLayer(stage, call), costs: true }
}

/** As many features of the layer that makes a vector as the shape has values. */
function* asManyFeatures(
  context: StageContext,
  { source, shape }: Tensor,
  wanted: readonly number[],
): Generator<Candidate> {
  if (shape.length !== 1 || wanted.some((size) => size < 1)) return
  let node: LayerNode | InputNode | undefined = source
  while (node?.kind === 'layer' && node.layer.traits.width === undefined) node = node.inputs[0]?.source
  if (node?.kind !== 'layer' || node.layer.traits.width === undefined) return
  const count = sizesAsProduct(context, wanted) ?? product(wanted)
  yield* setOptionOf(context, node, node.layer.traits.width, count, { costs: true })
}

/**
 * Rows are made of a map by leaving out an axis that has one position (the height, in a reader of text lines). Where
 * it has more, the input is too large along that axis: the least size that leaves one, with which no stride leaves
 * anything out.
 */
function* onePosition(
  { analysis, stage }: StageContext,
  tensor: Tensor,
  wanted: readonly number[],
): Generator<Candidate> {
  const axis = leftOut(tensor.shape, wanted)
  if (axis === undefined || axis === 0) return
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
}

/** The one axis that `to` does not have and whose other axes it has in their order. */
function leftOut(from: Shape, to: readonly number[]): number | undefined {
  if (to.length !== from.length - 1 || to.length < 2) return undefined
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
