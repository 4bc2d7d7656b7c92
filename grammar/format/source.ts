import { lex } from '../lexer'
import { end, start } from '../tokens'
import type { Range } from '../tree'
import { type Gap, scanGap } from './gap'
import { firstNotBefore } from './search'

/** A text cut into tokens, and what stands between them. */
export interface Source {
  readonly text: string
  /** Characters that mean nothing are tokens too, so that between tokens stand only white space and comments. */
  readonly tokens: readonly Range[]
  /** What stands before token `index`; before the one after the last: the rest of the text. */
  gap(index: number): Gap
  /** The index of the first token that starts at or after an offset. */
  indexAt(offset: number): number
  /** Whether a token reads as `text`. */
  reads(index: number, text: string): boolean
}

export function readSource(text: string): Source {
  const tokens = cut(text)
  return {
    text,
    tokens,
    gap: (index) => scanGap(text, tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? text.length),
    indexAt: (offset) => firstNotBefore(tokens.length, (index) => (tokens[index] as Range).start < offset),
    reads(index, expected) {
      const token = tokens[index]
      return (
        token !== undefined &&
        text.startsWith(expected, token.start) &&
        token.end - token.start === expected.length
      )
    },
  }
}

function cut(text: string): Range[] {
  const lexed = lex(text)
  const tokens: Range[] = lexed.tokens.map((token) => ({ start: start(token), end: end(token) }))
  if (lexed.problems.length === 0) return tokens
  const isToken = ({ start, end }: Range): boolean => {
    const next = firstNotBefore(tokens.length, (index) => (tokens[index] as Range).end <= start)
    return next < tokens.length && (tokens[next] as Range).start < end
  }
  const unknown = lexed.problems.filter((problem) => !isToken(problem))
  return [...tokens, ...unknown.map(({ start, end }) => ({ start, end }))].sort((a, b) => a.start - b.start)
}
