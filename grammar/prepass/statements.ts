import * as t from '../tokens'

/** Keywords that only a statement or a declaration begins with. `for` and `if` begin one outside brackets. */
export const STATEMENT_KEYWORDS = new t.TypeSet([
  t.From,
  t.Block,
  t.Network,
  t.Input,
  t.Output,
  t.Shared,
  t.Return,
  t.Expect,
])

/**
 * Marks the tokens that begin a statement, provided that they stand outside brackets: a statement keyword, a
 * `for`, the `if` of a statement, and the first of the names left of a `=`, or the `=` itself where a line
 * begins with it.
 */
export function markStatements(tokens: readonly t.Token[]): Uint8Array {
  const starts = new Uint8Array(tokens.length)
  /** The line of a declaration whose parameters have not ended yet: a `=` there belongs to one of them. */
  let declarationLine = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as t.Token
    const type = token.tokenType
    if (type === t.Assign) {
      const first = t.line(token) === declarationLine ? -1 : firstBound(tokens, i)
      if (first >= 0) starts[first] = 1
    } else if (type === t.For || STATEMENT_KEYWORDS.has(type)) {
      starts[i] = 1
    } else if (type === t.If && tokens[i - 1]?.tokenType !== t.Else) {
      starts[i] = 1
    }
    if (type === t.Block || type === t.Network) declarationLine = t.line(token)
    else if (type === t.LeftCurly || type === t.RightParen) declarationLine = 0
  }
  return starts
}

/**
 * On the same line before a name these say that the `=` after it binds nothing: a keyword has introduced the
 * name already, or it belongs to a condition whose author meant `==`.
 */
const NO_BINDING_AFTER = new t.TypeSet([
  t.Dot,
  t.Input,
  t.Output,
  t.Shared,
  t.Block,
  t.Network,
  t.Expect,
  t.If,
  t.IfExpression,
  t.And,
  t.Or,
  t.Not,
  t.Equal,
  t.NotEqual,
  t.Less,
  t.LessEqual,
  t.Greater,
  t.GreaterEqual,
  t.About,
])

/** The index of the first name of `NAME {, NAME} =`, all on one line, of a `=` that begins its line, or −1. */
function firstBound(tokens: readonly t.Token[], assign: number): number {
  const last = tokens[assign - 1]
  const onLine = (i: number) => {
    const token = tokens[i]
    return token !== undefined && last !== undefined && t.line(token) === t.line(last)
  }
  const assignBeginsLine = !onLine(assign)
  let first = assign - 1
  while (
    tokens[first - 1]?.tokenType === t.Comma &&
    tokens[first - 2]?.tokenType === t.Name &&
    onLine(first - 2)
  ) {
    first -= 2
  }
  const namesBeginLine = !onLine(first - 1)
  if (last?.tokenType !== t.Name || (assignBeginsLine && !namesBeginLine))
    return assignBeginsLine ? assign : -1
  return !namesBeginLine && NO_BINDING_AFTER.has((tokens[first - 1] as t.Token).tokenType) ? -1 : first
}
