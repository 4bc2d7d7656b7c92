/** What is told of a model that was read from another framework: its parts, what they cost, and what was found. */

import type { Analysis } from '../../check/analysis'
import { analyze } from '../../check/analyze'
import { memoryHost } from '../../check/host'
import { findPreset, presetEntries } from '../../config/presets'
import { fold } from '../../interop/fold/index'
import type { ImportGraph, ModuleStep, Operation } from '../../interop/graph/graph'
import { printFlat } from '../../interop/print/flat'
import { findings } from '../../lint/findings'
import { defaultSetting, type LintSettings } from '../../lint/settings'
import type { LayerNode, NetworkGraph, Tensor } from '../../model/graph'
import type { Problem, Severity } from '../../model/problem'
import { RULES } from '../../rules/index'
import { explained, type ModelFault } from './fault'

/** One part of a model: a module, or layers that stand beside the modules. */
export interface ModelPart {
  readonly name: string
  /** What it gives to the next part. */
  readonly output: Tensor | undefined
  readonly params: number
  readonly macs: number
}

/** What one rule found, in modules of one class. */
export interface ModelFinding {
  readonly code: string
  readonly severity: Severity
  /** The message of the first place. */
  readonly message: string
  /** The modules' paths, in their order. */
  readonly places: readonly string[]
  /** Where the first of them stands in the model's source. */
  readonly line?: Operation['line']
}

export interface ModelReport {
  readonly name: string
  readonly origin: string
  readonly analysis: Analysis
  readonly network: NetworkGraph | undefined
  readonly parts: readonly ModelPart[]
  readonly findings: readonly ModelFinding[]
  /** What could not be read as layers of the language. */
  readonly opaque: number
  readonly remarks: readonly string[]
  /** Why the model did not run to its end. */
  readonly fault?: ModelFault
}

const FILE = 'model.cnn'

export function reportOf(read: ImportGraph): ModelReport {
  const { graph } = fold(withEnds(read))
  const { text } = printFlat(graph)
  const analysis = analyze(FILE, memoryHost({ [FILE]: text }))
  const [network] = analysis.networks
  const operations = operationsByLayer(graph, network)
  return {
    name: graph.name,
    origin: graph.origin,
    analysis,
    network,
    parts: network === undefined ? [] : partsOf(network, operations),
    findings: grouped(findings(analysis, { settings: importedSettings() }), network, operations),
    opaque: graph.operations.filter(({ layer, remark }) => remark !== undefined && layer.name === 'opaque')
      .length,
    remarks: graph.remarks,
    ...(read.fault === undefined ? {} : { fault: explained(read, read.fault) }),
  }
}

/** A model that failed has no outputs: what nothing reads any more stands in for them. */
function withEnds(graph: ImportGraph): ImportGraph {
  if (graph.outputs.length > 0) return graph
  const read = new Set(graph.operations.flatMap(({ inputs }) => inputs))
  const ends = graph.operations.flatMap(({ outputs }) => outputs).filter((tensor) => !read.has(tensor))
  return { ...graph, outputs: ends.map((tensor, i) => ({ name: `end_${i + 1}`, tensor })) }
}

function importedSettings(): LintSettings {
  const preset = findPreset('imported')
  const entries = preset === undefined ? new Map() : presetEntries(preset)
  return new Map(
    RULES.map((rule) => [
      rule.code,
      { ...defaultSetting(rule), severity: entries.get(rule.code)?.severity ?? 'off' },
    ]),
  )
}

type Operations = ReadonlyMap<LayerNode, Operation>

/** Each line of the flat text applies one layer, in the order of the operations. */
function operationsByLayer(graph: ImportGraph, network: NetworkGraph | undefined): Operations {
  const layers = network?.layers ?? []
  return new Map(layers.map((layer, i) => [layer, graph.operations[i] as Operation]))
}

/** How many parts a model is told in. */
const MOST_PARTS = 12

function partsOf(network: NetworkGraph, operations: Operations): readonly ModelPart[] {
  const depth = partDepth(network.layers.map((layer) => operations.get(layer)?.path ?? []))
  const parts: Part[] = []
  for (const layer of network.layers) {
    const path = (operations.get(layer)?.path ?? []).slice(0, depth)
    const name = partName(path) || layer.layer.name
    const last = parts.at(-1)
    if (last?.last === name) last.layers.push(layer)
    else parts.push({ first: name, last: name, count: 1, layers: [layer] })
  }
  return merged(rows(parts)).map(({ first, last, count, layers }) => ({
    name: spanOf(first, last) + (count > 1 ? ` (${count}×)` : ''),
    output: layers.at(-1)?.outputs[0],
    params: layers.reduce((sum, { params }) => sum + params, 0),
    macs: layers.reduce((sum, { macs }) => sum + macs, 0),
  }))
}

/** Neighbouring modules that are told in one line. */
interface Part {
  readonly first: string
  readonly last: string
  /** How many equal modules it stands for. */
  readonly count: number
  readonly layers: LayerNode[]
}

/** The last step of a path, with the one before where it is only a number. */
function partName(path: readonly ModuleStep[]): string {
  const [before, last] = [path.at(-2)?.name, path.at(-1)?.name ?? '']
  return before !== undefined && /^\d+$/.test(last) ? `${before}.${last}` : last
}

/** `features.4 … 6`: what both have in common in front is said once. */
function spanOf(first: string, last: string): string {
  if (first === last) return first
  const common = /^(.*?[._]?)\d+$/.exec(first)?.[1]
  const isRow = common !== undefined && last.startsWith(common) && /^\d+$/.test(last.slice(common.length))
  return `${first} … ${isRow ? last.slice((common as string).length) : last}`
}

/** Equal modules in a row as one part. */
function rows(parts: readonly Part[]): readonly Part[] {
  const made: Part[] = []
  for (const part of parts) {
    const before = made.at(-1)
    const isSame = before !== undefined && isAlike(before.layers.slice(-part.layers.length), part.layers)
    if (isSame && before.layers.length === before.count * part.layers.length) {
      made.splice(-1, 1, {
        first: before.first,
        last: part.last,
        count: before.count + 1,
        layers: [...before.layers, ...part.layers],
      })
    } else made.push(part)
  }
  return made
}

function isAlike(a: readonly LayerNode[], b: readonly LayerNode[]): boolean {
  return (
    a.length === b.length &&
    a.length > 1 &&
    a.every(({ layer, params, macs }, i) => {
      const other = b[i] as LayerNode
      return layer === other.layer && params === other.params && macs === other.macs
    })
  )
}

/** The neighbours that cost least become one part, until there are few enough. */
function merged(parts: readonly Part[]): readonly Part[] {
  const left = [...parts]
  const weight = (part: Part | undefined) =>
    part === undefined || part.count > 1
      ? Number.POSITIVE_INFINITY
      : part.layers.reduce((sum, { macs, params }) => sum + macs + params, 0)
  while (left.length > MOST_PARTS) {
    let best = 0
    for (let i = 1; i + 1 < left.length; i++) {
      if (weight(left[i]) + weight(left[i + 1]) < weight(left[best]) + weight(left[best + 1])) best = i
    }
    const [a, b] = left.slice(best, best + 2)
    if (a === undefined || b === undefined) break
    left.splice(best, 2, { first: a.first, last: b.last, count: 1, layers: [...a.layers, ...b.layers] })
  }
  return left
}

/** How many steps of the paths tell the parts apart: one, or more where one module holds nearly everything. */
function partDepth(paths: readonly (readonly ModuleStep[])[]): number {
  for (let depth = 1; depth < 4; depth++) {
    const counts = new Map<string, number>()
    for (const path of paths) {
      const name = showPath(path.slice(0, depth))
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    const most = Math.max(0, ...counts.values())
    if (most < 0.7 * paths.length) return depth
  }
  return 4
}

function showPath(path: readonly ModuleStep[]): string {
  return path.map(({ name }) => name).join('.')
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint']

/** One finding for each rule and class of module, the worst and most frequent first. */
function grouped(
  problems: readonly Problem[],
  network: NetworkGraph | undefined,
  operations: Operations,
): readonly ModelFinding[] {
  const groups = new Map<string, { first: Problem; places: string[]; line: Operation['line'] }>()
  for (const problem of problems) {
    const operation = operationAt(problem, network, operations)
    const key = `${problem.code} ${kindOf(operation)}`
    const group = groups.get(key) ?? { first: problem, places: [], line: operation?.line }
    group.places.push(operation === undefined ? '' : showPath(operation.path) || operation.layer.name)
    groups.set(key, group)
  }
  const found = [...groups.values()].map(
    ({ first, places, line }): ModelFinding => ({
      code: first.code,
      severity: first.severity,
      message: first.message,
      places: places.filter((place) => place !== ''),
      ...(line === undefined ? {} : { line }),
    }),
  )
  return found.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.places.length - a.places.length,
  )
}

/** The operation that a problem is about. */
function operationAt({ range }: Problem, network: NetworkGraph | undefined, operations: Operations) {
  const layer = network?.layers.find(({ site }) => site.start <= range.start && range.start < site.end)
  return layer === undefined ? undefined : operations.get(layer)
}

/** Modules of one class are one finding; without classes, those whose paths differ in numbers alone. */
function kindOf(operation: Operation | undefined): string {
  if (operation === undefined) return ''
  const { path, layer } = operation
  const own = path.findLast(({ type }) => type !== undefined && !type.startsWith(layer.name))
  return own?.type ?? path.map(({ name }) => name.replace(/\d+/g, '#')).join('.')
}
