import type { Range } from '../tree'
import type { Faults } from './faults'
import { indentationAt } from './gap'
import { INDENT } from './layout'
import type { Source } from './source'
import type { Writer } from './writer'

/** What the writing of a file has at hand. */
export interface Context {
  readonly source: Source
  readonly faults: Faults
  readonly writer: Writer
  readonly units: Range[]
}

/** From the token `first` to the one before `last`. */
export function extent({ tokens }: Source, first: number, last: number): Range {
  return { start: (tokens[first] as Range).start, end: (tokens[last - 1] as Range).end }
}

/** Records a statement, head or closing brace with what stands before it. */
export function note({ source: { text, tokens }, units }: Context, first: number, last: number): void {
  units.push({ start: tokens[first - 1]?.end ?? 0, end: tokens[last - 1]?.end ?? text.length })
}

export type GapPlace = 'start' | 'between' | 'declarations' | 'end'

/**
 * Writes what stands before the statement or brace that begins with token `index`: the comments, at most one
 * empty line in a row, the indentation. Between declarations stands always one.
 */
export function separate({ source, writer }: Context, index: number, indent: number, place: GapPlace): void {
  const gap = source.gap(index)
  const closing = place === 'end' && index < source.tokens.length
  let needsBlank =
    place === 'declarations' && !gap.blankAfter && !gap.comments.some((comment) => comment.blankBefore)
  let atStart = place === 'start' || index === 0
  for (const [position, comment] of gap.comments.entries()) {
    if (position === 0 && !comment.ownLine) {
      writer.trailing(comment)
      continue
    }
    if (index > 0 || position > 0)
      writer.newline(closing ? indent + INDENT : indent, needsBlank || (comment.blankBefore && !atStart))
    writer.literal(comment.text)
    needsBlank = false
    atStart = false
  }
  if (index === 0 && gap.comments.length === 0) writer.literal(' '.repeat(indent))
  else writer.newline(indent, needsBlank || (gap.blankAfter && !atStart && place !== 'end'))
}

/** What stands before token `index`, unchanged. */
export function writeGapAsItIs({ source: { tokens }, writer }: Context, index: number): void {
  writer.verbatim({ start: (tokens[index - 1] as Range).end, end: (tokens[index] as Range).start }, 0)
}

/** Tokens with what stands between them, as they are; unless `exact`, moved to where their line now starts. */
export function writeVerbatim(context: Context, first: number, last: number, exact: boolean): void {
  const { source, writer } = context
  const range = extent(source, first, last)
  writer.verbatim(range, exact ? 0 : writer.indent - indentationAt(source.text, range.start))
  note(context, first, last)
}
