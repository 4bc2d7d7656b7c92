/** The modules of a model as a tree, in the order in which they run. */
import type { ImportGraph, ModuleStep, Operation } from '../graph/graph'

export interface ModuleNode {
  readonly step: ModuleStep
  /** From the model to this module. */
  readonly path: readonly ModuleStep[]
  readonly children: (ModuleNode | Operation)[]
}

export function isModule(child: ModuleNode | Operation): child is ModuleNode {
  return 'children' in child
}

/**
 * The tree of a graph's operations. A module whose operations do not follow each other stands in it once for each
 * run of them.
 */
export function moduleTree(graph: ImportGraph): ModuleNode {
  const root: ModuleNode = { step: { name: graph.name }, path: [], children: [] }
  for (const operation of graph.operations) {
    let at = root
    for (const [depth, step] of operation.path.entries()) {
      const last = at.children.at(-1)
      if (last !== undefined && isModule(last) && last.step.name === step.name) at = last
      else {
        const made: ModuleNode = { step, path: operation.path.slice(0, depth + 1), children: [] }
        at.children.push(made)
        at = made
      }
    }
    at.children.push(operation)
  }
  return root
}

/** How many modules stand one in another below a module, itself included. */
export function heightOf({ children }: ModuleNode): number {
  return 1 + Math.max(0, ...children.filter(isModule).map(heightOf))
}
