import type { SyntaxNode } from '../../../grammar/tree'
import { children } from '../../../grammar/walk'

/** Throws unless children lie inside their parent, one after the other. */
export function checkNesting(node: SyntaxNode): void {
  let last = node.start
  for (const child of inTextOrder(node)) {
    if (child.start < last || child.end > node.end || child.end < child.start) {
      const place = ({ kind, start, end }: SyntaxNode) => `${kind} ${start}–${end}`
      throw new Error(`${place(child)} in ${place(node)} after ${last}`)
    }
    last = child.end
    checkNesting(child)
  }
}

/** In Python's `a if c else b`, which is read as a choice, the condition stands after the value. */
function inTextOrder(node: SyntaxNode): readonly SyntaxNode[] {
  return node.kind === 'conditional' ? children(node).toSorted((a, b) => a.start - b.start) : children(node)
}
