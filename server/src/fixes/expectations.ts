/** Fixes for expectations that do not hold because a border was lost, or gained, on the way. */
import type { Expression } from '../../../grammar/tree'
import { descendants } from '../../../grammar/walk'
import { type Expectation, runGraphs } from '../check/analysis'
import type { Frame, LayerNode, NetworkGraph, Tensor, Value } from '../model/graph'
import type { Inference } from '../model/layer'
import { axisNames, product, type Shape } from '../model/shape'
import { expectedPaddings } from './expected-sizes'
import type { Candidate, FixContext } from './fix'
import { findPaddings } from './paddings'
import type { Simulation } from './simulate'
import { writtenPaddings } from './written'

/** Proposes the paddings with which both sides agree, and at last the number that the expectation should say. */
export function* expectFailed(context: FixContext): Generator<Candidate> {
  const found = failedExpectation(context)
  if (found === undefined) return
  const { expectation, graph } = found
  const checks = context.analysis.expectations.flatMap((each) => check(each, graph) ?? [])
  const failed = check(expectation, graph)
  const sound = checks.filter(({ holds }) => holds)
  // A change that fixes all expectations at once is most likely the one that is missing.
  const goals = [checks, ...(failed ? [[failed, ...sound]] : [])]
  const searches = goals
    .filter((goal) => goal.some(({ holds }) => !holds))
    .map((goal) => {
      const accept = (tried: Simulation) => goal.every(({ test }) => test(tried))
      return findPaddings(context, { layers: graph.layers, accept })
    })
  for (const { certain } of searches) yield* certain()
  if (!context.solved?.()) yield* expectedPaddings(context, expectation, graph)
  for (const { detours } of searches) yield* detours()
  if (!context.solved?.()) yield* writtenPaddings(context, expectation)
  yield* correctedNumber(expectation)
}

interface Failed {
  readonly expectation: Expectation
  readonly graph: NetworkGraph
}

function failedExpectation({ analysis, problem }: FixContext): Failed | undefined {
  const { file, range } = problem.origin ?? problem
  const expectation = analysis.expectations.find(
    ({ condition, holds, file: own }) => holds === false && own === file && condition.start === range.start,
  )
  const graph = runGraphs(analysis).find(({ frame }) => frame === outermost(expectation?.frame))
  return expectation && graph && { expectation, graph }
}

function outermost(frame: Frame | undefined): Frame | undefined {
  let at = frame
  while (at?.call) at = at.call.frame
  return at
}

/** An expectation that can be tested on a graph that is tried. */
interface Check {
  readonly holds: boolean
  readonly test: (tried: Simulation) => boolean
}

/** Undefined for what is not an equality, or speaks of something that a trial does not show. */
function check(expectation: Expectation, graph: NetworkGraph): Check | undefined {
  const { condition, holds = false } = expectation
  if (condition.kind !== 'comparison' || condition.operators.length !== 1) return undefined
  const [operator] = condition.operators
  if (operator !== '==' && operator !== '~=') return undefined
  const [left, right] = condition.operands.map((operand, i) => measure(operand, expectation, graph, i))
  if (left === undefined || right === undefined || (left.constant && right.constant)) return undefined
  const unit = condition.operands[1]?.kind === 'number' ? condition.operands[1].unit : 0
  const tolerance = operator === '~=' ? unit : 0
  return { holds, test: (tried) => agree(left.value(tried), right.value(tried), tolerance) }
}

function agree(a: Value | undefined, b: Value | undefined, tolerance: number): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= tolerance
  if (!Array.isArray(a) || !Array.isArray(b)) return false
  return a.length === b.length && a.every((item, i) => agree(item, b[i], tolerance))
}

/** One side of a comparison, as a function of a graph that is tried. */
interface Side {
  readonly value: (tried: Simulation) => Value | undefined
  readonly constant: boolean
}

function measure(
  operand: Expression,
  { frame, values }: Expectation,
  graph: NetworkGraph,
  index: number,
): Side | undefined {
  if (operand.kind === 'name' && frame === graph.frame) {
    if (operand.name === 'params') return { constant: false, value: (tried) => totalParams(graph, tried) }
    if (operand.name === 'macs') return { constant: false, value: (tried) => totalMacs(graph, tried) }
  }
  if (operand.kind === 'attribute' && operand.object.kind === 'name') {
    const { name } = operand.object
    const bound = graph.bindings.findLast(
      (binding) =>
        !binding.local &&
        binding.frame === frame &&
        binding.name.name === name &&
        binding.name.start < operand.start,
    )
    const tensor = tensorOf(bound?.value)
    const attribute = operand.name.name
    if (tensor === undefined || attributeOf(tensor.shape, attribute) === undefined) return undefined
    return { constant: false, value: (tried) => attributeOf(tried.shape(tensor), attribute) }
  }
  // What a part of a larger expression comes to in a trial is not known.
  for (const node of descendants(operand)) if (node.kind === 'attribute') return undefined
  const constant = values[index]
  return { constant: true, value: () => constant }
}

function tensorOf(value: Value | undefined): Tensor | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  return value.kind === 'tensor' ? value.tensor : undefined
}

function attributeOf(shape: Shape, attribute: string): Value | undefined {
  if (attribute === 'shape') return shape
  if (attribute === 'spatial') return shape.slice(1)
  if (attribute === 'channels') return shape[0]
  const axis = axisNames(shape.length - 1).indexOf(attribute)
  return axis < 0 ? undefined : shape[axis + 1]
}

function totalParams(graph: NetworkGraph, { changed }: Simulation): number {
  let total = 0
  for (const node of graph.layers) {
    const now = changed.get(node)
    // A layer that shares weights adds none, and one that is frozen adds none that are trained.
    total += now === undefined || node.params === 0 ? node.params : trained(now)
  }
  return total
}

function trained({ weights = [] }: Inference): number {
  return weights.reduce(
    (sum, { shape, count, trained }) => sum + (trained === false ? 0 : (count ?? product(shape))),
    0,
  )
}

function totalMacs(graph: NetworkGraph, { changed }: Simulation): number {
  const macs = (node: LayerNode) => {
    const now = changed.get(node)
    return now === undefined ? node.macs : (now.macs ?? 0) * (node.outputs[0]?.items ?? 1)
  }
  return graph.layers.reduce((sum, node) => sum + macs(node), 0)
}

/** Writes what the other side came to in the place of a literal. */
function* correctedNumber({ file, values, condition }: Expectation): Generator<Candidate> {
  if (condition.kind !== 'comparison' || condition.operators.join() !== '==') return
  for (const [i, operand] of condition.operands.entries()) {
    const text = literal(values[1 - i])
    if (text === undefined || !isLiteral(operand)) continue
    const { start, end } = operand
    yield { action: `Expect ${text}`, file, edits: [{ start, end, text }], shows: null, drastic: true }
  }
}

function isLiteral(operand: Expression): boolean {
  if (operand.kind === 'list') return operand.items.every((item) => item.kind === 'number')
  return operand.kind === 'number' || operand.kind === 'size'
}

function literal(value: Value | undefined): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? separated(value) : undefined
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) return undefined
  return `[${value.join(', ')}]`
}

function separated(value: number): string {
  return Math.abs(value) < 10_000 ? String(value) : value.toLocaleString('en-US').replaceAll(',', '_')
}
