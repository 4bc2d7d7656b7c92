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

/**
 * The modules below the root, those that hold no others first. Modules of one kind stand together, however deep
 * each of them is: some have parts that others lack.
 */
export function byHeight(root: ModuleNode): readonly (readonly ModuleNode[])[] {
  const heights = new Map<ModuleNode, number>()
  const highest = new Map<string, number>()
  const nested = new Set<string>()
  const visit = (node: ModuleNode, above: readonly string[]): number => {
    const kind = kindOf(node)
    if (above.includes(kind)) nested.add(kind)
    const height =
      1 + Math.max(0, ...node.children.filter(isModule).map((child) => visit(child, [...above, kind])))
    heights.set(node, height)
    highest.set(kind, Math.max(height, highest.get(kind) ?? 0))
    return height
  }
  visit(root, [])
  const levels: ModuleNode[][] = []
  for (const [node, height] of heights) {
    const kind = kindOf(node)
    const level = nested.has(kind) ? height : (highest.get(kind) as number)
    levels[level] ??= []
    levels[level].push(node)
  }
  return levels.filter((level) => level !== undefined).map((level) => level.filter((node) => node !== root))
}

/** What modules of one kind share: their class, or their path without its numbers. */
function kindOf({ step, path }: ModuleNode): string {
  return step.type ?? path.map(({ name }) => name.replace(/\d+/g, '#')).join('/')
}
