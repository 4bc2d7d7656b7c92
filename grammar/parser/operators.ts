import type { TokenType } from 'chevrotain'
import * as t from '../tokens'
import type { BinaryOperator, ComparisonOperator, Expression, Range } from '../tree'

interface Infix {
  readonly precedence: number
  readonly operator: BinaryOperator | ComparisonOperator
  readonly comparison: boolean
}

const NOT = 3
const COMPARISON = 4
const NEGATION = 7
const POWER = 8

const infix = (precedence: number, ...types: TokenType[]): [TokenType, Infix][] =>
  types.map((type) => [
    type,
    { precedence, operator: type.LABEL as BinaryOperator, comparison: precedence === COMPARISON },
  ])

/** Python's precedence; a higher one binds tighter. `not` stands at 3, unary minus at 7. */
export const INFIX: ReadonlyMap<TokenType, Infix> = new Map([
  ...infix(1, t.Or),
  ...infix(2, t.And),
  ...infix(COMPARISON, t.Equal, t.NotEqual, t.Less, t.LessEqual, t.Greater, t.GreaterEqual, t.About),
  ...infix(5, t.Plus, t.Minus),
  ...infix(6, t.Times, t.Divide, t.FloorDivide, t.Modulo),
  ...infix(POWER, t.Power),
])

/** Operands with the prefix and infix operators before and between them, in the order of the text. */
export type Operation = readonly (t.Token | Expression)[]

const range = (token: t.Token): Range => ({ start: t.start(token), end: t.end(token) })
const isToken = (part: t.Token | Expression | undefined): part is t.Token =>
  part !== undefined && 'tokenType' in part

/**
 * Builds the tree of a flat operation by precedence climbing: comparisons chain, `**` is right-associative, all
 * other operators are left-associative.
 *
 * @param onMisplacedNot told about a `not` after an operator that binds tighter, which Python refuses too
 */
export function buildOperation(
  parts: Operation,
  onMisplacedNot: (not: t.Token, operand: Expression) => void,
): Expression {
  let next = 0

  const operand = (minimum: number): Expression => {
    const part = parts[next++] as t.Token | Expression
    if (!isToken(part)) return part
    const negates = part.tokenType === t.Not
    const inner = climb(negates ? NOT : NEGATION)
    if (negates && minimum > NOT) onMisplacedNot(part, inner)
    return {
      kind: 'unary',
      start: t.start(part),
      end: inner.end,
      operator: negates ? 'not' : '-',
      operand: inner,
    }
  }

  const climb = (minimum: number): Expression => {
    let left = operand(minimum)
    for (;;) {
      const token = parts[next]
      const found = isToken(token) ? INFIX.get(token.tokenType) : undefined
      if (!found || found.precedence < minimum) return left
      left = found.comparison ? comparison(left) : binary(left, token as t.Token, found)
    }
  }

  const binary = (left: Expression, token: t.Token, { operator, precedence }: Infix): Expression => {
    next++
    const right = climb(precedence === POWER ? POWER : precedence + 1)
    return {
      kind: 'binary',
      start: left.start,
      end: right.end,
      operator: operator as BinaryOperator,
      operatorRange: range(token),
      left,
      right,
    }
  }

  const comparison = (first: Expression): Expression => {
    const operands = [first]
    const operators: ComparisonOperator[] = []
    const operatorRanges: Range[] = []
    for (;;) {
      const token = parts[next]
      const found = isToken(token) ? INFIX.get(token.tokenType) : undefined
      if (!found?.comparison) break
      next++
      operators.push(found.operator as ComparisonOperator)
      operatorRanges.push(range(token as t.Token))
      operands.push(climb(COMPARISON + 1))
    }
    const end = (operands.at(-1) as Expression).end
    return { kind: 'comparison', start: first.start, end, operands, operators, operatorRanges }
  }

  return climb(0)
}
