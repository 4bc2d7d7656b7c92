import * as t from '../tokens'

/** Keywords that only a statement or a declaration begins with. `for` and `if` begin one outside brackets. */
export const STATEMENT_KEYWORDS = new Set([
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
 * `for`, the `if` of a statement, and the first of the names left of a `=`.
 */
export function markStatements(tokens: readonly t.Token[]): Uint8Array {
  const starts = new Uint8Array(tokens.length)
  for (let i = 0; i < tokens.length; i++) {
    const type = (tokens[i] as t.Token).tokenType
    if (type === t.Assign) {
      const first = firstBoundName(tokens, i)
      if (first >= 0) starts[first] = 1
    } else if (type === t.For || STATEMENT_KEYWORDS.has(type)) {
      starts[i] = 1
    } else if (type === t.If && tokens[i - 1]?.tokenType !== t.Else) {
      starts[i] = 1
    }
  }
  return starts
}

/**
 * On the same line before a name these say that the `=` after it binds nothing: a keyword has introduced the
 * name already, or it belongs to a condition whose author meant `==`.
 */
const NO_BINDING_AFTER = new Set([
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

/** The index of the first name of `NAME {, NAME} =`, all on one line, or −1. */
function firstBoundName(tokens: readonly t.Token[], assign: number): number {
  let first = assign - 1
  const name = tokens[first]
  if (name?.tokenType !== t.Name) return -1
  const onLine = (token: t.Token | undefined) => token !== undefined && t.line(token) === t.line(name)
  while (
    tokens[first - 1]?.tokenType === t.Comma &&
    tokens[first - 2]?.tokenType === t.Name &&
    onLine(tokens[first - 2])
  ) {
    first -= 2
  }
  const before = tokens[first - 1]
  return onLine(before) && NO_BINDING_AFTER.has((before as t.Token).tokenType) ? -1 : first
}
