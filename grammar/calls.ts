/** The parts of an expression that calls something, perhaps several times in a row: `unit(width)(stride=2)`. */
import type { Call, Expression } from './tree'

/** The calls of an expression, the innermost first; none for a bare name. */
export function callChain(site: Expression): readonly Call[] {
  const calls: Call[] = []
  for (let at = site; at.kind === 'call'; at = at.callee) calls.unshift(at)
  return calls
}

/** What is called, without its arguments; a bare name is itself. */
export function innermostCallee(site: Expression): Expression {
  let at = site
  while (at.kind === 'call') at = at.callee
  return at
}
