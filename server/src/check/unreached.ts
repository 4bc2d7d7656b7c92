/** The parts of a body that no run has come through. */
import { memo } from '../../../grammar/memo'
import type { Body, Range, SyntaxNode } from '../../../grammar/tree'
import { walk } from '../../../grammar/walk'

/** The bodies and branches below a body, itself included, which a run may pass by. */
export const regionsOf = memo((body: Body): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = []
  walk(body, (below) => {
    if (below.kind === 'body') found.push(below)
    else if (below.kind === 'conditional') found.push(below.then, below.else)
    else if (below.kind === 'comprehension') found.push(below.element)
  })
  return found
})

/** Whether a run has passed by some part of the body. */
export function hasUnreached(body: Body, executed: ReadonlySet<SyntaxNode>): boolean {
  return regionsOf(body).some((region) => !executed.has(region))
}

/** Whether a range of the body lies in a part that no run has come through. */
export function isUnreached(body: Body, { start, end }: Range, executed: ReadonlySet<SyntaxNode>): boolean {
  return regionsOf(body).some((region) => region.start <= start && end <= region.end && !executed.has(region))
}
