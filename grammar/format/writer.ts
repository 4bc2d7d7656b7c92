import type { Range } from '../tree'
import { type GapComment, isLineEnd } from './gap'

export interface Edit extends Range {
  readonly text: string
}

/**
 * Takes the tokens in their order and the layout between them, and gives the edits that turn the one into the
 * other. Tokens are never rewritten, so an edit touches only what stands between two of them.
 */
export interface Writer {
  /** Where the next character goes, counted from 0. */
  readonly column: number
  /** The indentation of the line that is being written. */
  readonly indent: number
  token(range: Range): void
  literal(text: string): void
  newline(indent: number, blank?: boolean): void
  /** A comment at the end of the line. */
  trailing(comment: GapComment): void
  /** Source text as it is, its lines after the first moved by `shift` columns. */
  verbatim(range: Range, shift: number): void
  finish(): Edit[]
}

/** White space before a trailing comment; its width is known once the comments around it are. */
interface Pad {
  readonly line: number
  readonly codeEnd: number
  readonly sourceColumn: number
  readonly space: number
  width: number
}

interface Between extends Range {
  readonly pieces: readonly (string | Pad)[]
}

export function createWriter(text: string): Writer {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
  const betweens: Between[] = []
  const pads: Pad[] = []
  let pieces: (string | Pad)[] = []
  let sourceEnd = text.startsWith('\uFEFF') ? 1 : 0
  let line = 0
  let column = 0
  let indent = 0

  const token = (range: Range): void => {
    const [only] = pieces
    const unchanged =
      pieces.length === 0
        ? range.start === sourceEnd
        : pieces.length === 1 && only === text.slice(sourceEnd, range.start)
    if (!unchanged) betweens.push({ start: sourceEnd, end: range.start, pieces })
    if (!unchanged || pieces.length > 0) pieces = []
    sourceEnd = range.end
    column += range.end - range.start
  }
  const literal = (piece: string): void => {
    pieces.push(piece)
    column += piece.length
  }
  const newline = (width: number, blank = false): void => {
    pieces.push(blank ? eol + eol : eol, ' '.repeat(width))
    line += blank ? 2 : 1
    column = width
    indent = width
  }
  return {
    get column() {
      return column
    },
    get indent() {
      return indent
    },
    token,
    literal,
    newline,
    trailing(comment) {
      const pad: Pad = {
        line,
        codeEnd: column,
        sourceColumn: comment.column,
        space: Math.max(2, comment.space),
        width: 0,
      }
      pads.push(pad)
      pieces.push(pad, comment.text)
    },
    verbatim(range, shift) {
      let lineBegin = range.start
      for (let at = range.start; at < range.end; at++) {
        if (!isLineEnd(text.charCodeAt(at))) continue
        token({ start: lineBegin, end: at })
        if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at++
        lineBegin = at + 1
        while (text[lineBegin] === ' ' || text[lineBegin] === '\t') lineBegin++
        const empty = isLineEnd(text.charCodeAt(lineBegin))
        const width = Math.max(0, lineBegin - at - 1 + shift)
        pieces.push(eol, shift === 0 || empty ? text.slice(at + 1, lineBegin) : ' '.repeat(width))
        line++
        column = width
        indent = width
      }
      token({ start: lineBegin, end: range.end })
    },
    finish() {
      align(pads)
      betweens.push({ start: sourceEnd, end: text.length, pieces })
      return betweens.flatMap((between) => toEdit(text, between) ?? [])
    },
  }
}

/**
 * Comments at the ends of adjacent lines that stood in one column stand in one column again, as far from the
 * longest line as they were, and at least two spaces.
 */
function align(pads: readonly Pad[]): void {
  for (let first = 0, next = 0; first < pads.length; first = next) {
    const head = pads[first] as Pad
    let end = head.codeEnd
    let space = head.space
    for (next = first + 1; next < pads.length; next++) {
      const pad = pads[next] as Pad
      if (pad.sourceColumn !== head.sourceColumn || pad.line !== head.line + next - first) break
      end = Math.max(end, pad.codeEnd)
      space = Math.min(space, pad.space)
    }
    for (const pad of pads.slice(first, next)) pad.width = end + space - pad.codeEnd
  }
}

function toEdit(text: string, { start, end, pieces }: Between): Edit | undefined {
  const now = pieces.map((piece) => (typeof piece === 'string' ? piece : ' '.repeat(piece.width))).join('')
  const old = text.slice(start, end)
  if (now === old) return undefined
  let before = 0
  while (before < now.length && before < old.length && now[before] === old[before]) before++
  let after = 0
  const limit = Math.min(now.length, old.length) - before
  while (after < limit && now[now.length - 1 - after] === old[old.length - 1 - after]) after++
  // An editor has no position between the two characters of a line end.
  if (before > 0 && old[before - 1] === '\r' && old[before] === '\n') before--
  if (after > 0 && old[old.length - after] === '\n' && old[old.length - after - 1] === '\r') after--
  return { start: start + before, end: end - after, text: now.slice(before, now.length - after) }
}
