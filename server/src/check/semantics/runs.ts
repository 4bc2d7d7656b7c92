import { callChain } from '../../../../grammar/calls'
import { memo } from '../../../../grammar/memo'
import type { Block, Call, Expression, Identifier, Network, Range } from '../../../../grammar/tree'
import type {
  Fault,
  Frame,
  LayerNode,
  NetworkGraph,
  Passage,
  Run,
  Tensor,
  TensorValue,
  UncertainNode,
  Value,
  WrittenLayer,
} from '../../model/graph'
import { isBlank, type Outline } from '../../model/outline'
import type { Problem } from '../../model/problem'
import { isList, isTensor, isTensors, outlineOf } from '../../model/value'
import type { Analysis } from '../analysis'
import { showValue } from '../words'
import type { KnownFile } from './known-file'

/** One application of a layer, with the graph that it is in. */
export interface Application {
  readonly node: LayerNode
  readonly graph: NetworkGraph
}

/** One application that fails or rests on a fault. */
export interface UncertainApplication {
  readonly node: UncertainNode
  readonly graph: NetworkGraph
}

/** One run of a body, with the graph that it is in. */
export interface BodyRun {
  readonly run: Run
  readonly graph: NetworkGraph
}

/** The networks that say something about a file, its own first, and behind them the examples of its blocks. */
export function graphsOf({ analysis, importers }: KnownFile): readonly NetworkGraph[] {
  return [...[analysis, ...importers].flatMap(({ networks }) => networks), ...analysis.examples]
}

const layersBySite = lookupIn(
  ({ layers }) => layers,
  ({ site }) => [site],
)
const uncertainBySite = lookupIn(
  ({ uncertain }) => uncertain,
  ({ site }) => [site],
)
const layersByCall = lookupIn(
  ({ layers }) => layers,
  ({ written }) => callsOf(written),
)
const runsByCall = lookupIn(
  ({ runs }) => runs,
  ({ frame: { call } }) => (call === undefined ? [] : callsOf(call.written)),
)
const bindingsByName = lookupIn(
  ({ bindings }) => bindings,
  ({ name }) => [name],
)
const passagesBySite = lookupIn(
  ({ passages }) => passages,
  ({ site }) => [site],
)

/** Finds things in a graph by their place in the text; the index is made once per graph. */
function lookupIn<T, K extends object>(
  itemsOf: (graph: NetworkGraph) => readonly T[],
  keysOf: (item: T) => readonly K[],
): (graph: NetworkGraph, key: K) => readonly T[] {
  const indexOf = memo((graph: NetworkGraph) => grouped(itemsOf(graph), keysOf))
  return (graph, key) => indexOf(graph).get(key) ?? []
}

function grouped<T, K>(items: readonly T[], keysOf: (item: T) => readonly K[]): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [item])
      else group.push(item)
    }
  }
  return groups
}

/** The calls that gave a layer its options, where it is applied and where its name was bound. */
function callsOf(written: WrittenLayer): readonly Call[] {
  const calls: Call[] = []
  for (let at: WrittenLayer | undefined = written; at; at = at.definition) calls.push(...callChain(at.site))
  return calls
}

/** The applications of the layer to which a call gives options, under whatever name they came about. */
export function applicationsThrough(known: KnownFile, call: Call): readonly Application[] {
  return graphsOf(known).flatMap((graph) => layersByCall(graph, call).map((node) => ({ node, graph })))
}

/** The runs of the block or network to which a call gives options, under whatever name they came about. */
export function runsThrough(known: KnownFile, call: Call): readonly BodyRun[] {
  return graphsOf(known).flatMap((graph) => runsByCall(graph, call).map((run) => ({ run, graph })))
}

/** The applications of the layer that an expression stands for, in the order of the networks. */
export function applicationsOf(known: KnownFile, site: Expression): readonly Application[] {
  return graphsOf(known).flatMap((graph) => layersBySite(graph, site).map((node) => ({ node, graph })))
}

/** The same for applications that fail or rest on a fault. */
export function uncertainOf(known: KnownFile, site: Expression): readonly UncertainApplication[] {
  return graphsOf(known).flatMap((graph) => uncertainBySite(graph, site).map((node) => ({ node, graph })))
}

/** What came out of a stage, or of a call that is applied at once, each time that it was run. */
export function passagesOf(
  known: KnownFile,
  site: Expression,
): readonly { passage: Passage; graph: NetworkGraph }[] {
  return graphsOf(known).flatMap((graph) =>
    passagesBySite(graph, site).map((passage) => ({ passage, graph })),
  )
}

/** The runs of a block or network that an expression stands for, or that a stage applies by another name. */
export function runsAt(known: KnownFile, site: Expression): readonly BodyRun[] {
  return runsWhere(
    known,
    ({ call }) => call !== undefined && (call.written.site === site || call.site === site),
  )
}

/** All runs of a declaration, with that of a network for itself. */
export function runsOf(known: KnownFile, declaration: Block | Network): readonly BodyRun[] {
  return runsWhere(known, (frame) => frame.declaration === declaration)
}

function runsWhere(known: KnownFile, fits: (frame: Frame) => boolean): readonly BodyRun[] {
  return graphsOf(known).flatMap((graph) =>
    graph.runs.flatMap((run) => (fits(run.frame) ? [{ run, graph }] : [])),
  )
}

/** What an identifier came to stand for in each run, one after the other. */
export function valuesOf(known: KnownFile, place: Identifier): readonly Bound[] {
  return graphsOf(known).flatMap((graph) =>
    bindingsByName(graph, place).map(({ value, frame }) => ({ value, frame, graph })),
  )
}

/** What a parameter was given in each run. */
export function givenTo(known: KnownFile, declaration: Block | Network, parameter: string): readonly Bound[] {
  return runsOf(known, declaration).flatMap(({ run, graph }) =>
    run.args.flatMap(({ name, value }) => (name === parameter ? [{ value, frame: run.frame, graph }] : [])),
  )
}

/** A value that a name had in one run. */
export interface Bound {
  readonly value: Value
  readonly frame: Frame
  readonly graph: NetworkGraph
}

/** The first of each kind, with how many there were of it. */
export function distinct<T>(
  items: readonly T[],
  key: (item: T) => string,
): readonly { item: T; count: number }[] {
  const found = new Map<string, { item: T; count: number }>()
  for (const item of items) {
    const name = key(item)
    const known = found.get(name)
    if (known === undefined) found.set(name, { item, count: 1 })
    else known.count++
  }
  return [...found.values()]
}

const runByFrame = memo(({ runs }: NetworkGraph) => new Map(runs.map((run) => [run.frame, run])))

/** The run that a frame is of; undefined in another graph. */
export function runOf(graph: NetworkGraph, frame: Frame): Run | undefined {
  return runByFrame(graph).get(frame)
}

/** The run of a block as a call: `bottleneck(width=64, stride=1)`; undefined in a network's own body. */
export function callOf({ frame, graph }: Pick<Bound, 'frame' | 'graph'>): string | undefined {
  if (frame.call === undefined) return undefined
  const run = runOf(graph, frame)
  return run === undefined ? frame.declaration.name.name : showRun(run)
}

/** A run as a call with the values that its options had. */
export function showRun({ frame, args }: Run): string {
  const options = args.filter(({ value }) => !isTensors(value))
  const shown = options.map(({ name, value }) => `${name}=${showValue(value)}`)
  const { name } = frame.declaration.name
  return shown.length === 0 ? name : `${name}(${shown.join(', ')})`
}

/** The tensors among values, those in lists too. */
export function tensorsOf(values: readonly Value[]): readonly TensorValue[] {
  return values.flatMap((value): readonly TensorValue[] => {
    if (isList(value)) return tensorsOf(value)
    return isTensor(value) ? [value] : []
  })
}

/** The tensors among values, with those that rest on a fault and of which a size is known. */
export function shapesIn(values: readonly Value[]): readonly (Tensor | Outline)[] {
  return values.flatMap((value): readonly (Tensor | Outline)[] => {
    if (isList(value)) return shapesIn(value)
    if (isTensor(value)) return [value.tensor]
    const outline = outlineOf(value)
    return outline === undefined || isBlank(outline.shape) ? [] : [outline]
  })
}

/** How many errors a network's run came upon, with those of its own text. */
export function errorCount(analysis: Analysis, graph: NetworkGraph): number {
  const { declaration, faults } = graph
  const own = graph.file === analysis.uri ? analysis.file.problems : []
  const written = own.filter(({ start, end }) => declaration.start <= start && end <= declaration.end)
  // An error that only echoes one of the text is not said, and not counted.
  return written.length + faults.filter((fault) => faultsSaid(analysis).has(faultKey(fault))).length
}

const faultsSaid = memo(
  ({ problems }: Analysis) =>
    new Set(problems.map(({ code, origin, ...place }) => faultKey({ code, ...(origin ?? place) }))),
)

function faultKey({ code, file, range }: Fault): string {
  return `${code} ${file} ${range.start} ${range.end}`
}

/** The errors that stand inside a range of a file, the innermost first. */
export function errorsIn({ problems }: Analysis, range: Range): readonly Problem[] {
  return problems
    .filter(
      ({ severity, range: { start, end } }) =>
        severity === 'error' && range.start <= start && end <= range.end,
    )
    .sort((a, b) => a.range.end - a.range.start - (b.range.end - b.range.start))
}
