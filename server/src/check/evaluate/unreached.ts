import type { Block, Body, Network, SyntaxNode } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import { UNKNOWN } from '../../model/value'
import type { Module } from '../modules'
import type { Reporter } from '../report'
import { bindName, evaluate } from './expressions'
import { createState, emptyBuilder, guarded, type Shared } from './network'
import { bodyEnv } from './run'
import { runBody } from './statements'

/**
 * Runs a declaration of which nothing is known, so that mistakes show in code that no run has reached: a
 * block that nothing applies, a branch that was not taken. Reports only what lies in such code.
 */
export function evaluateUnreached(
  declaration: Block | Network,
  module: Module,
  shared: Shared,
  whole: boolean,
): void {
  const silent: Reporter = {
    ...shared.reporter,
    report(kind, data, place) {
      const reached = !whole && !unreachedAround(declaration.body, place.range, shared.executed)
      if (place.file === module.file && !reached) shared.reporter.report(kind, data, place)
    },
  }
  const state = {
    ...createState({ ...shared, reporter: silent, expectations: [] }, emptyBuilder()),
    dry: true,
  }
  const env = bodyEnv({ state }, module, { declaration, file: module.file, depth: 0 }, undefined)
  guarded(env, declaration, () => {
    for (const param of declaration.params) {
      if (param.default) evaluate(param.default, env)
      bindName(param.name, UNKNOWN, env)
    }
    runBody(declaration.body, env)
    for (const evaluateLater of env.body?.deferred ?? []) evaluateLater()
  })
}

const regionsOf = new WeakMap<Body, readonly SyntaxNode[]>()

/** The bodies and branches below a body, itself included, which a run may pass by. */
function regions(body: Body): readonly SyntaxNode[] {
  const known = regionsOf.get(body)
  if (known) return known
  const found: SyntaxNode[] = []
  walk(body, (below) => {
    if (below.kind === 'body') found.push(below)
    else if (below.kind === 'conditional') found.push(below.then, below.else)
    else if (below.kind === 'comprehension') found.push(below.element)
  })
  regionsOf.set(body, found)
  return found
}

/** Whether a run has passed by some part of the body. */
export function hasUnreached(body: Body, executed: ReadonlySet<SyntaxNode>): boolean {
  return regions(body).some((region) => !executed.has(region))
}

function unreachedAround(
  body: Body,
  { start, end }: { start: number; end: number },
  executed: ReadonlySet<SyntaxNode>,
) {
  return regions(body).some((region) => region.start <= start && end <= region.end && !executed.has(region))
}
