/** Blocks that call themselves: they may while what they are given decreases. */
import type { Block, Expression } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { hasUnknown, isList, UNKNOWN } from '../../model/value'
import { recursion } from '../problems/structure'
import { problemAt } from './problems'
import { type Env, fail } from './state'

/**
 * Runs the body of a block that reaches itself and was given `values`. One that is running already runs again only where a
 * number among them is smaller, or a list shorter, than it was there; the depth of calls bounds the rest. Undefined
 * when it does not run: that is reported, or unknown as the values are.
 */
export function runAgain<T>(
  declaration: Block,
  values: readonly Value[],
  applied: Expression,
  env: Env,
  run: () => T,
): { readonly result: T } | undefined {
  const { running, dry } = env.state
  const outer = running.findLast((each) => each.declaration === declaration)
  if (outer !== undefined) {
    const decreases = values.some((value, i) => isLess(value, outer.values[i]))
    if (dry || !decreases) {
      // What is not known may decrease.
      if (!dry && !values.some(hasUnknown)) {
        problemAt(env, recursion, { name: declaration.name.name }, applied)
      }
      fail(env)
      return undefined
    }
  }
  running.push({ declaration, values })
  try {
    return { result: run() }
  } finally {
    running.pop()
  }
}

function isLess(value: Value, before: Value = UNKNOWN): boolean {
  if (typeof value === 'number' && typeof before === 'number') return value < before
  return isList(value) && isList(before) && value.length < before.length
}
