/** What the title of a fix says behind its action: what comes out of the stage, and what that costs. */
import { type Analysis, runGraphs } from '../check/analysis'
import type { LayerNode, NetworkGraph, Tensor, Value } from '../model/graph'
import type { Place, Problem } from '../model/problem'
import { showShape } from '../model/shape'
import { showRough, showTensor } from '../model/show'
import type { Candidate } from './fix'

export interface Result {
  /** ` → 64×56×56`, the output of the stage that the fix is for; empty when it has none. */
  readonly output: string
  /** `2.6M`, the parameters that follow from the fix; empty when they are as before, or nobody asks for them. */
  readonly cost: string
}

interface Changed {
  readonly before: Analysis
  readonly after: Analysis
  readonly problem: Problem
  readonly candidate: Candidate
  /** Where a place of the text before stands in the text after. */
  readonly moved: (place: Place) => Place
}

export function resultOf(changed: Changed): Result {
  const shown = shownOf(changed)
  return { output: arrow(shown?.outputs ?? []), cost: costOf(changed, shown) }
}

/** Where the fault is: the stage, however the problem is reported, or its own place. */
export function siteOf({ stage, origin, file, range }: Problem): Place {
  return stage === undefined ? (origin ?? { file, range }) : { file: stage.file, range: stage.site }
}

export function placeKey({ file, range }: Place): string {
  return `${range.start} ${file}`
}

interface Shown {
  readonly outputs: readonly Tensor[]
  readonly graph: NetworkGraph
  /** The application that is shown; absent where that is a block's. */
  readonly node?: LayerNode
}

/** What the stage comes to: where its text is applied several times, the application that failed. */
function shownOf({ after, problem, candidate: { shows }, moved }: Changed): Shown | undefined {
  if (shows === null || (shows === undefined && problem.stage === undefined)) return undefined
  const key = placeKey(moved(shows ?? siteOf(problem)))
  const turn = shows === undefined ? turnOf(problem) : 0
  for (const graph of runGraphs(after)) {
    const nodes = graph.layers.filter(({ file, site }) => placeKey({ file, range: site }) === key)
    const node = nodes[Math.min(turn, nodes.length - 1)]
    if (node) return { outputs: node.outputs, graph, node }
    for (const { frame, results } of graph.runs) {
      const { call } = frame
      if (call === undefined || placeKey({ file: call.file, range: call.site }) !== key) continue
      return { outputs: results.flatMap(tensorsOf), graph }
    }
  }
  return undefined
}

/** How often the text of the stage at fault had been applied before. */
function turnOf({ stage }: Problem): number {
  return stage?.before.filter(({ site, file }) => site === stage.site && file === stage.file).length ?? 0
}

/**
 * The change of all parameters where they were known before; where they were not, and the candidate asks for it,
 * those of the first layer with weights from the stage on.
 */
function costOf({ before, after, problem, candidate }: Changed, shown: Shown | undefined): string {
  if (problem.severity !== 'error') return ''
  const [old, now] = [paramsOf(before), paramsOf(after)]
  if (old !== undefined && now !== undefined) {
    if (old === now) return ''
    return `${now < old ? '−' : '+'}${showRough(Math.abs(now - old))}`
  }
  const node = candidate.costs ? shown?.node : undefined
  const weighted = node && shown && firstWeighted(node, shown.graph)
  return weighted ? showRough(weighted.params) : ''
}

function paramsOf(analysis: Analysis): number | undefined {
  let sum = 0
  for (const { totals } of runGraphs(analysis)) {
    if (totals === undefined) return undefined
    sum += totals.params
  }
  return sum
}

/** The first layer with weights among this one and those that its outputs lead to. */
function firstWeighted(from: LayerNode, { layers }: NetworkGraph): LayerNode | undefined {
  const reached = new Set<unknown>([from])
  for (const node of layers) {
    if (node !== from && !node.inputs.some(({ source }) => reached.has(source))) continue
    if (node.params > 0) return node
    reached.add(node)
  }
  return undefined
}

function arrow(outputs: readonly Tensor[]): string {
  return outputs.length === 0 ? '' : ` → ${showOutputs(outputs)}`
}

function tensorsOf(value: Value): readonly Tensor[] {
  return typeof value === 'object' && value !== null && 'tensor' in value ? [value.tensor] : []
}

function showOutputs(outputs: readonly Tensor[]): string {
  const [first, second] = outputs
  if (first === undefined) return ''
  if (second === undefined) return showTensor(first)
  return outputs.map(({ shape }) => showShape(shape)).join(', ')
}
