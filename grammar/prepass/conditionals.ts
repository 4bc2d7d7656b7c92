import * as t from '../tokens'

/**
 * The second step of the pre-pass: tells the `if` and `else` of statements from those of expressions, by retyping
 * the latter. An `if` belongs to an expression when it reaches `then`, to a statement when it reaches `{` first.
 * One that reaches neither is a statement when it begins its line.
 */
export function resolveConditionals(tokens: readonly t.Token[]): void {
  /** The `if`s that have met neither `then` nor `{` yet, with the depth of brackets around each. */
  const open: { token: t.Token; index: number; depth: number }[] = []
  /** How many `then`s still wait for their `else`. */
  let thens = 0
  let depth = 0
  const settle = () => {
    for (const { token, index } of open) if (!beginsLine(tokens, index)) t.retype(token, t.IfExpression)
    open.length = 0
    thens = 0
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
        while (open.length > 0 && (open.at(-1)?.depth ?? 0) > depth) {
          t.retype(open.pop()?.token as t.Token, t.IfExpression)
        }
        break
      case t.If:
        if (!followsBrace(tokens, i)) open.push({ token, index: i, depth })
        break
      case t.Then: {
        const conditional = open.pop()
        if (conditional) t.retype(conditional.token, t.IfExpression)
        thens++
        break
      }
      case t.Else:
        if (thens > 0) {
          thens--
          t.retype(token, t.ElseExpression)
        } else if (open.length > 0) {
          const { token: opener, index } = open.pop() as (typeof open)[number]
          t.retype(opener, endsOperand(tokens, index) ? t.IfAfterwards : t.IfExpression)
          t.retype(token, t.ElseExpression)
        }
        break
      case t.LeftCurly:
        open.length = 0
        thens = 0
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

const OPERAND_ENDS = new Set([
  t.Name,
  t.NumberToken,
  t.Size,
  t.StringToken,
  t.True,
  t.False,
  t.None,
  t.RightParen,
  t.RightSquare,
])

function endsOperand(tokens: readonly t.Token[], index: number): boolean {
  const before = tokens[index - 1]
  return before !== undefined && OPERAND_ENDS.has(before.tokenType) && !beginsLine(tokens, index)
}
