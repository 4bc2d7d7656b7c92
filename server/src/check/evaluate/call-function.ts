import type { Call, Expression } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { hasUnknown, isList, isUnknown, UNKNOWN } from '../../model/value'
import { FUNCTIONS, type FunctionOnValues, isIntegers, MAX_LENGTH, TOO_LONG } from '../language/functions'
import { listTooLong } from '../problems/limits'
import { wrongKind } from '../problems/values'
import { describeValue } from '../words'
import { madeList } from './lists'
import { checkedNumber } from './operators'
import { problemAt } from './problems'
import { countItems, type Env } from './state'

/** Whether what is made of an argument is an integer where it is whole: a number, or a list of integers. */
function countsWhole(arg: Value): boolean {
  return typeof arg === 'number' || (isList(arg) && isIntegers(arg))
}

/** Runs the function `name` of {@link FUNCTIONS} on evaluated arguments. */
export function callFunction(name: string, call: Call, args: readonly Value[], env: Env): Value {
  const builtin = FUNCTIONS[name] as FunctionOnValues
  if (args.some(isUnknown)) return UNKNOWN
  const named = call.args.find((arg) => arg.name !== undefined)
  for (const arg of args) if (isList(arg)) countItems(env, call, arg.length)
  const result = named ? undefined : builtin.run(args)
  if (result !== undefined && isList(result)) countItems(env, call, result.length)
  if (result === TOO_LONG) return problemAt(env, listTooLong, { limit: MAX_LENGTH }, call)
  if (typeof result === 'number') {
    return checkedNumber(env, result, call as Expression, !builtin.real && args.every(countsWhole))
  }
  if (result !== undefined) return isList(result) ? madeList(result, call, env) : result
  if (args.some(hasUnknown)) return UNKNOWN
  return problemAt(
    env,
    wrongKind,
    {
      what: wrongArguments(name, args, named !== undefined),
      why: `it is called as ${builtin.signature
        .split(/, (?=\w+\()| or /)
        .map((way) => `\`${way}\``)
        .join(' or ')}`,
      todo: '',
    },
    call,
  )
}

function wrongArguments(name: string, args: readonly Value[], named: boolean): string {
  if (named) return `\`${name}\` takes no named arguments`
  if (args.length === 0) return `\`${name}\` is given nothing`
  return `\`${name}\` does not take ${args.map(describeValue).join(' and ')}`
}
