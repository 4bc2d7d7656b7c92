import type { Block, Network } from '../../../../grammar/tree'
import { UNKNOWN } from '../../model/value'
import type { Module } from '../modules'
import type { Reporter } from '../report'
import { isUnreached } from '../unreached'
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
      const reached = !whole && !isUnreached(declaration.body, place.range, shared.executed)
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
