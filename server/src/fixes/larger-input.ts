/** The least size of an input with which a window finds room. */
import { runAgain } from '../check/analyze'
import type { InputNode } from '../model/graph'
import { type Shape, showShape } from '../model/shape'
import type { Candidate } from './fix'
import { inputSizeCandidates } from './input-sizes'
import { ancestors, inputsOf, passes, type Simulation, simulate } from './simulate'
import { sizeEdits } from './size-texts'
import type { StageContext } from './stage'

/** How far from the present size others are tried. */
const FARTHEST = 256
/** How many layers may be inferred again. */
const BUDGET = 30_000

/**
 * Input lines that are larger along the axes alone that are too small, each by no more than it needs; where the
 * network has another fault with them, the nearest sizes of all axes together.
 */
export function* largerInputs(
  context: StageContext & { readonly tooSmall: readonly number[] },
): Generator<Candidate> {
  const { analysis, host, stage, tooSmall } = context
  const layers = ancestors(stage.inputs)
  for (const input of inputsOf(stage.inputs, layers)) {
    // Where another size is tried, that of the text is not at fault.
    if (input.declared !== undefined) continue
    let budget = BUDGET
    const accept = (shape: Shape) => {
      budget -= layers.length + 1
      if (budget < 0) return false
      const tried = simulate(layers, { input: (node) => (node === input ? shape : undefined) })
      return tried !== undefined && passes(stage, tried)
    }
    const least = leastAbove(input, tooSmall, accept)
    const graph = analysis.networks.find(({ inputs }) => inputs.some(({ node }) => node === input))
    if (least === undefined || graph === undefined) continue
    const isSound = (shape: Shape) => {
      const sizes = { [input.name.name]: shape.join('x') }
      return runAgain(analysis, host.resolve, graph.declaration, sizes).isSound
    }
    const shape = isSound(least) ? least : leastSound(least, spatialAxes(input, tooSmall), isSound)
    const edits = shape && sizeEdits(analysis, input, shape)
    if (shape === undefined || edits === undefined) continue
    yield { action: `Set input ${input.name.name} to ${showShape(shape)}`, file: input.file, edits }
    return
  }
  const accept = (tried: Simulation) => passes(stage, tried)
  yield* inputSizeCandidates(context, { layers, tensors: stage.inputs, accept })
}

/** The axes of an input that axes of a map deeper in the network come from. */
function spatialAxes({ tensor: { shape } }: InputNode, axes: readonly number[]): readonly number[] {
  return axes.map((axis) => axis + 1).filter((axis) => axis < shape.length)
}

/** The least sizes with which a window finds room. */
function leastAbove(
  input: InputNode,
  tooSmall: readonly number[],
  accept: (shape: Shape) => boolean,
): Shape | undefined {
  const { shape } = input.tensor
  const axes = spatialAxes(input, tooSmall)
  for (let more = 1; more <= FARTHEST; more++) {
    let found = enlarged(shape, axes, more)
    if (!accept(found)) continue
    for (const axis of axes) {
      for (let less = 1; less <= more; less++) {
        const other = found.map((size, at) => (at === axis ? size - 1 : size))
        if (!accept(other)) break
        found = other
      }
    }
    return found
  }
  return undefined
}

/** The least sizes above those that are too small for a later window, found by halving: larger maps give more room. */
function leastSound(
  from: Shape,
  axes: readonly number[],
  isSound: (shape: Shape) => boolean,
): Shape | undefined {
  let most = 1
  while (most <= FARTHEST && !isSound(enlarged(from, axes, most))) most *= 2
  if (most > FARTHEST) return undefined
  let least = Math.floor(most / 2)
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2)
    if (isSound(enlarged(from, axes, middle))) most = middle
    else least = middle
  }
  return enlarged(from, axes, most)
}

function enlarged(shape: Shape, axes: readonly number[], more: number): Shape {
  return shape.map((size, axis) => (axes.includes(axis) ? size + more : size))
}
