import { boundBy } from '../../../../grammar/bindings'
import type { Comprehension, For } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import type { Context } from './context'

/** The names that a loop binds in the body around it. The loops inside are noted on the way, so that each node is visited once. */
export function reboundIn(loop: For | Comprehension, { rebound }: Context): ReadonlySet<string> {
  const known = rebound.get(loop)
  if (known !== undefined) return known
  const own = new Set<string>()
  const open: { readonly end: number; readonly names: Set<string> }[] = []
  walk(loop, (node) => {
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= node.start) open.pop()
    if (node.kind === 'for' || node.kind === 'comprehension') {
      const names = node === loop ? own : new Set<string>()
      rebound.set(node, names)
      open.push({ end: node.end, names })
    }
    // The names of a comprehension are its own.
    const bound = node.kind === 'comprehension' ? undefined : boundBy(node)
    for (const { name } of bound?.names ?? []) for (const { names } of open) names.add(name)
  })
  return own
}
