/** Fixes for expectations that do not hold: what meets them, and the number that would be true. */
import type { Expression } from '../../../grammar/tree'
import { descendants } from '../../../grammar/walk'
import { type Expectation, runGraphs } from '../check/analysis'
import type { Frame, LayerNode, NetworkGraph, Tensor, Value } from '../model/graph'
import type { Inference } from '../model/layer'
import { axisNames, product, type Shape } from '../model/shape'
import { expectedPaddings } from './expected-sizes'
import type { Candidate, FixContext } from './fix'
import { inputSizeCandidates } from './input-sizes'
import { findPaddings } from './paddings'
import {
  enlargedByStride,
  halfPaddedTogether,
  losesBorder,
  otherKernels,
  otherStrides,
  otherWidths,
  outputPadded,
  roundedDown,
  roundedUp,
  roundedUpLikeOthers,
  type SettingSearch,
} from './settings'
import type { Simulation } from './simulate'
import { loopsAround, withTurns } from './turns'
import { writtenPaddings } from './written'

/**
 * Proposes what meets the expectation before the number that it should say. Of a shape: rounding down where the text
 * rounds up, what makes a transposed convolution as large as is expected, paddings, the input's size, the turns of a
 * loop, and at last the options that are seldom at fault.
 */
export function* expectFailed(context: FixContext): Generator<Candidate> {
  const found = failedExpectation(context)
  if (found === undefined) return
  const { expectation, graph } = found
  const checks = context.analysis.expectations.flatMap((each) => check(each, graph) ?? [])
  const failed = check(expectation, graph)
  const sound = checks.filter(({ holds }) => holds)
  // A change that fixes all expectations at once is most likely the one that is missing.
  const failing = checks.length - sound.length
  const goals = failing === 0 ? [] : failed && failing > 1 ? [checks, [failed, ...sound]] : [checks]
  const searches = goals.map((goal): SettingSearch => {
    const accept = (tried: Simulation) => goal.every(({ test }) => test(tried))
    return { layers: graph.layers, accept }
  })
  function* through(ways: readonly Way[]) {
    for (const way of ways) for (const search of searches) yield* way(context, search)
  }
  let isRestored = false
  if (failed?.isOfTensors) {
    yield* through([roundedDown])
    yield* otherTurns(context, found)
    const losesBorders = graph.layers.some(losesBorder)
    yield* through([outputPadded, roundedUpLikeOthers, halfPaddedTogether, enlargedByStride])
    const chained = () => (context.solved?.() ? [] : expectedPaddings(context, expectation, graph))
    if (losesBorders) yield* through([restored])
    isRestored = context.solved?.() ?? false
    yield* chained()
    yield* through(losesBorders ? [inputSizes] : [inputSizesOrKernels, restored])
    yield* through([roundedUp, otherStrides])
    const widths = expectedWidths(expectation)
    yield* through([(_, search) => otherWidths(context, search, widths)])
  } else {
    yield* through([restored])
    isRestored = context.solved?.() ?? false
  }
  yield* through([failing > 1 && !isRestored ? detoursForAll : detours])
  if (!context.solved?.()) yield* writtenPaddings(context, expectation)
  yield* correctedNumber(expectation)
}

type Way = (context: FixContext, search: SettingSearch) => Iterable<Candidate>

function detours(context: FixContext, search: SettingSearch): Generator<Candidate> {
  return findPaddings(context, search).detours()
}

/** What meets one of several expectations has solved little: one cause may be behind all of them. */
function* detoursForAll(context: FixContext, search: SettingSearch): Generator<Candidate> {
  const unsolved = { ...context, solved: () => false }
  for (const candidate of findPaddings(unsolved, search).detours()) yield { ...candidate, fallback: false }
}

function restored(context: FixContext, search: SettingSearch): Generator<Candidate> {
  return findPaddings(context, search).certain()
}

/** Where no border is lost, a size was reckoned with another one of the input, or with another kernel on the way up. */
function* inputSizesOrKernels(context: FixContext, search: SettingSearch): Generator<Candidate> {
  if (!context.solved?.()) yield* otherKernels(context, search)
  yield* inputSizes(context, search)
}

function inputSizes(context: FixContext, { layers, accept }: SettingSearch): Generator<Candidate> {
  const tensors = layers.flatMap(({ outputs }) => outputs)
  return inputSizeCandidates(context, { layers, tensors, accept })
}

/** The numbers of channels, or of features, that the expectation speaks of. */
function expectedWidths({ values }: Expectation): readonly number[] {
  return values.flatMap((value) => {
    const width = Array.isArray(value) ? value[0] : value
    return typeof width === 'number' && Number.isInteger(width) && width > 0 ? [width] : []
  })
}

/**
 * A turn more or fewer of a loop whose turns change the size by a factor, where such turns make up for what the sizes
 * differ by.
 */
function* otherTurns({ analysis }: FixContext, { expectation, graph }: Failed): Generator<Candidate> {
  const wanted = missingFactor(expectation)
  if (wanted === undefined) return
  const earlier = new Map<unknown, number>()
  const seen = new Set<string>()
  for (const node of graph.layers) {
    const size = node.outputs[0]?.shape.at(-1) as number
    const before = earlier.get(node.site)
    earlier.set(node.site, size)
    if (before === undefined || before === size) continue
    const more = Math.round(Math.log(wanted) / Math.log(size / before))
    for (const loop of loopsAround(analysis, node, [])) {
      const key = `${loop.file} ${loop.start}`
      if (seen.has(key)) continue
      seen.add(key)
      const turns = loop.turns + more
      if (more === 0 || turns < 1) continue
      for (const candidate of withTurns(loop, turns)) yield { ...candidate, shows: null }
    }
  }
}

/** By how much the sizes of a tensor are too small: 2 where they should be twice as large. */
function missingFactor({ values }: Expectation): number | undefined {
  const [is, wanted] = values.map((value) => (Array.isArray(value) ? value.at(-1) : value))
  if (typeof is !== 'number' || typeof wanted !== 'number' || is < 1 || wanted < 1) return undefined
  return wanted === is ? undefined : wanted / is
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
  /** It compares the sizes of a tensor, not a total. */
  readonly isOfTensors: boolean
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
  const isOfTensors = condition.operands.some(({ kind }) => kind === 'attribute')
  return { holds, isOfTensors, test: (tried) => agree(left.value(tried), right.value(tried), tolerance) }
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
