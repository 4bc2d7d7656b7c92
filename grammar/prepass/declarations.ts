import * as t from '../tokens'

/** How far to look for the end of a head. */
const LONGEST_HEAD = 300

/**
 * Puts a keyword of zero width before a head that has lost its own: a name where a declaration would begin, then
 * `{` or parameters and `{`. The parser reports it.
 */
export function completeDeclarations(tokens: t.Token[]): t.Token[] {
  const missing = findHeadsWithoutKeyword(tokens)
  if (missing.length === 0) return tokens
  const out: t.Token[] = []
  let from = 0
  for (const { name, brace } of missing) {
    for (; from < name; from++) out.push(tokens[from] as t.Token)
    out.push(missingKeyword(tokens[name] as t.Token, tokens[brace + 1]))
  }
  for (; from < tokens.length; from++) out.push(tokens[from] as t.Token)
  return out
}

/** The indices of the names and of the braces. */
function findHeadsWithoutKeyword(tokens: readonly t.Token[]): { name: number; brace: number }[] {
  const found: { name: number; brace: number }[] = []
  let depth = 0
  let line = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as t.Token
    const type = token.tokenType
    const beginsLine = t.line(token) !== line
    line = t.line(token)
    if (type === t.LeftCurly) depth++
    else if (type === t.RightCurly) depth = Math.max(0, depth - 1)
    else if (
      beginsLine &&
      type === t.Name &&
      (depth === 0 || t.column(token) === t.column(tokens[0] as t.Token))
    ) {
      const brace = braceOfHead(tokens, i)
      if (brace > 0) found.push({ name: i, brace })
    }
  }
  return found
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
