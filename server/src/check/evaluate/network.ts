import type { Block, Constant, Expression, Network, SyntaxNode } from '../../../../grammar/tree'
import type { Frame, GraphOutput, NetworkGraph, Value } from '../../model/graph'
import { isTensor, outlineOf, UNKNOWN } from '../../model/value'
import type { AnalyzeOptions, Expectation } from '../analysis'
import { sizeFromText, valueFromText } from '../language/literals'
import { LIMITS, type Limits, nothingSpent, type Spent } from '../limits'
import type { ConstantEntity, Module } from '../modules'
import { callTooDeep } from '../problems/limits'
import { argumentKind } from '../problems/structure'
import type { Reporter } from '../report'
import { describeValue } from '../words'
import { constantValue } from './constants'
import { bindName, evaluate } from './expressions'
import { bodyEnv, closeRun, fitsType, openRun } from './run'
import { type Builder, type Env, Exhausted, fail, MAX_DEPTH, nothingTranslated, type State } from './state'
import { runBody } from './statements'

/** What all evaluations of one analysis share. */
export interface Shared {
  readonly reporter: Reporter
  readonly limits: Limits
  readonly spent: Spent
  readonly executed: Set<SyntaxNode>
  readonly expectations: Expectation[]
  /** Only whether all of it is sound is asked: what follows a fault is left alone. */
  readonly isTrial?: true
  readonly misplaced: State['misplaced']
}

export function createShared(reporter: Reporter, { limits }: AnalyzeOptions): Shared {
  return {
    reporter,
    limits: { ...LIMITS, ...limits },
    spent: nothingSpent(),
    executed: new Set(),
    expectations: [],
    misplaced: new Map(),
  }
}

export function createState(shared: Shared, graph: Builder | undefined, options: AnalyzeOptions = {}): State {
  return {
    ...shared,
    graph,
    dry: false,
    sharing: [],
    loops: [],
    running: [],
    overridden: Object.keys(options.set ?? {}).length > 0 || Object.keys(options.inputs ?? {}).length > 0,
    inputSizes: new Map(),
    knownStages: new Map(),
    translated: nothingTranslated(),
  }
}

/** Runs a network as it is declared, or with what is set from outside. */
export function evaluateNetwork(
  declaration: Network,
  module: Module,
  shared: Shared,
  analyzeOptions: AnalyzeOptions,
): NetworkGraph {
  const inputs = { ...analyzeOptions.inputs, ...analyzeOptions.inputsOf?.[declaration.name.name] }
  const options = { ...analyzeOptions, inputs }
  const graph = emptyBuilder()
  const frame: Frame = { declaration, file: module.file, depth: 0 }
  const reporter = noting(shared.reporter, graph)
  const state = { ...createState({ ...shared, reporter }, graph, options), inputSizes: inputSizes(options) }
  const env = bodyEnv({ state }, module, frame, undefined)
  const run = openRun(env)
  guarded(env, declaration, () => {
    for (const param of declaration.params) {
      const outside = options.set?.[param.name.name]
      bindName(
        param.name,
        outside === undefined ? defaultValue(param.default, env) : setValue(outside, param, env),
        env,
      )
    }
    runBody(declaration.body, env)
  })
  const args = declaration.params.map(({ name }) => ({
    name: name.name,
    value: env.names.get(name.name) ?? UNKNOWN,
  }))
  const results = env.body?.results ?? []
  closeRun(run, { args, results: results.map(({ value }) => value) }, env)
  const { totals, bounds } = graph.runs[0] ?? {}
  return {
    declaration,
    name: declaration.name.name,
    file: module.file,
    frame,
    inputs: env.body?.inputs ?? [],
    outputs: results.map(({ name, value }): GraphOutput => {
      const outline = outlineOf(value)
      if (isTensor(value)) return { name, tensor: value.tensor }
      return outline === undefined ? { name } : { name, outline }
    }),
    layers: graph.layers,
    uncertain: graph.uncertain,
    isSound: graph.failures === 0,
    faults: graph.faults,
    bindings: graph.bindings,
    passages: graph.passages,
    runs: graph.runs,
    given: graph.given,
    ...(totals ? { totals } : {}),
    ...(bounds ? { bounds } : {}),
  }
}

/** A reporter that keeps which errors a run came upon, whether or not another run has met them before. */
function noting(reporter: Reporter, { faults }: Builder): Reporter {
  const seen = new Set<string>()
  return {
    ...reporter,
    report(kind, data, place) {
      reporter.report(kind, data, place)
      const { file, range } = place
      const key = `${kind.code} ${file} ${range.start} ${range.end}`
      if ((kind.severity ?? 'error') !== 'error' || seen.has(key)) return
      seen.add(key)
      faults.push({ code: kind.code, file, range })
    },
  }
}

function defaultValue(node: Expression | undefined, env: Env): Value {
  if (node !== undefined) return evaluate(node, env)
  // A parameter without a default makes the network one to be applied: what depends on it is unknown.
  fail(env)
  return UNKNOWN
}

function setValue(text: string, param: Network['params'][number], env: Env): Value {
  const value = valueFromText(text)
  const type = param.type?.name
  if (type === undefined || fitsType(value, type)) return value
  const block = env.frame?.declaration.name.name ?? ''
  const data = { block, parameter: param.name.name, type, value: describeValue(value) }
  env.state.reporter.report(argumentKind, data, { file: env.file, range: param, frame: env.frame })
  return UNKNOWN
}

function inputSizes({ inputs = {} }: AnalyzeOptions): ReadonlyMap<string, readonly number[]> {
  const sizes = new Map<string, readonly number[]>()
  for (const [name, text] of Object.entries(inputs)) {
    const size = sizeFromText(text)
    if (size !== undefined) sizes.set(name, size)
  }
  return sizes
}

export function emptyBuilder(): Builder {
  return {
    inputs: [],
    layers: [],
    uncertain: [],
    faults: [],
    bindings: [],
    passages: [],
    runs: [],
    given: [],
    params: 0,
    fixed: 0,
    macs: 0,
    failures: 0,
    isCut: false,
    nextId: 0,
  }
}

/** The value of a constant of the file, whether or not anything reads it. */
export function constantAlone(entity: ConstantEntity, module: Module, shared: Shared): Value {
  const { declaration } = entity
  const state = createState(shared, undefined)
  const env: Env = { state, module, file: module.file, frame: undefined, names: new Map(), body: undefined }
  let value: Value = UNKNOWN
  guarded(env, declaration, () => {
    value = constantValue(entity, module, state, declaration.name)
  })
  return value
}

/** Runs code whose bounds may end it early; what it has made so far stands. */
export function guarded(env: Env, declaration: Block | Network | Constant, run: () => void): void {
  try {
    run()
  } catch (error) {
    fail(env)
    if (env.state.graph) env.state.graph.isCut = true
    if (error instanceof Exhausted) return
    if (!(error instanceof RangeError)) throw error
    const place = { file: env.file, range: declaration.name, frame: env.frame }
    env.state.reporter.report(callTooDeep, { limit: MAX_DEPTH, of: 'calls' }, place)
  }
}
