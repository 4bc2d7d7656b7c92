import { BINDING_WORDS, DECLARING_WORDS, ELSE_IF_WORDS, FOREIGN_LITERALS } from '../foreign'
import * as t from '../tokens'
import type { SyntaxProblem } from '../tree'
import { TokenOutput } from './output'

/** A word with its neighbours; those before it are resolved already. */
interface WordPlace {
  readonly token: t.Token
  readonly previous: t.Token | undefined
  readonly beforePrevious: t.Token | undefined
  readonly next: t.Token | undefined
  readonly afterNext: t.Token | undefined
  /** Whether the word is the first of its line. */
  readonly beginsLine: boolean
  /** Whether all braces before it are closed. */
  readonly outside: boolean
}

/**
 * The first step of the pre-pass: which words are keywords where they stand. Words of other languages are
 * replaced by what they mean, or left out, and reported.
 */
export function resolveWords(tokens: t.Token[], problems: SyntaxProblem[]): t.Token[] {
  const resolved = new TokenOutput(tokens)
  let depth = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as t.Token
    if (token.tokenType === t.LeftCurly) depth++
    else if (token.tokenType === t.RightCurly) depth = Math.max(0, depth - 1)
    if (token.tokenType !== t.Name || !MEANINGFUL.has(token.image)) {
      resolved.push(token)
      continue
    }
    const previous = resolved.last()
    resolveWord(
      {
        token,
        previous,
        beforePrevious: resolved.last(2),
        next: tokens[i + 1],
        afterNext: tokens[i + 2],
        beginsLine: previous === undefined || t.line(previous) !== t.line(token),
        outside: depth === 0,
      },
      resolved,
      problems,
    )
  }
  return resolved.tokens()
}

/** All words that may be something else than names. */
const MEANINGFUL: ReadonlySet<string> = new Set([
  ...t.RESERVED.keys(),
  ...t.CONTEXTUAL.keys(),
  ...FOREIGN_LITERALS.keys(),
  ...ELSE_IF_WORDS,
  ...BINDING_WORDS,
  ...DECLARING_WORDS.keys(),
])

function resolveWord(place: WordPlace, resolved: TokenOutput, problems: SyntaxProblem[]): void {
  const { token } = place
  if (isPlainName(place)) {
    resolved.push(token)
    return
  }
  const reserved = t.RESERVED.get(token.image)
  if (reserved) {
    resolved.push(t.retype(token, reserved))
    return
  }
  const contextual = t.CONTEXTUAL.get(token.image)
  if (contextual && introduces(place)) {
    resolved.push(t.retype(token, contextual))
    return
  }
  const meant = (contextual ? undefined : readForeign(place, problems)) ?? [token]
  for (const each of meant) resolved.push(each)
}

const INTRODUCERS = new t.TypeSet(t.CONTEXTUAL.values())

/** After `.`, before `=` and right after the keyword that introduces it every word is a name. */
function isPlainName({ token, previous, next, beginsLine }: WordPlace): boolean {
  if (next?.tokenType === t.Assign) return true
  if (previous === undefined || beginsLine) return false
  return previous.tokenType === t.Dot || (INTRODUCERS.has(previous.tokenType) && !t.RESERVED.has(token.image))
}

/** Whether the word stands before a name (`from`: a string; `import`: after one) on its own line. */
function introduces(place: WordPlace): boolean {
  const { token, previous, beforePrevious, next } = place
  if (token.image === 'import') {
    return previous?.tokenType === t.StringToken && beforePrevious?.tokenType === t.From
  }
  if ((token.image === 'block' || token.image === 'network') && beginsDeclaration(place)) return true
  if (next === undefined || t.line(next) !== t.line(token)) return false
  if (token.image === 'from') return next.tokenType === t.StringToken
  return next.tokenType === t.Name && !t.RESERVED.has(next.image)
}

/**
 * Whether a `block` or `network` whose name is not written yet declares one all the same: no name is followed by
 * a brace, and outside all bodies no other line begins with these words, unless an expression goes on there.
 */
function beginsDeclaration({ previous, next, beginsLine, outside }: WordPlace): boolean {
  if (next?.tokenType === t.LeftCurly) return true
  return outside && beginsLine && !(previous && EXPECTING_OPERAND.has(previous.tokenType))
}

const EXPECTING_OPERAND = new t.TypeSet([
  t.Assign,
  t.Arrow,
  t.Comma,
  t.LeftParen,
  t.LeftSquare,
  t.Then,
  t.Else,
  t.If,
  t.In,
  t.As,
  t.Not,
  ...t.INFIX_OPERATORS,
])

/** What a word of another language means, reported; nothing when the word is a name like any other. */
function readForeign(place: WordPlace, problems: SyntaxProblem[]): t.Token[] | undefined {
  const { token, previous, next, afterNext, beginsLine } = place
  const word = token.image
  const sameLine = next !== undefined && t.line(next) === t.line(token)
  const literal = FOREIGN_LITERALS.get(word)
  if (literal) {
    problems.push(foreign(token, literal.LABEL as string, 'Constants are written in lower case'))
    return [t.retype(token, literal)]
  }
  if (ELSE_IF_WORDS.has(word) && (beginsLine || previous?.tokenType === t.RightCurly) && sameLine) {
    problems.push(foreign(token, 'else if', 'A further condition is tested by `else if`'))
    return splitElseIf(token)
  }
  if (!beginsLine && previous?.tokenType !== t.LeftCurly && previous?.tokenType !== t.RightCurly)
    return undefined
  if (!sameLine || next.tokenType !== t.Name) return undefined
  const following = afterNext?.tokenType
  if (BINDING_WORDS.has(word) && (following === t.Assign || following === t.Comma)) {
    problems.push(leftOut(token, next))
    return []
  }
  const declaration = DECLARING_WORDS.get(word)
  if (declaration && (following === t.LeftParen || following === t.LeftCurly || following === t.Colon)) {
    problems.push(foreign(token, declaration.LABEL as string, 'Declarations begin with `block` or `network`'))
    return [t.retype(token, declaration)]
  }
  return undefined
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
    t.retype({ ...token, image: image.slice(0, cut) }, t.Else),
    {
      ...t.retype({ ...token, image: image.slice(cut) }, t.If),
      startOffset: t.start(token) + cut,
      startColumn: t.column(token) + cut,
    },
  ]
}
