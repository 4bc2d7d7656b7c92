import type { Block, Expression, Identifier, Range, SourceFile, SyntaxNode } from '../../../../grammar/tree'
import type {
  BoundValue,
  Fault,
  Frame,
  GivenInput,
  InputNode,
  LayerNode,
  Measure,
  Passage,
  Run,
  UncertainNode,
  Value,
} from '../../model/graph'
import type { Expectation } from '../analysis'
import type { Translation } from '../foreign/translate'
import type { Limits, Spent } from '../limits'
import type { Module } from '../modules'
import type { KnownStages } from '../outline/known'
import { tooManyLayers, tooMuchWork } from '../problems/limits'
import type { Reportable, Reporter } from '../report'

const STEPS_PER_LAYER = 8
const ITEMS_PER_STEP = 8
export const MAX_DEPTH = 200

/** The graph that a run builds. */
export interface Builder {
  readonly inputs: InputNode[]
  readonly layers: LayerNode[]
  readonly uncertain: UncertainNode[]
  readonly faults: Fault[]
  readonly bindings: BoundValue[]
  readonly passages: Passage[]
  readonly runs: Run[]
  readonly given: GivenInput[]
  params: number
  fixed: number
  macs: number
  /** How many applications are unknown: a measure over one is unknown too. */
  failures: number
  /** The run was ended before its time. */
  isCut: boolean
  nextId: number
}

/** What one evaluation (of a network, a constant, or of code that never ran) shares. */
export interface State {
  readonly reporter: Reporter
  readonly limits: Limits
  readonly spent: Spent
  /** Absent where no tensor may be made: in constants. */
  readonly graph: Builder | undefined
  /** Nothing is known: both branches run, and only what is wrong whatever the values is reported. */
  dry: boolean
  /** Bodies and branches that ran. */
  readonly executed: Set<SyntaxNode>
  readonly expectations: Expectation[]
  /** Calls whose options are out of place, until they are applied to something known: each reports itself. */
  readonly misplaced: Map<SyntaxNode, () => void>
  /** The uses of shared layers that are running, outermost first. */
  readonly sharing: Use[]
  /** The loops and repetitions that are running, outermost first: the culprits when there is too much to do. */
  readonly loops: { readonly file: string; readonly range: Range; readonly frame: Frame | undefined }[]
  /** The blocks that reach themselves and are running, outermost first. */
  readonly running: Running[]
  /** The network is not as declared: its expectations are not checked. */
  readonly overridden: boolean
  /** Sizes from outside (`--input`) in place of the declared ones, by the input's name. */
  readonly inputSizes: ReadonlyMap<string, readonly number[]>
  /** What is certain of applications that fail or rest on a fault, for others that are given the same. */
  readonly knownStages: KnownStages
  /** What texts of other frameworks have been found to mean. */
  readonly translated: Translated
  /** Only whether all of it is sound is asked: what follows a fault is left alone. */
  readonly isTrial?: true
}

interface Translated {
  /** By the text and the shape that comes in. */
  readonly calls: Map<SyntaxNode, Map<string, readonly Translation[]>>
  /** Whether an argument is a tensor. */
  readonly tensors: Map<SyntaxNode, boolean>
  /** What is meant, as it would stand here. */
  readonly texts: Map<string, SourceFile>
}

export function nothingTranslated(): Translated {
  return { calls: new Map(), tensors: new Map(), texts: new Map() }
}

/** A block that is running, with what its parameters were given. */
interface Running {
  readonly declaration: Block
  readonly values: readonly Value[]
}

/** The weights of a shared layer: for each place that makes weights, in order of its runs, the layer that made them. */
export interface WeightSet {
  readonly made: Map<Expression, { readonly id: number; readonly weights: string }[]>
}

/** One use of a shared layer. */
export interface Use {
  readonly set: WeightSet
  readonly counts: Map<Expression, number>
  /** The first use makes the weights: in it alone their parameters count. */
  readonly first: boolean
}

/** What a body's statements see and change. */
export interface Env {
  readonly state: State
  readonly module: Module
  /** The file whose text is evaluated. */
  readonly file: string
  /** Absent at the file's level. */
  readonly frame: Frame | undefined
  readonly names: Map<string, Value>
  readonly body: RunRecord | undefined
  /** In an `expect`: what rests on a fault is unknown there, so that it says nothing. */
  readonly isExpect?: true
}

/** What the statements of one run of a body leave behind. */
export interface RunRecord {
  readonly results: { readonly name: Identifier; readonly value: Value }[]
  /** The names of the results, each with its first place. */
  readonly resultNames: Map<string, Identifier>
  readonly inputs: { readonly name: Identifier; readonly node?: InputNode }[]
  /** What comes into a network that is applied, in order; undefined for the network that is analysed itself. */
  readonly incoming: readonly Value[] | undefined
  /** What the graph held when the body began. */
  readonly start: { readonly mark: Mark; readonly layers: number; readonly uncertain: number }
  /** Evaluated when the body has ended, since they speak of its totals. */
  readonly deferred: (() => void)[]
  /** Whether a `return` may have been reached on a path that is not known. */
  maybeReturned: boolean
  /** What the body gave back, once it has ended. */
  ended?: readonly Value[]
  /** In a branch that may not run: what the names that it binds stood for before it, undefined for nothing. */
  before?: Map<string, Value | undefined> | undefined
}

/** Ends an evaluation that has reached a bound; the problem has been reported. */
export class Exhausted extends Error {}

export function countStep(env: Env, range: Range, steps = 1): void {
  const { spent, limits } = env.state
  spent.steps += steps
  if (!spent.isOver && spent.steps <= limits.steps) return
  if (spent.isOver || spent.steps > limits.steps + STEPS_PER_LAYER * spent.layers) {
    exhausted(env, range, tooMuchWork, {})
  }
}

/** Counts the evaluation of an expression's parts, of which one statement may have many thousands. */
export function countParts(env: Env, range: Range, parts: number): void {
  countStep(env, range, parts / ITEMS_PER_STEP)
}

/** Counts the handling of a list or string of this length; each item is little work, but memory too. */
export function countItems(env: Env, range: Range, length: number): void {
  if (length > ITEMS_PER_STEP) countStep(env, range, length / ITEMS_PER_STEP)
}

/** How many layers have been made for the file so far. */
export function layerCount({ state }: Pick<Env, 'state'>): number {
  return state.spent.layers
}

/** Ends a loop early that makes too many layers when it goes on as it began: an answer must not wait for it. */
export function checkPace(env: Env, before: number, done: number, total: number, range: Range): void {
  const made = layerCount(env) - before
  const { layers, pace } = env.state.limits
  if (made < pace || before + (made / done) * total <= layers) return
  exhausted(env, range, tooManyLayers, { limit: layers })
}

export function countLayer(env: Env, range: Range): void {
  const { limits, spent } = env.state
  if (spent.layers >= limits.layers) exhausted(env, range, tooManyLayers, { limit: limits.layers })
  spent.layers++
}

function exhausted<D>(env: Env, range: Range, kind: Reportable<D>, data: D): never {
  const { spent, reporter, loops } = env.state
  const here = { file: env.file, range, frame: env.frame }
  if (!spent.isOver) reporter.report(kind, data, loops[0] ?? outermostCall(env.frame) ?? here)
  spent.isOver = true
  if (env.state.graph) env.state.graph.failures++
  throw new Exhausted()
}

/** Where the network that is run applies what led to a run of a body. */
function outermostCall(frame: Frame | undefined) {
  let call = frame?.call
  while (call?.frame.call !== undefined) call = call.frame.call
  return call && { file: call.file, range: call.site, frame: call.frame }
}

/** Where a measure starts. */
export interface Mark extends Measure {
  readonly failures: number
}

export function mark({ state }: Pick<Env, 'state'>): Mark {
  const { params = 0, fixed = 0, macs = 0, failures = 0 } = state.graph ?? {}
  return { params, fixed, macs, failures }
}

/** What has been added since the mark; undefined where something failed. */
export function since(env: Env, start: Mark): Measure | undefined {
  const now = mark(env)
  if (now.failures !== start.failures) return undefined
  return { params: now.params - start.params, fixed: now.fixed - start.fixed, macs: now.macs - start.macs }
}

/** Notes that something could not be applied. */
export function fail(env: Env): void {
  if (env.state.graph) env.state.graph.failures++
}

/** Evaluates something that leaves the graph as it is: what an `expect` applies, or what may never run. */
export function withoutTrace<T>(env: Env, run: () => T): T {
  const { graph } = env.state
  if (!graph) return run()
  const { params, fixed, macs, failures, nextId } = graph
  const lists = [graph.layers, graph.uncertain, graph.bindings, graph.passages, graph.runs, graph.given]
  const lengths = lists.map(({ length }) => length)
  const result = run()
  Object.assign(graph, { params, fixed, macs, failures, nextId })
  for (const [i, list] of lists.entries()) list.length = lengths[i] as number
  return result
}
