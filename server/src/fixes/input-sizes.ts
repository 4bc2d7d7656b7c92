/** The nearest input sizes with which a fault would not occur. */
import type { Expression, Network } from '../../../grammar/tree'
import { descendants } from '../../../grammar/walk'
import type { Analysis, Host } from '../check/analysis'
import { runAgain } from '../check/analyze'
import { sizeWithin } from '../check/language/functions'
import type { FaultyStage, InputNode, LayerNode, NetworkGraph, Tensor } from '../model/graph'
import type { TextEdit } from '../model/problem'
import { type Shape, showShape } from '../model/shape'
import type { Candidate, FixContext } from './fix'
import { ancestors, inputsOf, passes, type Simulation, simulate } from './simulate'

export interface SizeSearch {
  readonly layers: readonly LayerNode[]
  readonly tensors: readonly Tensor[]
  readonly accept: (simulation: Simulation) => boolean
}

/** How far from the present size others are tried; smaller ones only down to the half of it. */
const FARTHEST = 256
/** How many shapes that fix the fault at hand may turn out to bring another one, in each direction. */
const MOST_RUNS = 24
/** How many layers may be inferred again. */
const BUDGET = 15_000

/** Candidates that change the `input` line: the nearest smaller and the nearest larger size that work. */
export function* inputSizeCandidates(context: FixContext, search: SizeSearch): Generator<Candidate> {
  const { analysis, host } = context
  for (const input of inputsOf(search.tensors, search.layers)) {
    // Where another size is tried, that of the text is not at fault.
    if (input.declared !== undefined) continue
    const graph = analysis.networks.find(({ inputs }) => inputs.some(({ node }) => node === input))
    const isSound = (shape: Shape) =>
      graph === undefined || soundWith(analysis, host.resolve, graph, input, shape)
    for (const shape of nearestShapes(input, search, isSound)) {
      const edits = sizeEdits(context.analysis, input, shape)
      if (edits === undefined) continue
      yield { action: `Set input ${input.name.name} to ${showShape(shape)}`, file: input.file, edits }
    }
  }
}

/** Whether a network has no fault with another shape of one of its inputs. */
export function soundWith(
  analysis: Analysis,
  resolve: Host['resolve'],
  { declaration }: NetworkGraph,
  { name }: InputNode,
  shape: Shape,
): boolean {
  return runAgain(analysis, resolve, declaration, { [name.name]: shape.join('x') }).isSound
}

/**
 * The nearest shapes, above and below, whose spatial axes all differ by the same amount, or only one does: those
 * with which the whole network is sound; where none is found, those with which the fault at hand would not occur.
 */
function nearestShapes(
  input: InputNode,
  { layers, accept }: SizeSearch,
  isSound: (shape: Shape) => boolean,
): readonly Shape[] {
  const { shape } = input.tensor
  const axes = shape.map((_, axis) => axis).slice(1)
  if (axes.length === 0) return []
  const alone = axes.length > 1 ? axes.map((axis) => [axis]) : []
  const found: Shape[] = []
  let budget = BUDGET
  for (const moved of [axes, ...alone]) {
    for (const sign of [1, -1]) {
      let nearest: Shape | undefined
      let sound: Shape | undefined
      let left = MOST_RUNS
      for (let distance = 1; distance <= FARTHEST && budget > 0; distance++) {
        const other = shape.map((size, axis) => (moved.includes(axis) ? size + sign * distance : size))
        if (other.some((size, axis) => 2 * size < (shape[axis] as number))) break
        const simulation = simulate(layers, { input: (node) => (node === input ? other : undefined) })
        budget -= layers.length + 1
        if (simulation === undefined || !accept(simulation)) continue
        nearest ??= other
        budget -= layers.length + 1
        if (isSound(other)) sound = other
        if (sound !== undefined || --left === 0) break
      }
      const chosen = sound ?? nearest
      if (chosen !== undefined) found.push(chosen)
    }
    if (found.length > 0) break
  }
  return found.sort((a, b) => distanceOf(shape, a) - distanceOf(shape, b))
}

function distanceOf(a: Shape, b: Shape): number {
  return a.reduce((sum, size, i) => sum + Math.abs(size - (b[i] as number)), 0)
}

/** Edits that make the `input` line say `shape`, at the number that each size comes from. */
export function sizeEdits(
  analysis: Analysis,
  input: InputNode,
  shape: Shape,
): readonly TextEdit[] | undefined {
  const line = inputLine(analysis, input)
  if (line === undefined) return undefined
  const { network, size } = line
  if (size.kind === 'size') return [{ start: size.start, end: size.end, text: shape.join('x') }]
  if (size.kind !== 'list' || size.items.length !== shape.length) return undefined
  const edits = new Map<number, TextEdit>()
  for (const [i, item] of size.items.entries()) {
    const value = shape[i] as number
    if (value === input.tensor.shape[i]) continue
    const origin = numberBehind(analysis, input.file, network, item)
    if (origin === undefined) return undefined
    edits.set(origin.start, { start: origin.start, end: origin.end, text: String(value) })
  }
  return [...edits.values()]
}

/**
 * Edits that put the sizes of the `input` line in another order, leave some out or add some: an entry is the place of
 * a size that stands there, or the text of a new one. Undefined where the sizes are not written one by one.
 */
export function arrangedSizes(
  analysis: Analysis,
  input: InputNode,
  order: readonly (number | string)[],
): readonly TextEdit[] | undefined {
  const size = inputLine(analysis, input)?.size
  const text = analysis.files.get(input.file)?.text
  if (size === undefined || text === undefined) return undefined
  const { start, end } = size
  const arranged = (sizes: readonly (number | string)[]) =>
    order.map((entry) => (typeof entry === 'number' ? (sizes[entry] as number | string) : entry))
  if (size.kind === 'size') return [{ start, end, text: arranged(size.values).join('x') }]
  if (size.kind !== 'list') return undefined
  const items = size.items.map((item) => text.slice(item.start, item.end))
  return [{ start, end, text: `[${arranged(items).join(', ')}]` }]
}

function inputLine(analysis: Analysis, { name, file }: InputNode) {
  for (const item of analysis.files.get(file)?.items ?? []) {
    if (item.kind !== 'network' || name.start < item.start || name.end > item.end) continue
    for (const node of descendants(item.body)) {
      if (node.kind === 'input' && node.name === name) return { network: item, size: sizeWithin(node.shape) }
    }
  }
  return undefined
}

/** The number that an expression is, or that the constant or parameter it names is declared with. */
function numberBehind(
  analysis: Analysis,
  file: string,
  network: Network,
  expression: Expression,
): Expression | undefined {
  if (expression.kind === 'number') return expression
  if (expression.kind !== 'name') return undefined
  const param = network.params.find(({ name }) => name.name === expression.name)
  const items = analysis.files.get(file)?.items ?? []
  const constant = items.find((item) => item.kind === 'constant' && item.name.name === expression.name)
  const value = param ? param.default : constant?.kind === 'constant' ? constant.value : undefined
  return value?.kind === 'number' ? value : undefined
}

/** The faults of a network that its shapes have. */
function faultsOf({ problems }: Analysis, { layers }: NetworkGraph): readonly FaultyStage[] {
  return problems.flatMap(({ stage }) => (stage?.before === layers ? [stage] : []))
}

/**
 * A network with a fault in its shapes as it would be with the nearest size of an input that makes it sound; the
 * network itself where it is. Undefined where no size near helps.
 */
export function nearestSound(
  analysis: Analysis,
  resolve: Host['resolve'],
  graph: NetworkGraph,
  input: InputNode,
): NetworkGraph | undefined {
  if (graph.isSound) return graph
  const [stage] = faultsOf(analysis, graph)
  if (stage === undefined) return undefined
  const accept = (tried: Simulation) => passes(stage, tried)
  const search = { layers: ancestors(stage.inputs), tensors: stage.inputs, accept }
  let made: NetworkGraph | undefined
  nearestShapes(input, search, (shape) => {
    const again = runAgain(analysis, resolve, graph.declaration, { [input.name.name]: shape.join('x') })
    if (again.isSound) made ??= again
    return again.isSound
  })
  return made
}
