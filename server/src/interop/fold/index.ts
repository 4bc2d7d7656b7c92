/** Rewrites an import graph: several operations that are one layer of ours become it, and what reaches no output goes. */
import type { ImportGraph, ImportTensor, Operation } from '../graph/graph'
import { ACTIVATIONS } from './activations'
import { ATTENTION } from './attention'
import type { Fold, Folded, Wiring } from './pattern'
import { SPELLING } from './spelling'
import { WEIGHTS } from './weights'

/** In this order: what a later one looks for, earlier ones may have made. */
const FOLDS: readonly Fold[] = [...ACTIVATIONS, ...WEIGHTS, ...SPELLING, ...ATTENTION]

export interface FoldedGraph {
  readonly graph: ImportGraph
  /** How often each fold was made, by its name. */
  readonly counts: ReadonlyMap<string, number>
}

/** The graph with all folds made; each operation is looked at once for each fold, whatever the graph's size. */
export function fold(graph: ImportGraph): FoldedGraph {
  const state = wired(graph)
  const counts = new Map<string, number>()
  for (const each of FOLDS) {
    for (const operation of state.operations()) {
      const folded = each.match(operation, state.wiring)
      if (folded === undefined) continue
      state.replace(folded)
      counts.set(each.name, (counts.get(each.name) ?? 0) + 1)
    }
  }
  return { graph: { ...graph, operations: reaching(state.operations(), graph) }, counts }
}

interface FoldState {
  readonly wiring: Wiring
  operations(): readonly Operation[]
  replace(folded: Folded): void
}

function wired(graph: ImportGraph): FoldState {
  const makers = new Map<ImportTensor, Operation>()
  const readers = new Map<ImportTensor, Set<Operation>>()
  const outputs = new Set(graph.outputs.map(({ tensor }) => tensor))
  /** What stands in the place of an operation; nothing for one that is gone. */
  const places = new Map<Operation, readonly Operation[]>()
  const add = (operation: Operation) => {
    for (const tensor of operation.outputs) makers.set(tensor, operation)
    for (const tensor of operation.inputs) {
      const known = readers.get(tensor) ?? new Set()
      readers.set(tensor, known.add(operation))
    }
  }
  const remove = (operation: Operation) => {
    for (const tensor of operation.inputs) readers.get(tensor)?.delete(operation)
    for (const tensor of operation.outputs) if (makers.get(tensor) === operation) makers.delete(tensor)
  }
  for (const operation of graph.operations) add(operation)
  let operations = graph.operations
  return {
    wiring: {
      maker: (tensor) => (tensor === undefined ? undefined : makers.get(tensor)),
      readers: (tensor) => [...(readers.get(tensor) ?? [])],
      isOutput: (tensor) => outputs.has(tensor),
    },
    operations() {
      if (places.size > 0) operations = operations.flatMap((operation) => standIns(operation, places))
      places.clear()
      return operations
    },
    replace({ parts, made }) {
      for (const part of parts) {
        remove(part)
        places.set(part, [])
      }
      places.set(parts.at(-1) as Operation, made)
      for (const operation of made) add(operation)
    },
  }
}

function standIns(
  operation: Operation,
  places: ReadonlyMap<Operation, readonly Operation[]>,
): readonly Operation[] {
  const made = places.get(operation)
  return made === undefined ? [operation] : made.flatMap((each) => standIns(each, places))
}

/** The operations that an output depends on. */
function reaching(operations: readonly Operation[], graph: ImportGraph): readonly Operation[] {
  const needed = new Set(graph.outputs.map(({ tensor }) => tensor))
  const kept: Operation[] = []
  for (const operation of operations.toReversed()) {
    if (!operation.outputs.some((tensor) => needed.has(tensor))) continue
    for (const tensor of operation.inputs) needed.add(tensor)
    kept.push(operation)
  }
  return kept.reverse()
}
