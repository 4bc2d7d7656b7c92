import type { TokenType } from 'chevrotain'
import * as t from '../tokens'
import type { SyntaxProblem } from '../tree'
import { TokenOutput } from './output'

/** How deep a tree may get. Everybody who reads trees recurses over them, and the parser does too. */
export const NESTING_LIMIT = 200

/** What is known of the expressions and statements directly inside one pair of brackets or braces. */
interface Level {
  readonly closer: TokenType
  /** The depth of what stands around it. */
  readonly outer: number
  /** Operators, calls, indices and branches of the current expression: each may be one node above the others. */
  operators: number
  /** Those of them that an arrow or a comma does not end: the `if`s whose last branch is still going on. */
  conditionals: number
  /** The height of the highest bracket pair in the current expression. */
  child: number
  /** The height of the highest expression so far. */
  height: number
  /** How many `else if` the current statement has. */
  branches: number
}

const newLevel = (closer: TokenType, outer: number): Level => ({
  closer,
  outer,
  operators: 0,
  conditionals: 0,
  child: 0,
  height: 0,
  branches: 0,
})

const OPERATORS = new t.TypeSet([...t.INFIX_OPERATORS, t.And, t.Or, t.Not, t.Dot])

/**
 * The last step of the pre-pass: cuts out what would make the tree deeper than {@link NESTING_LIMIT}. The depth
 * is bounded from above by counting brackets, operators and branches, so that neither a hundred thousand
 * parentheses nor a sum of twenty thousand terms can overflow the stack of whoever recurses over the tree.
 * Brackets and braces must balance already.
 */
export function limitNesting(tokens: t.Token[], problems: SyntaxProblem[]): t.Token[] {
  const out = new TokenOutput(tokens)
  const levels: Level[] = [newLevel(t.RightCurly, 0)]
  let i = 0
  while (i < tokens.length) {
    const token = tokens[i] as t.Token
    const level = levels.at(-1) as Level
    count(level, token, tokens[i - 1], tokens[i + 1])
    const depth =
      level.outer + Math.max(level.operators + level.child, level.branches > 0 ? level.branches + 2 : 0)
    const inner = depthInside(level, token)
    if (Math.max(depth, inner) <= NESTING_LIMIT) {
      out.push(token)
      if (inner > 0) levels.push(newLevel(CLOSER_OF.get(token.tokenType) as TokenType, inner))
      else if (CLOSER_TYPES.has(token.tokenType) && levels.length > 1) leave(levels)
      i++
      continue
    }
    problems.push(tooDeep(token))
    if (token.tokenType === t.LeftCurly) {
      const close = closingBrace(tokens, i)
      out.push(token)
      out.push(tokens[close] as t.Token)
      i = close + 1
      continue
    }
    if (token.tokenType === t.Else) {
      i = skipBranches(tokens, i)
      continue
    }
    while ((levels.at(-1) as Level).closer !== t.RightCurly) {
      out.push(t.virtualToken((levels.pop() as Level).closer, out.last()))
    }
    endExpression(levels.at(-1) as Level, 0)
    ;(levels.at(-1) as Level).height = 0
    while (i < tokens.length && !STATEMENT_ENDS.has((tokens[i] as t.Token).tokenType)) i++
  }
  return out.tokens()
}

const CLOSER_OF = new Map([
  [t.LeftParen, t.RightParen],
  [t.LeftSquare, t.RightSquare],
  [t.LeftCurly, t.RightCurly],
])
const OPENER_TYPES = new t.TypeSet(CLOSER_OF.keys())
const CLOSER_TYPES = new t.TypeSet(CLOSER_OF.values())
const STATEMENT_ENDS = new t.TypeSet([t.EndOfStatement, t.LeftCurly, t.RightCurly])

function count(level: Level, token: t.Token, before: t.Token | undefined, next: t.Token | undefined): void {
  const type = token.tokenType
  if (before?.tokenType === t.RightCurly && type !== t.Else) level.branches = 0
  if (OPERATORS.has(type)) level.operators++
  else if (type === t.IfExpression || type === t.IfAfterwards) {
    level.operators += 2
    level.conditionals += 2
  } else if (type === t.Arrow) endExpression(level, level.conditionals)
  else if (type === t.Comma || type === t.Assign || type === t.For || type === t.LeftCurly)
    endExpression(level, 0)
  else if (type === t.EndOfStatement) {
    endExpression(level, 0)
    level.branches = 0
  } else if (type === t.Else && next?.tokenType === t.If) level.branches++
  else if ((type === t.LeftParen || type === t.LeftSquare) && before && t.OPERAND_ENDS.has(before.tokenType))
    level.operators++
}

function endExpression(level: Level, conditionals: number): void {
  level.height = Math.max(level.height, level.operators + level.child)
  level.operators = conditionals
  level.conditionals = conditionals
  level.child = 0
}

/** The depth of what stands inside the pair that the token opens, or 0. */
function depthInside(level: Level, token: t.Token): number {
  if (token.tokenType === t.LeftCurly) return level.outer + level.branches + 2
  if (OPENER_TYPES.has(token.tokenType)) return level.outer + level.operators + 2
  return 0
}

function leave(levels: Level[]): void {
  const inner = levels.pop() as Level
  const height = Math.max(inner.height, inner.operators + inner.child)
  const outer = levels.at(-1) as Level
  if (inner.closer === t.RightCurly) outer.height = Math.max(outer.height, height + 2)
  else outer.child = Math.max(outer.child, height + 2)
}

function closingBrace(tokens: readonly t.Token[], open: number): number {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    const type = (tokens[i] as t.Token).tokenType
    if (type === t.LeftCurly) depth++
    else if (type === t.RightCurly && --depth === 0) return i
  }
  return tokens.length - 1
}

/** The index after all further branches of an `if` statement, whose bodies stand in braces. */
function skipBranches(tokens: readonly t.Token[], from: number): number {
  let i = from
  while (tokens[i]?.tokenType === t.Else) {
    while (i < tokens.length && !STATEMENT_ENDS.has((tokens[i] as t.Token).tokenType)) i++
    if (tokens[i]?.tokenType === t.LeftCurly) i = closingBrace(tokens, i) + 1
  }
  return i
}

function tooDeep(token: t.Token): SyntaxProblem {
  return {
    start: t.start(token),
    end: t.end(token),
    code: 'nesting-too-deep',
    message: `This is nested too deeply. ${NESTING_LIMIT} levels are read, where an operator counts as one and a pair of brackets as two; give a part of it a name of its own.`,
  }
}
