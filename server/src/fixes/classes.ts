/** Proves what a fix is to the network that was meant: the analyses with it are compared with those without. */
import { memo } from '../../../grammar/memo'
import type { Block, Network, Range, SourceFile, SyntaxNode } from '../../../grammar/tree'
import { descendants } from '../../../grammar/walk'
import { type Analysis, runGraphs } from '../check/analysis'
import { regionsOf } from '../check/unreached'
import type { Frame, NetworkGraph, Value } from '../model/graph'
import type { FixClass, TextEdit } from '../model/problem'
import { sameItems } from '../model/same-items'
import { showShape } from '../model/shape'
import { isTensor } from '../model/value'

/** A file that a change affects, analysed without it and with it. */
export interface Changed {
  readonly before: Analysis
  readonly after: Analysis
}

/**
 * Whether a change is what it is declared to be. A choice promises nothing, and what is certain is so by the text:
 * of both the maker alone knows.
 */
export function isOfClass(
  declared: FixClass,
  changes: readonly Changed[],
  file: string,
  edits: readonly TextEdit[],
): boolean {
  if (declared === 'choice' || declared === 'certain') return true
  const analyses = changes.map(({ before }) => before)
  if (!edits.every((edit) => isAnalysed(analyses, file, edit))) return false
  const isSame = declared === 'same-network' ? sameNetworks : sameOutputs
  return changes.every((change) => !hasErrors(change.after) && isSame(change))
}

/** Whether the inputs, the parameters with their names and order, and the outputs of all networks are the same. */
export function sameNetworks(change: Changed): boolean {
  return sameOutputs(change) && sameGraphs(change, parametersOf)
}

/** Whether the inputs and the outputs of all networks have the same names and shapes. */
function sameOutputs(change: Changed): boolean {
  return sameGraphs(change, interfaceOf)
}

function sameGraphs({ before, after }: Changed, read: (graph: NetworkGraph) => readonly string[]): boolean {
  if (before === after) return true
  const [old, now] = [runGraphs(before), runGraphs(after)]
  return (
    old.length === now.length && old.every((graph, i) => sameItems(read(graph), read(now[i] as NetworkGraph)))
  )
}

/** A line for each input and each output of a network. */
function interfaceOf({ name, inputs, outputs, runs }: NetworkGraph): readonly string[] {
  return [
    name,
    ...inputs.map(
      (input) => `input ${input.name.name} ${input.node ? showShape(input.node.tensor.shape) : '?'}`,
    ),
    ...outputs.map((output) => `output ${output.name.name}`),
    ...(runs[0]?.results ?? []).map(showResult),
  ]
}

function showResult(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(showResult).join(', ')}]`
  return isTensor(value) ? showShape(value.tensor.shape) : '?'
}

/** A line for each weight, in order: the blocks that it stands in, its layer, its name, shape, and whether it is trained. */
const parametersOf = memo(({ layers }: NetworkGraph): readonly string[] => {
  const lines: string[] = []
  /** Where the weights of a layer start: those that share them are told by it. */
  const starts = new Map<number, number>()
  for (const { id, layer, frame, weights, options, sharedWith } of layers) {
    starts.set(id, lines.length)
    if (sharedWith !== undefined) {
      if (weights.length > 0) lines.push(`${layer.name} shares ${starts.get(sharedWith)}`)
      continue
    }
    for (const { name, shape, count = '', trained = true } of weights) {
      const state = trained && options.trainable !== false ? 'trained' : 'fixed'
      lines.push(`${pathOf(frame)}/${layer.name}.${name} ${showShape(shape)} ${count} ${state}`)
    }
  }
  return lines
})

/** The names of the network and of the blocks around a layer: `UNet/double`. */
const pathOf = memo(({ call, declaration: { name } }: Frame): string =>
  call === undefined ? name.name : `${pathOf(call.frame)}/${name.name}`,
)

/**
 * Whether all that a change of this place can reach has been analysed: no file has an error, the networks that it
 * serves have outputs, a run came through the place, and no use of its block stands where none did.
 */
function isAnalysed(analyses: readonly Analysis[], file: string, edit: TextEdit): boolean {
  if (analyses.some(hasErrors)) return false
  const around = analyses.map(({ files }) => declarationAround(files.get(file), edit)).find(Boolean)
  const graphs = analyses.flatMap(runGraphs).filter(({ runs }) => {
    return around === undefined || runs.some(({ frame }) => frame.declaration === around)
  })
  if (!graphs.every(isWhole)) return false
  if (around === undefined) return true
  const hasRun = (region: SyntaxNode) => analyses.some(({ executed }) => executed.has(region))
  const regions = regionsOf(around.body).filter((region) => includes(region, edit))
  return regions.every(hasRun) && !namesUnreached(analyses, hasRun).has(around.name.name)
}

function hasErrors({ problems, files, missing }: Analysis): boolean {
  if (missing.length > 0 || problems.some(({ severity }) => severity === 'error')) return true
  return [...files.values()].some((tree) => tree.problems.length > 0)
}

function declarationAround(tree: SourceFile | undefined, edit: Range): Block | Network | undefined {
  for (const item of tree?.items ?? []) {
    if ((item.kind === 'block' || item.kind === 'network') && includes(item.body, edit)) return item
  }
  return undefined
}

function includes(outer: Range, { start, end }: Range): boolean {
  return outer.start <= start && end <= outer.end
}

/** Whether nothing in a network has failed and it gives tensors. What an example gives is the result of its run. */
function isWhole({ isSound, outputs, runs }: NetworkGraph): boolean {
  if (!isSound || outputs.some(({ tensor }) => tensor === undefined)) return false
  return outputs.length > 0 || (runs[0]?.results.length ?? 0) > 0
}

/** The names that stand where no run came through, and those that the declarations of these names read in turn. */
function namesUnreached(
  analyses: readonly Analysis[],
  hasRun: (region: SyntaxNode) => boolean,
): ReadonlySet<string> {
  const names = new Set<string>()
  const read = new Map<string, Set<string>>()
  for (const tree of new Set(analyses.flatMap(({ files }) => [...files.values()]))) {
    for (const item of tree.items) {
      if (item.kind === 'import') {
        for (const { name, alias } of item.names) if (alias) gather(read, alias.name).add(name.name)
        continue
      }
      const within = gather(read, item.name.name)
      const unreached =
        item.kind === 'constant' ? [] : regionsOf(item.body).filter((region) => !hasRun(region))
      for (const node of descendants(item)) {
        if (node.kind !== 'name') continue
        within.add(node.name)
        if (unreached.some((region) => includes(region, node))) names.add(node.name)
      }
    }
  }
  // A set's iteration goes on to what is added on the way.
  for (const name of names) for (const inner of read.get(name) ?? []) names.add(inner)
  return names
}

function gather(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set()
  sets.set(key, set)
  return set
}
