/** A comment between two tokens. */
export interface GapComment {
  /** From `#` to the last character that is not white space. */
  readonly text: string
  /** True when nothing but white space stands before it on its line. */
  readonly ownLine: boolean
  readonly blankBefore: boolean
  /** The number of characters between the token before and the comment. */
  readonly space: number
  /** Counted from 0 in the source. */
  readonly column: number
}

/** What stands between two tokens: white space and comments. */
export interface Gap {
  readonly comments: readonly GapComment[]
  readonly newline: boolean
  /** Whether an empty line stands after the last comment, or anywhere if there is none. */
  readonly blankAfter: boolean
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const HASH = 35

const NOTHING: Gap = { comments: [], newline: false, blankAfter: false }

export function scanGap(text: string, start: number, end: number): Gap {
  if (start > 0 && (start === end || (start + 1 === end && text.charAt(start) === ' '))) return NOTHING
  const comments: GapComment[] = []
  let lineEnds = 0
  let seenLineEnd = start === 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) {
      lineEnds++
      seenLineEnd = true
    } else if (code === HASH) {
      const stop = lineEnd(text, at, end)
      comments.push({
        text: text.slice(at, stop).trimEnd(),
        ownLine: seenLineEnd,
        blankBefore: lineEnds > 1,
        space: at - start,
        column: at - lineStart(text, at),
      })
      lineEnds = 0
      at = stop - 1
    }
  }
  return { comments, newline: seenLineEnd, blankAfter: lineEnds > 1 }
}

/** The offset of the line's first character. */
function lineStart(text: string, offset: number): number {
  let at = offset
  while (at > 0 && !isLineEnd(text.charCodeAt(at - 1))) at--
  return at
}

/** The width of the white space at the start of the line. */
export function indentationAt(text: string, offset: number): number {
  const line = lineStart(text, offset)
  const start = text.charAt(line) === '\uFEFF' ? line + 1 : line
  let at = start
  while (at < offset && /[ \t]/.test(text.charAt(at))) at++
  return at - start
}

function lineEnd(text: string, offset: number, limit: number): number {
  let at = offset
  while (at < limit && !isLineEnd(text.charCodeAt(at))) at++
  return at
}

export function isLineEnd(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN
}
