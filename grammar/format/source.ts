import { lex } from '../lexer'
import { end, start } from '../tokens'
import type { Range } from '../tree'
import { type Gap, scanGap } from './gap'

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
    indexAt(offset) {
      let low = 0
      let high = tokens.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((tokens[middle] as Range).start < offset) low = middle + 1
        else high = middle
      }
      return low
    },
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
  const known = new Set(tokens.map((token) => token.start))
  const inside = (range: Range) => tokens.some((token) => token.start < range.end && range.start < token.end)
  const unknown = lexed.problems.filter((problem) => !known.has(problem.start) && !inside(problem))
  if (unknown.length === 0) return tokens
  return [...tokens, ...unknown.map(({ start, end }) => ({ start, end }))].sort((a, b) => a.start - b.start)
}
