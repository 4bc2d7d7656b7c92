import { memo } from './memo'
import type { Range } from './tree'

/** A place in a text as editors count it: both from 0, columns in UTF-16 units. */
interface Position {
  readonly line: number
  readonly character: number
}

/** Converts between offsets and lines and columns of one text; a conversion costs O(log lines). */
export interface LineIndex {
  readonly lineCount: number
  /** Offsets outside the text are taken as its nearest end. */
  position(offset: number): Position
  /** Positions outside the text are taken as the nearest inside. */
  offset(position: Position): number
  /** The text range of a line without its line end. */
  line(line: number): Range
}

/** Lines end with `\n`, `\r\n` or `\r`, as in the Language Server Protocol. */
export function lineIndex(text: string): LineIndex {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
  const lineRange = (line: number): Range => {
    const start = starts[line] ?? text.length
    let end = line + 1 < starts.length ? (starts[line + 1] as number) : text.length
    while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--
    return { start, end }
  }
  return {
    lineCount: starts.length,
    position(offset) {
      const at = clamp(offset, 0, text.length)
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((starts[middle] as number) <= at) low = middle
        else high = middle - 1
      }
      return { line: low, character: at - (starts[low] as number) }
    },
    offset({ line, character }) {
      if (line < 0) return 0
      if (line >= starts.length) return text.length
      const { start, end } = lineRange(line)
      return clamp(start + character, start, end)
    },
    line: lineRange,
  }
}

/** The lines of a text that is kept as an object, such as a tree; the index is made once for it. */
export const linesOf = memo(({ text }: { readonly text: string }) => lineIndex(text))

/** The number of the line of an offset, from 1. */
export function lineNumber(tree: { readonly text: string }, offset: number): number {
  return linesOf(tree).position(offset).line + 1
}
