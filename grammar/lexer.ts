import { Lexer } from 'chevrotain'
import { FOREIGN_OPERATORS } from './foreign'
import { readNumber } from './numbers'
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
  const tokens = all.filter((token) => settle(token, problems))
  return { tokens, comments: groups[t.COMMENTS] ?? [], problems }
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
    case t.ForeignOperator:
      return settleForeignOperator(token, problems)
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
  const why = 'Strings stand in double quotes'
  problems.push(
    problem(
      token,
      'foreign-syntax',
      `Single quotes mean nothing here. ${why}; write \`${written}\`.`,
      written,
    ),
  )
  t.retype(token, t.StringToken).payload = value
}

function settleForeignOperator(token: t.Token, problems: SyntaxProblem[]): boolean {
  const foreign = FOREIGN_OPERATORS.get(token.image)
  const what = `\`${token.image}\` is not an operator here. ${foreign?.why}`
  const todo =
    foreign?.write === undefined
      ? 'write the whole expression after `=`'
      : foreign.write === ''
        ? 'leave it out'
        : `write \`${foreign.write.trim()}\``
  problems.push(problem(token, 'foreign-syntax', `${what}; ${todo}.`, foreign?.write))
  if (!foreign?.type) return false
  t.retype(token, foreign.type)
  return true
}

const CHARACTER_HINTS: Record<string, string> = {
  '\\': 'Lines continue by themselves; leave it out.',
  '?': 'A choice between two values is written `if c then a else b`.',
  "'": 'Strings stand in double quotes; write `"` on both sides.',
  '“': 'Strings stand in straight double quotes; write `"`.',
  '”': 'Strings stand in straight double quotes; write `"`.',
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
