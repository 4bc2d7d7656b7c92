import type { Binary, BinaryOperator, ComparisonOperator, Expression, Range } from '../../../../grammar/tree'
import { mergingLayer } from '../../layers/traits'
import type { Value } from '../../model/graph'
import type { Merge } from '../../model/traits'
import { contentsOf, hasUnknown, isList, isTensor, isUnknown, UNKNOWN } from '../../model/value'
import { equal, ordering } from '../language/comparison'
import { MAX_LENGTH } from '../language/functions'
import { integerOverflow, listTooLong } from '../problems/limits'
import { divisionByZero, layerTimesNumber, tensorArithmetic, wrongKind } from '../problems/values'
import { describeValue } from '../words'
import { repeated } from './layers'
import { madeList } from './lists'
import { problemAt } from './problems'
import { countItems, type Env } from './state'
import { tensorAndNumber } from './tensor-arithmetic'
import { isLayer } from './values'

/** What these operators are between two tensors. */
const MERGES: { readonly [operator in BinaryOperator]?: Merge } = {
  '+': 'added',
  '-': 'subtracted',
  '*': 'multiplied',
  '/': 'divided',
}

/** `left operator right` for the arithmetic operators, as in Python. */
export function arithmetic(node: Binary, left: Value, right: Value, env: Env): Value {
  const { operator } = node
  if (isUnknown(left) || isUnknown(right)) return UNKNOWN
  if (typeof left === 'number' && typeof right === 'number') return numeric(node, left, right, env)
  if (operator === '*' && typeof left === 'number' && isLayer(right)) return repeated(node, left, right, env)
  if (operator === '*' && isLayer(left) && typeof right === 'number') {
    return problemAt(env, layerTimesNumber, {}, node)
  }
  if (isTensor(left) && typeof right === 'number') {
    const value = tensorAndNumber(node, left, right, true, env)
    if (value !== undefined) return value
  }
  if (typeof left === 'number' && isTensor(right)) {
    const value = tensorAndNumber(node, right, left, false, env)
    if (value !== undefined) return value
  }
  if (isTensor(left) || isTensor(right)) {
    const both = isTensor(left) && isTensor(right)
    const merge = both ? MERGES[operator] : undefined
    const layer = merge === undefined ? '' : mergingLayer(merge).name
    return problemAt(env, tensorArithmetic, { operator, layer }, node)
  }
  if (operator === '+' && isList(left) && isList(right)) {
    return bounded(env, node, left.length + right.length) ?? madeList([...left, ...right], node, env)
  }
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') {
    return bounded(env, node, left.length + right.length) ?? left + right
  }
  if (operator === '*') {
    const [count, sequence] = typeof left === 'number' ? [left, right] : [right, left]
    if (typeof count === 'number' && Number.isInteger(count)) {
      if (isList(sequence)) {
        const length = Math.max(count, 0) * sequence.length
        return bounded(env, node, length) ?? madeList(repeatList(count, sequence), node, env)
      }
      if (typeof sequence === 'string') {
        return bounded(env, node, count * sequence.length) ?? sequence.repeat(Math.max(count, 0))
      }
    }
  }
  return problemAt(
    env,
    wrongKind,
    {
      what: `\`${operator}\` does not take ${describeValue(left)} and ${describeValue(right)}`,
      why: operator === '+' ? 'it adds numbers and joins lists or strings' : 'it computes with numbers',
      todo: 'use values of these kinds',
    },
    node,
  )
}

/** The list as often as `count` says. However often an empty list is repeated, it is empty. */
function repeatList(count: number, list: readonly Value[]): readonly Value[] {
  return list.length === 0 ? list : Array.from({ length: Math.max(count, 0) }, () => list).flat()
}

function bounded(env: Env, node: Range, length: number): Value | undefined {
  countItems(env, node, length)
  return length > MAX_LENGTH ? problemAt(env, listTooLong, { limit: MAX_LENGTH }, node) : undefined
}

function numeric(node: Binary, left: number, right: number, env: Env): Value {
  const { operator } = node
  if (right === 0 && (operator === '/' || operator === '//' || operator === '%')) {
    return problemAt(env, divisionByZero, { operator }, node.right)
  }
  const result = calculate(operator, left, right)
  if (left === 0 && right < 0 && operator === '**') {
    return problemAt(env, divisionByZero, { operator }, node.right)
  }
  return checkedNumber(env, result, node, Number.isInteger(left) && Number.isInteger(right))
}

/** The result, unless an integer is no longer exact or a float no longer a number. */
export function checkedNumber(env: Env, result: number, node: Expression, integers: boolean): Value {
  const exact = integers && Number.isInteger(result) ? Number.isSafeInteger(result) : Number.isFinite(result)
  if (exact) return result === 0 ? 0 : result
  const text = env.state.reporter.text(env.file, node)
  const expression = text.length > 40 ? 'this expression' : `\`${text}\``
  return problemAt(env, integerOverflow, { expression }, node)
}

function calculate(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '//':
      return Math.floor(left / right)
    case '%':
      return left - right * Math.floor(left / right)
    case '**':
      return left ** right
    default:
      return Number.NaN
  }
}

/** `left operator right` for a comparison other than `~=`. */
export function compare(
  operator: Exclude<ComparisonOperator, '~='>,
  left: Value,
  right: Value,
  range: Range,
  env: Env,
): Value {
  countItems(env, range, Math.min(sizeOf(left), sizeOf(right)))
  if (hasUnknown(left) || hasUnknown(right)) return UNKNOWN
  if (operator === '==') return equal(left, right)
  if (operator === '!=') return !equal(left, right)
  const order = ordering(left, right)
  if (order === undefined) {
    return problemAt(
      env,
      wrongKind,
      {
        what: `\`${operator}\` does not compare ${describeValue(left)} with ${describeValue(right)}`,
        why: 'numbers, strings and lists are ordered, each among themselves',
        todo: 'compare values of one of these kinds',
      },
      range,
    )
  }
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

/** How much there is of a value to be compared. */
function sizeOf(value: Value): number {
  if (typeof value === 'string') return value.length
  return isList(value) ? contentsOf(value).items : 1
}

/** `left ~= right`: they differ by at most one unit in the last digit that is written on the right. */
export function roughly(left: Value, right: number, unit: number): boolean | undefined {
  if (typeof left !== 'number') return undefined
  const difference = Math.abs(left - right)
  if (difference <= unit) return true
  // Decimal fractions are not exact in binary: 0.8 and 0.7 differ by a little more than 0.1.
  return !Number.isInteger(difference) && difference <= unit * (1 + 1e-9)
}
