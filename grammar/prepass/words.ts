import { BINDING_WORDS, DECLARING_WORDS, ELSE_IF_WORDS, FOREIGN_LITERALS } from '../foreign'
import * as t from '../tokens'
import type { SyntaxProblem } from '../tree'

/**
 * The first step of the pre-pass: which words are keywords where they stand. Words of other languages are
 * replaced by what they mean, or left out, and reported.
 */
export function resolveWords(tokens: readonly t.Token[], problems: SyntaxProblem[]): t.Token[] {
  const resolved: t.Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as t.Token
    if (token.tokenType === t.Name) resolveWord(token, i, tokens, resolved, problems)
    else resolved.push(token)
  }
  return resolved
}

function resolveWord(
  token: t.Token,
  i: number,
  tokens: readonly t.Token[],
  resolved: t.Token[],
  problems: SyntaxProblem[],
): void {
  const next = tokens[i + 1]
  const before = resolved.at(-1)
  if (isPlainName(token, before, next)) {
    resolved.push(token)
    return
  }
  const reserved = t.RESERVED.get(token.image)
  if (reserved) {
    resolved.push(t.retype(token, reserved))
    return
  }
  const contextual = t.CONTEXTUAL.get(token.image)
  if (contextual && introduces(token, before, next, resolved.at(-2))) {
    resolved.push(t.retype(token, contextual))
    return
  }
  if (!resolveForeign(token, before, next, tokens[i + 2], resolved, problems)) resolved.push(token)
}

const INTRODUCERS = new Set(t.CONTEXTUAL.values())

/** After `.`, before `=` and right after the keyword that introduces it every word is a name. */
function isPlainName(token: t.Token, before: t.Token | undefined, next: t.Token | undefined): boolean {
  if (next?.tokenType === t.Assign) return true
  if (before === undefined || t.line(before) !== t.line(token)) return false
  return before.tokenType === t.Dot || (INTRODUCERS.has(before.tokenType) && !t.RESERVED.has(token.image))
}

/** Whether the word stands before a name (`from`: a string; `import`: after one) on its own line. */
function introduces(
  token: t.Token,
  before: t.Token | undefined,
  next: t.Token | undefined,
  beforeThat: t.Token | undefined,
): boolean {
  if (token.image === 'import') return before?.tokenType === t.StringToken && beforeThat?.tokenType === t.From
  // No name is followed by a brace, so this is a declaration whose name is not written yet.
  if (next?.tokenType === t.LeftCurly) return token.image === 'block' || token.image === 'network'
  if (next === undefined || t.line(next) !== t.line(token)) return false
  if (token.image === 'from') return next.tokenType === t.StringToken
  return next.tokenType === t.Name && !t.RESERVED.has(next.image)
}

function resolveForeign(
  token: t.Token,
  before: t.Token | undefined,
  next: t.Token | undefined,
  second: t.Token | undefined,
  resolved: t.Token[],
  problems: SyntaxProblem[],
): boolean {
  const word = token.image
  const startsLine = before === undefined || t.line(before) !== t.line(token)
  const sameLine = next !== undefined && t.line(next) === t.line(token)
  const literal = FOREIGN_LITERALS.get(word)
  if (literal) {
    problems.push(foreign(token, literal.LABEL as string, 'Constants are written in lower case'))
    resolved.push(t.retype(token, literal))
    return true
  }
  if (ELSE_IF_WORDS.has(word) && (startsLine || before?.tokenType === t.RightCurly) && sameLine) {
    problems.push(foreign(token, 'else if', 'A further condition is tested by `else if`'))
    resolved.push(...splitElseIf(token))
    return true
  }
  if (!startsLine && before?.tokenType !== t.LeftCurly && before?.tokenType !== t.RightCurly) return false
  if (!sameLine || next.tokenType !== t.Name) return false
  if (BINDING_WORDS.has(word) && (second?.tokenType === t.Assign || second?.tokenType === t.Comma)) {
    problems.push(leftOut(token, next))
    return true
  }
  const declaration = DECLARING_WORDS.get(word)
  const head = second?.tokenType
  if (declaration && (head === t.LeftParen || head === t.LeftCurly || head === t.Colon)) {
    problems.push(foreign(token, declaration.LABEL as string, 'Declarations begin with `block` or `network`'))
    resolved.push(t.retype(token, declaration))
    return true
  }
  return false
}

function foreign(token: t.Token, write: string, why: string): SyntaxProblem {
  const range = { start: t.start(token), end: t.end(token) }
  return {
    ...range,
    code: 'foreign-syntax',
    message: `\`${token.image}\` is not a word of this language. ${why}; write \`${write}\`.`,
    fix: { title: `Write \`${write}\``, edits: [{ ...range, text: write }] },
  }
}

function leftOut(token: t.Token, next: t.Token): SyntaxProblem {
  return {
    start: t.start(token),
    end: t.end(token),
    code: 'foreign-syntax',
    message: `\`${token.image}\` is not needed. A name is bound by \`${next.image} = …\` alone; leave \`${token.image}\` out.`,
    fix: {
      title: `Remove \`${token.image}\``,
      edits: [{ start: t.start(token), end: t.start(next), text: '' }],
    },
  }
}

/** `elif` is read as an `else` and an `if` that share its characters. */
function splitElseIf(token: t.Token): t.Token[] {
  const { image } = token
  const cut = image.length - 2
  return [
    { ...t.retype({ ...token, image: image.slice(0, cut) }, t.Else) },
    {
      ...t.retype({ ...token, image: image.slice(cut) }, t.If),
      startOffset: t.start(token) + cut,
      startColumn: t.column(token) + cut,
    },
  ]
}
