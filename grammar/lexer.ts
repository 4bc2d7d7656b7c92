import { Lexer } from 'chevrotain'
import { FOREIGN_OPERATORS, type ForeignOperator } from './foreign'
import { isSmallInteger, readNumber } from './numbers'
import { TokenOutput } from './prepass/output'
import * as t from './tokens'
import type { SyntaxCode, SyntaxProblem } from './tree'

export interface Lexed {
  readonly tokens: t.Token[]
  readonly comments: t.Token[]
  readonly problems: SyntaxProblem[]
}

let lexer: Lexer | undefined

/** Constructed at first use: it costs some milliseconds that a start-up need not pay. */
function theLexer(): Lexer {
  lexer ??= new Lexer(t.LEXED, {
    positionTracking: 'onlyStart',
    skipValidations: true,
    ensureOptimizations: true,
  })
  return lexer
}

/**
 * Cuts a text into tokens. Every character belongs to one, so nothing is ever skipped unseen; what is no part
 * of the language is reported and left out, or read as what it must mean (`&&` as `and`).
 */
export function lex(text: string): Lexed {
  const { tokens: all, groups } = theLexer().tokenize(text)
  const problems: SyntaxProblem[] = []
  const tokens = new TokenOutput(all)
  for (let i = 0; i < all.length; i++) {
    const token = all[i] as t.Token
    const comment = token.tokenType === t.FloorDivide ? foreignComment(all, i) : 0
    if (comment > 0) {
      problems.push(slashes(token, all[comment - 1] as t.Token))
      i = comment - 1
    } else if (token.tokenType === t.ForeignOperator) {
      for (const meant of settleForeignOperator(token, problems)) tokens.push(meant)
    } else if (settle(token, problems)) {
      tokens.push(token)
    }
  }
  return { tokens: tokens.tokens(), comments: groups[t.COMMENTS] ?? [], problems }
}

/** Reads values and replaces what is foreign; false when the token is to be left out. */
function settle(token: t.Token, problems: SyntaxProblem[]): boolean {
  switch (token.tokenType) {
    case t.NumberToken:
      settleNumber(token, problems)
      return true
    case t.StringToken:
      token.payload = unescaped(token, token.image.slice(1, -1), problems)
      return true
    case t.UnclosedString:
      problems.push(
        problem(
          token,
          'unclosed-string',
          'The string is not closed. A string ends on its line; write `"` at its end.',
        ),
      )
      t.retype(token, t.StringToken).payload = unescaped(token, token.image.slice(1), [])
      return true
    case t.ForeignString:
      settleForeignString(token, problems)
      return true
    case t.UnknownCharacter:
      problems.push(problem(token, 'invalid-character', unknownCharacter(token.image)))
      return false
    default:
      return true
  }
}

function problem(token: t.Token, code: SyntaxCode, message: string, replacement?: string): SyntaxProblem {
  const range = { start: t.start(token), end: t.end(token) }
  if (replacement === undefined) return { ...range, code, message }
  const title = replacement === '' ? `Remove \`${token.image}\`` : `Write \`${replacement.trim()}\``
  return { ...range, code, message, fix: { title, edits: [{ ...range, text: replacement }] } }
}

function settleNumber(token: t.Token, problems: SyntaxProblem[]): void {
  // Most numbers; what there is to know of them is read when it is needed.
  if (isSmallInteger(token.image)) return
  const reading = readNumber(token.image)
  if (reading.kind === 'size') t.retype(token, t.Size)
  token.payload = reading
  if (reading.fault) problems.push(problem(token, 'invalid-number', reading.fault))
}

/** Replaces `\"` and `\\`; any other backslash is a problem and stands for itself. */
function unescaped(token: t.Token, inner: string, problems: SyntaxProblem[]): string {
  if (!inner.includes('\\')) return inner
  return inner.replace(/\\([\s\S]?)/g, (pair, character: string, offset: number) => {
    if (character === '"' || character === '\\') return character
    const start = t.start(token) + 1 + offset
    problems.push({
      start,
      end: start + pair.length,
      code: 'syntax-error',
      message: `\`${pair}\` is no escape. A string knows \`\\"\` and \`\\\\\` only; write \`\\\\\` for a backslash.`,
      fix: { title: 'Double the backslash', edits: [{ start, end: start + 1, text: '\\\\' }] },
    })
    return pair
  })
}

function settleForeignString(token: t.Token, problems: SyntaxProblem[]): void {
  const inner = token.image.slice(1, -1).replaceAll("\\'", "'")
  const value = inner.replace(/\\(["\\])/g, '$1')
  const written = `"${value.replace(/["\\]/g, '\\$&')}"`
  const message = `These quotes mean nothing here. Strings stand in straight double quotes; write \`${written}\`.`
  problems.push(problem(token, 'foreign-syntax', message, written))
  t.retype(token, t.StringToken).payload = value
}

/** The tokens that an operator of another language stands for; those after the first have no width. */
function settleForeignOperator(token: t.Token, problems: SyntaxProblem[]): t.Token[] {
  const { types, write, why } = FOREIGN_OPERATORS.get(token.image) as ForeignOperator
  const todo =
    write === undefined
      ? 'write the whole expression after `=`'
      : write === ''
        ? 'leave it out'
        : `write \`${write.trim()}\``
  const message = `\`${token.image}\` is not an operator here. ${why}; ${todo}.`
  problems.push(problem(token, 'foreign-syntax', message, write))
  return types.map((type, i) => (i === 0 ? t.retype(token, type) : t.virtualToken(type, token)))
}

/**
 * The index after a comment that begins with `//`, or 0 when it divides. Two plain words in a row, of which the
 * second is not bound, stand in no correct text.
 */
function foreignComment(all: readonly t.Token[], from: number): number {
  const line = t.line(all[from] as t.Token)
  const isWord = (token: t.Token | undefined) =>
    token?.tokenType === t.Name &&
    t.line(token) === line &&
    !t.RESERVED.has(token.image) &&
    !t.CONTEXTUAL.has(token.image)
  let end = from + 1
  let found = false
  for (; end < all.length && t.line(all[end] as t.Token) === line; end++) {
    const type = all[end]?.tokenType
    if (!found && type === t.FloorDivide) return 0
    const after = all[end + 2]?.tokenType
    const binds = after === t.Assign || after === t.Comma || after === t.ForeignOperator
    if (isWord(all[end]) && isWord(all[end + 1]) && !binds) found = true
  }
  return found ? end : 0
}

function slashes(token: t.Token, last: t.Token): SyntaxProblem {
  const start = t.start(token)
  return {
    start,
    end: t.end(last),
    code: 'foreign-syntax',
    message: '`//` divides and begins no comment. A comment begins with `#`; write that.',
    fix: { title: 'Write `#`', edits: [{ start, end: t.end(token), text: '#' }] },
  }
}

const CHARACTER_HINTS: Record<string, string> = {
  '\\': 'Lines continue by themselves; leave it out.',
  '?': 'A choice between two values is written `if c then a else b`.',
  "'": 'Strings stand in double quotes; write `"` on both sides.',
  '“': 'Strings stand in straight double quotes; write `"` on both sides.',
  '”': 'Strings stand in straight double quotes; write `"` on both sides.',
  '×': 'A size is written with the letter x, as in `3x3`, and a product with `*`.',
  '&': 'Conditions are joined by `and`.',
  '|': 'Conditions are joined by `or`.',
}

function unknownCharacter(character: string): string {
  const code = character.codePointAt(0) as number
  const shown = code < 32 || (code >= 0xd800 && code < 0xe000) || code === 127
  const name = shown
    ? `The character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : `\`${character}\``
  return `${name} means nothing here. ${CHARACTER_HINTS[character] ?? 'The language has no such character; remove it.'}`
}
