import type { Network, Range, SourceFile, SyntaxProblem } from '../../../grammar/tree'
import type { NetworkGraph } from '../model/graph'
import { byPlace, type Problem } from '../model/problem'
import type { Analysis, AnalyzeOptions, Host } from './analysis'
import { constantAlone, createShared, evaluateNetwork } from './evaluate/network'
import { evaluateUnreached } from './evaluate/unreached'
import { examplesOf } from './examples'
import { faultsAmong, faultsOf } from './faults'
import { loadModules } from './modules'
import { type TranslatedData, unknownLayer, unknownOption } from './problems/names'
import { createReporter } from './report'
import { hasUnreached } from './unreached'

/**
 * Analyses one file: the trees, graphs and problems of its networks and blocks. Pure and synchronous; it never
 * throws on any text, and its work is bounded. A file that the host does not have is analysed as empty.
 */
export function analyze(uri: string, host: Host, options: AnalyzeOptions = {}): Analysis {
  const file = host.file(uri) ?? EMPTY
  const files = new Map<string, SourceFile>([[uri, file]])
  const reporter = createReporter(uri, (name) => files.get(name))
  const written = examplesOf(file)
  const modules = loadModules(uri, file, { ...host, file: read }, reporter)
  function read(name: string): SourceFile | undefined {
    const tree = files.get(name) ?? host.file(name)
    if (tree) files.set(name, tree)
    return tree
  }

  const shared = createShared(reporter, options)
  const { root } = modules
  const networks: NetworkGraph[] = []
  for (const item of file.items) {
    if (item.kind !== 'network' || root.recursive.has(item)) continue
    if (options.network !== undefined && options.network !== item.name.name) continue
    networks.push(evaluateNetwork(item, root, shared, options))
  }
  const idle = written.filter(({ block }) => !shared.executed.has(block.body))
  const examples = idle.flatMap(({ network }) =>
    network === undefined || options.network !== undefined
      ? []
      : [evaluateNetwork(network, root, shared, {})],
  )
  for (const item of file.items) {
    if (item.kind !== 'block' && item.kind !== 'network') continue
    const whole = !shared.executed.has(item.body)
    if (whole || hasUnreached(item.body, shared.executed)) evaluateUnreached(item, root, shared, whole)
  }
  const constants = [...root.names.values()].flatMap((entity) => {
    if (entity.kind !== 'constant' || entity.file !== uri) return []
    const value = constantAlone(entity, root, shared)
    return [{ name: entity.declaration.name, file: uri, value }]
  })

  for (const report of shared.misplaced.values()) report()
  const own = withoutTranslated(file.problems, reporter.problems, uri)
  const faults = [...own, ...written.flatMap((example) => example.problems)]
  const problems = [
    ...faults.map((fault): Problem => toProblem(fault, uri)),
    ...withoutSyntaxEchoes(reporter.problems, file, own),
  ].sort(byPlace)
  return {
    uri,
    options,
    file,
    files: modules.files,
    missing: modules.missing,
    networks,
    examples,
    problems,
    constants,
    expectations: shared.expectations,
    executed: shared.executed,
    spent: shared.spent,
  }
}

/**
 * Runs one network of an analysed file again, with other sizes of its inputs. Nothing else is checked: its totals
 * show whether all of it is sound.
 */
export function runAgain(
  { uri, file, files, options }: Analysis,
  resolve: Host['resolve'],
  declaration: Network,
  inputs: Readonly<Record<string, string>>,
): NetworkGraph {
  const reporter = createReporter(uri, (name) => files.get(name))
  const { root } = loadModules(uri, file, { file: (name) => files.get(name), resolve }, reporter)
  const shared = { ...createShared(reporter, options), isTrial: true as const }
  return evaluateNetwork(declaration, root, shared, { inputs })
}

const EMPTY: SourceFile = {
  kind: 'file',
  start: 0,
  end: 0,
  text: '',
  items: [],
  comments: [],
  problems: [],
}

function toProblem({ start, end, code, message, fix }: SyntaxProblem, file: string): Problem {
  const place = { file, range: { start, end } }
  return { code, severity: 'error', ...place, message, related: [], ...(fix ? { syntaxFix: fix } : {}) }
}

const TRANSLATED: ReadonlySet<string> = new Set([unknownLayer.code, unknownOption.code])

/** What is written in Python's way in a call of another framework is written anew with the call. */
function withoutTranslated(
  faults: readonly SyntaxProblem[],
  found: readonly Problem[],
  uri: string,
): readonly SyntaxProblem[] {
  if (!faults.some(({ code }) => code === 'foreign-syntax')) return faults
  const calls = found.flatMap(({ code, data, file, origin }) => {
    if (!TRANSLATED.has(code) || file !== uri || origin !== undefined) return []
    const { meanings = [], call } = data as TranslatedData
    return call !== undefined && meanings.length > 0 ? [call] : []
  })
  const isInside = rangeIndex(calls)
  return faults.filter((fault) => fault.code !== 'foreign-syntax' || !isInside(fault))
}

/** One cause, one problem: what else is wrong in a statement whose text is at fault is not said. */
function withoutSyntaxEchoes(
  found: readonly Problem[],
  file: SourceFile,
  faults: readonly SyntaxProblem[],
): readonly Problem[] {
  if (faults.length === 0) return found
  const { ranges } = faults.length === file.problems.length ? faultsOf(file) : faultsAmong(file, faults)
  return found.filter(
    ({ range }) => !ranges.some(({ start, end }) => start <= range.end && range.start <= end),
  )
}

/** Whether a range lies in one of the given ones, found by halving: of those that lie in each other the outer counts. */
function rangeIndex(ranges: readonly Range[]): (range: Range) => boolean {
  const outer: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (range.end > (outer.at(-1)?.end ?? -1)) outer.push(range)
  }
  return ({ start, end }) => {
    let low = 0
    let high = outer.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((outer[middle] as Range).start <= start) low = middle + 1
      else high = middle
    }
    const found = outer[low - 1]
    return found !== undefined && end <= found.end
  }
}
