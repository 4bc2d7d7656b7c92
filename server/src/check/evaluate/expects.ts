import { memo } from '../../../../grammar/memo'
import type { Expect, Expression } from '../../../../grammar/tree'
import { walk } from '../../../../grammar/walk'
import type { Frame, Totals, Value } from '../../model/graph'
import { isUnknown, UNKNOWN } from '../../model/value'
import { TOTALS } from '../language/totals'
import { expectFailed, expectNotBoolean } from '../problems/structure'
import { describeValue, showInSentence } from '../words'
import { decidedSize } from './decided'
import { compareAll, evaluate } from './expressions'
import { problemAt } from './problems'
import { type Env, withoutTrace } from './state'
import { bodyTotals } from './totals'

/** The totals that an `expect` speaks of. */
const totalsUsed = memo((statement: Expect): readonly string[] => {
  const found = new Set<string>()
  walk(statement.condition, (node) => {
    if (node.kind === 'name' && Object.hasOwn(TOTALS, node.name)) found.add(node.name)
  })
  return [...found]
})

/**
 * Evaluates an `expect`. One that speaks of totals is evaluated when its body has ended, with the names as
 * they are now: then the evaluation comes back as a function.
 */
export function evaluateExpect(statement: Expect, env: Env): (() => void) | undefined {
  // A later use of shared weights makes none: what is expected of them was checked at the first.
  if (env.state.sharing.some(({ first }) => !first)) return undefined
  const used = totalsUsed(statement)
  const isNetwork = env.frame?.declaration.kind === 'network'
  if (isNetwork && (env.state.overridden || env.frame?.call !== undefined)) return undefined
  if (used.length === 0) {
    check(statement, env)
    return undefined
  }
  const names = new Map(env.names)
  return () => {
    const totals = bodyTotals(env)
    for (const name of used)
      names.set(name, totals ? (TOTALS[name] as (all: Totals) => number)(totals) : UNKNOWN)
    check(statement, { ...env, names })
  }
}

function check({ condition, message }: Expect, around: Env): void {
  const env: Env = { ...around, isExpect: true }
  const { values, result, decided } = withoutTrace(env, () => {
    if (condition.kind !== 'comparison') {
      const value = evaluate(condition, env)
      return { values: [value], result: value }
    }
    const operands = condition.operands.map((operand) => evaluate(operand, env))
    const holds = compareAll(condition, operands, env)
    if (holds !== false) return { values: operands, result: holds }
    const objects = condition.operands.map((operand) => namedObject(operand, env))
    return { values: operands, result: holds, decided: decidedSize(condition, operands, objects) }
  })
  if (env.state.dry) return
  if (!isUnknown(result) && typeof result !== 'boolean') {
    problemAt(env, expectNotBoolean, { value: describeValue(result) }, condition)
  }
  const frame = env.frame as Frame
  const holds = typeof result === 'boolean' ? { holds: result } : {}
  env.state.expectations.push({ condition, file: env.file, frame, values, ...holds })
  if (result !== false) return
  const data = {
    text: env.state.reporter.text(env.file, condition),
    sides: values.map(showInSentence),
    ...(message === undefined ? {} : { message: message.value }),
    ...(decided === undefined ? {} : { decided }),
  }
  problemAt(env, expectFailed, data, condition)
}

/** What an attribute is read of, where that is a name: nothing is made again. */
function namedObject(operand: Expression, env: Env): Value | undefined {
  if (operand.kind !== 'attribute' || operand.object.kind !== 'name') return undefined
  return evaluate(operand.object, env)
}
