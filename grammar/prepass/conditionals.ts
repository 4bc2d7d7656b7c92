import * as t from '../tokens'

interface OpenIf {
  readonly token: t.Token
  readonly index: number
  /** The depth of brackets around it. */
  readonly depth: number
}

/**
 * The second step of the pre-pass: tells the `if` and `else` of statements from those of expressions, by retyping
 * the latter. An `if` belongs to an expression when it reaches `then`, to a statement when it reaches `{` first.
 * One that reaches neither is a statement when it begins its line.
 */
export function resolveConditionals(tokens: readonly t.Token[]): void {
  /** The `if`s that have met neither `then` nor `{` yet. */
  const open: OpenIf[] = []
  /** Those of expressions that wait for their `else`. */
  const waiting: (OpenIf | undefined)[] = []
  let depth = 0
  const settle = () => {
    for (const { token, index } of open) if (!beginsLine(tokens, index)) t.retype(token, t.IfExpression)
    open.length = 0
    waiting.length = 0
    depth = 0
  }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as t.Token
    switch (token.tokenType) {
      case t.LeftParen:
      case t.LeftSquare:
        depth++
        break
      case t.RightParen:
      case t.RightSquare:
        depth = Math.max(0, depth - 1)
        // An `if` inside brackets does not reach beyond them.
        while ((open.at(-1)?.depth ?? 0) > depth) t.retype(open.pop()?.token as t.Token, t.IfExpression)
        break
      case t.If:
        if (!followsBrace(tokens, i)) open.push({ token, index: i, depth })
        break
      case t.Then: {
        const opener = open.pop()
        if (opener) t.retype(opener.token, t.IfExpression)
        waiting.push(opener)
        break
      }
      case t.Else:
        resolveElse(tokens, token, open, waiting)
        break
      case t.LeftCurly:
        // A choice that lacks its `else` reaches no brace: the `then` is what is too much.
        for (const opener of waiting) {
          if (opener && beginsLine(tokens, opener.index)) t.retype(opener.token, t.If)
        }
        open.length = 0
        waiting.length = 0
        depth = 0
        break
      case t.RightCurly:
      case t.Return:
      case t.Expect:
      case t.Shared:
      case t.Input:
      case t.Output:
      case t.Block:
      case t.Network:
      case t.From:
        settle()
        break
      case t.For:
      case t.Assign:
        if (depth === 0) settle()
        break
    }
  }
  settle()
}

function resolveElse(
  tokens: readonly t.Token[],
  token: t.Token,
  open: OpenIf[],
  waiting: (OpenIf | undefined)[],
): void {
  const opener = open.at(-1)
  if (waiting.length > 0) waiting.pop()
  else if (opener === undefined) return
  else if (!beginsLine(tokens, opener.index)) {
    open.pop()
    t.retype(opener.token, endsOperand(tokens, opener.index) ? t.IfAfterwards : t.IfExpression)
  }
  t.retype(token, t.ElseExpression)
}

function beginsLine(tokens: readonly t.Token[], index: number): boolean {
  const before = tokens[index - 1]
  return before === undefined || t.line(before) !== t.line(tokens[index] as t.Token)
}

/** No expression continues after a brace, so the `if` there, or after `} else`, begins a statement. */
function followsBrace(tokens: readonly t.Token[], index: number): boolean {
  const before = tokens[index - 1]
  const type = before?.tokenType === t.Else ? tokens[index - 2]?.tokenType : before?.tokenType
  return type === t.LeftCurly || type === t.RightCurly
}

function endsOperand(tokens: readonly t.Token[], index: number): boolean {
  const before = tokens[index - 1]
  return before !== undefined && t.OPERAND_ENDS.has(before.tokenType)
}
