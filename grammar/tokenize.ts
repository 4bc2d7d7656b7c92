import type { TokenType } from 'chevrotain'
import { lex } from './lexer'
import { resolveWords } from './prepass/words'
import * as t from './tokens'
import type { Range } from './tree'

type TokenKind =
  | 'name'
  | 'keyword'
  | 'constant'
  | 'number'
  | 'size'
  | 'string'
  | 'operator'
  | 'punctuation'
  | 'comment'

/** A token as editors see it. What the language does not know is left out. */
export interface SyntaxToken extends Range {
  readonly kind: TokenKind
  readonly text: string
}

const kinds = (kind: TokenKind, types: Iterable<TokenType>): [TokenType, TokenKind][] =>
  Array.from(types, (type) => [type, kind])

const KINDS: ReadonlyMap<TokenType, TokenKind> = new Map([
  ...kinds('punctuation', [
    t.LeftParen,
    t.RightParen,
    t.LeftSquare,
    t.RightSquare,
    t.LeftCurly,
    t.RightCurly,
    t.Comma,
    t.Dot,
    t.Colon,
  ]),
  ...kinds('keyword', [...t.RESERVED.values(), ...t.CONTEXTUAL.values()]),
  ...kinds('constant', [t.True, t.False, t.None]),
  ...kinds('name', [t.Name]),
  ...kinds('number', [t.NumberToken]),
  ...kinds('size', [t.Size]),
  ...kinds('string', [t.StringToken]),
])

/**
 * All tokens of a text with its comments, in order. Words are keywords only where the grammar takes them as
 * such; `true`, `false` and `none` are constants.
 */
export function tokenize(text: string): SyntaxToken[] {
  const { tokens, comments } = lex(text)
  const resolved = resolveWords(tokens, [])
  const all = resolved.map((token) => syntaxToken(token, KINDS.get(token.tokenType) ?? 'operator'))
  return [...all, ...comments.map((token) => syntaxToken(token, 'comment'))].sort((a, b) => a.start - b.start)
}

const syntaxToken = (token: t.Token, kind: TokenKind): SyntaxToken => ({
  kind,
  start: t.start(token),
  end: t.end(token),
  text: token.image,
})
