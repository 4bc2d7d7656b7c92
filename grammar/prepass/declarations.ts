import * as t from '../tokens'

/** How far to look for the end of a head. */
const LONGEST_HEAD = 300

/**
 * Puts a keyword of zero width before a head that has lost its own: a name where a declaration would begin, then
 * `{` or parameters and `{`. The parser reports it.
 */
export function completeDeclarations(tokens: readonly t.Token[]): t.Token[] {
  const [first] = tokens
  if (first === undefined) return []
  const out: t.Token[] = []
  let depth = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as t.Token
    const before = tokens[i - 1]
    const beginsLine = before === undefined || t.line(before) !== t.line(token)
    if (token.tokenType === t.LeftCurly) depth++
    else if (token.tokenType === t.RightCurly) depth = Math.max(0, depth - 1)
    const isOutside = depth === 0 || t.column(token) === t.column(first)
    if (token.tokenType === t.Name && beginsLine && isOutside) {
      const brace = braceOfHead(tokens, i)
      if (brace > 0) out.push(missingKeyword(token, tokens[brace + 1]))
    }
    out.push(token)
  }
  return out
}

/** The index of the `{` when the name at `i` is followed by it or by parameters and it, otherwise 0. */
function braceOfHead(tokens: readonly t.Token[], i: number): number {
  let depth = 0
  for (let j = i + 1; j < Math.min(tokens.length, i + LONGEST_HEAD); j++) {
    const type = (tokens[j] as t.Token).tokenType
    if (type === t.LeftParen) depth++
    else if (type === t.RightParen) depth--
    else if (type === t.LeftCurly) return depth === 0 ? j : 0
    else if (type === t.RightCurly || depth === 0) return 0
  }
  return 0
}

/** A body that begins with an input belongs to a network. */
function missingKeyword(name: t.Token, firstOfBody: t.Token | undefined): t.Token {
  const type = firstOfBody?.tokenType === t.Input ? t.Network : t.Block
  return {
    ...t.virtualToken(type, undefined),
    startOffset: t.start(name),
    startLine: t.line(name),
    startColumn: t.column(name),
  }
}
