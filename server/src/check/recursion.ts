import { boundBy } from '../../../grammar/bindings'
import { memo } from '../../../grammar/memo'
import type { Block, Network, Range, SourceFile } from '../../../grammar/tree'
import { walk } from '../../../grammar/walk'

export type Declaration = Block | Network

/** A reference by which a declaration reaches itself, and the names on the way. */
interface Cycle {
  readonly name: string
  readonly range: Range
  readonly cycle: readonly string[]
}

interface Recursion {
  readonly declarations: ReadonlySet<Declaration>
  /** Blocks that reach themselves and may end: a run shows whether they do. */
  readonly ending: ReadonlySet<Declaration>
  readonly cycles: readonly Cycle[]
}

/**
 * The blocks and networks of a file that reach themselves through the names that they mention and could never end,
 * and one reference for each circle: the one that closes it. Imports cannot close one, since files form no circle.
 * Blocks of which one has a parameter that may decrease are left to the run, which finds their end.
 */
export const findRecursion = memo((tree: SourceFile): Recursion => {
  const byName = new Map<string, Declaration>()
  for (const item of tree.items) {
    if ((item.kind === 'block' || item.kind === 'network') && !byName.has(item.name.name)) {
      byName.set(item.name.name, item)
    }
  }
  const declarations = new Set<Declaration>()
  const ending = new Set<Declaration>()
  const cycles: Cycle[] = []
  const done = new Set<Declaration>()
  const references = new Map<Declaration, readonly { to: Declaration; range: Range }[]>()
  for (const declaration of byName.values()) references.set(declaration, referencesOf(declaration, byName))

  // Depth first with a stack of our own: chains of blocks may be longer than the call stack is deep.
  for (const start of byName.values()) {
    if (done.has(start)) continue
    const path: { at: Declaration; next: number }[] = [{ at: start, next: 0 }]
    const onPath = new Set([start])
    while (path.length > 0) {
      const top = path[path.length - 1] as { at: Declaration; next: number }
      const reference = references.get(top.at)?.[top.next++]
      if (reference === undefined) {
        done.add(top.at)
        onPath.delete(top.at)
        path.pop()
      } else if (onPath.has(reference.to)) {
        const from = path.findIndex(({ at }) => at === reference.to)
        const circle = path.slice(from).map(({ at }) => at)
        const mayStop = mayEnd(circle)
        for (const declaration of circle) (mayStop ? ending : declarations).add(declaration)
        if (mayStop) continue
        const name = reference.to.name.name
        cycles.push({ name, range: reference.range, cycle: [...circle.map((at) => at.name.name), name] })
      } else if (!done.has(reference.to)) {
        path.push({ at: reference.to, next: 0 })
        onPath.add(reference.to)
      }
    }
  }
  return { declarations, ending, cycles }
})

/** Whether the calls are among blocks, one of which takes a value: it may decrease from call to call. */
function mayEnd(circle: readonly Declaration[]): boolean {
  return (
    circle.every(({ kind }) => kind === 'block') &&
    circle.some(({ params }) => params.some(({ type }) => !isTensorType(type?.name)))
  )
}

function isTensorType(type: string | undefined): boolean {
  return type === 'tensor' || type === 'tensors' || type === 'layer'
}

/** The declarations that one mentions by a name that it does not bind itself. */
function referencesOf(declaration: Declaration, byName: ReadonlyMap<string, Declaration>) {
  const own = new Set<string>()
  for (const part of [...declaration.params, declaration.body]) {
    walk(part, (node) => {
      for (const { name } of boundBy(node)?.names ?? []) own.add(name)
    })
  }
  const found: { to: Declaration; range: Range }[] = []
  walk(declaration, (node) => {
    if (node.kind !== 'name' || own.has(node.name)) return
    const to = byName.get(node.name)
    if (to) found.push({ to, range: node })
  })
  return found
}
