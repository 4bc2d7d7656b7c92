/**
 * The circles of a graph: the largest sets of nodes of which each leads to every other, and single nodes that lead
 * to themselves (Tarjan 1972, "Depth-first search and linear graph algorithms"). Each is sorted.
 */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = []
  const path: string[] = []
  const onPath = new Set<string>()
  const order = new Map<string, number>()

  /** The lowest number in the path that a node leads back to. */
  const visit = (node: string): number => {
    const own = order.size
    let lowest = own
    order.set(node, own)
    path.push(node)
    onPath.add(node)
    for (const next of graph.get(node) ?? []) {
      const known = order.get(next)
      if (known === undefined) lowest = Math.min(lowest, visit(next))
      else if (onPath.has(next)) lowest = Math.min(lowest, known)
    }
    if (lowest < own) return lowest
    const members = path.splice(path.indexOf(node))
    for (const member of members) onPath.delete(member)
    const leadsToItself = graph.get(node)?.includes(node) ?? false
    if (members.length > 1 || leadsToItself) found.push(members.sort())
    return lowest
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return found
}
