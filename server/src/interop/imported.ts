/** An import graph as a text of the language, with what was changed on the way. */
import { analyze } from '../check/analyze'
import { memoryHost } from '../check/host'
import { fold } from './fold/index'
import type { ImportGraph } from './graph/graph'
import { printFlat } from './print/flat'
import { printReadable } from './print/readable'

export interface Imported {
  /** The graph that the text writes, folded. */
  readonly graph: ImportGraph
  readonly text: string
  /** What was folded, approximated or left out, one sentence each. */
  readonly report: readonly string[]
}

/** @param flat one line a layer, without blocks */
export function imported(read: ImportGraph, { flat = false }: { readonly flat?: boolean } = {}): Imported {
  const { graph, counts } = fold(read)
  const plain = printFlat(graph).text
  const text = flat ? plain : printReadable(graph, totalsOf(plain))
  const folded = [...counts].map(([name, count]) => `${name} (${count}×).`)
  return { graph, text, report: [...graph.remarks, ...folded, ...missing(graph)] }
}

function totalsOf(text: string) {
  const [network] = analyze('imported.cnn', memoryHost({ 'imported.cnn': text })).networks
  return network?.totals
}

/** What the language lacks, each kind once with how often it occurs. */
function missing({ operations }: ImportGraph): readonly string[] {
  const counts = new Map<string, number>()
  for (const { called, remark } of operations) {
    if (remark === undefined) continue
    const text = `${called}: ${remark}`
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts].map(([text, count]) => `${text} (${count}×).`)
}
