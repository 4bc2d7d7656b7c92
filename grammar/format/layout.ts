import type { Range } from '../tree'
import type { GapComment } from './gap'
import type { Writer } from './writer'

/** The longest line; comments at its end are not counted. */
export const MAX_WIDTH = 100
export const INDENT = 2

/**
 * What a statement is made of: tokens, the breaks between them, and groups.
 * A group that fits stands on one line; otherwise all its breaks become line ends, or those that the author
 * made if every line then fits.
 */
export type Part = Range | Break | Group

export interface Break {
  readonly kind: 'break'
  readonly flat: '' | ' '
  /** `never` becomes a line end only for a comment's sake; `close` stands before a closing bracket. */
  readonly at: 'never' | 'inside' | 'close'
  readonly comments: readonly GapComment[]
  /** Whether the source has a line end here. */
  readonly author: boolean
  /** Written where the line ends, for a trailing comma. */
  readonly comma?: boolean
}

export interface Group {
  readonly kind: 'group'
  readonly style: GroupStyle
  readonly parts: readonly Part[]
  /** The length on one line; infinite when it must have several. */
  readonly width: number
}

/** `flow`: stages; `args`: a call's arguments or parameters; `list`: a list literal; `plain`: all else. */
export type GroupStyle = 'flow' | 'args' | 'list' | 'plain'

const isGroup = (part: Part): part is Group => 'kind' in part && part.kind === 'group'
const isBreak = (part: Part): part is Break => 'kind' in part && part.kind === 'break'

function widthOf(part: Part): number {
  if (isGroup(part)) return part.width
  if (isBreak(part)) return part.comments.length > 0 ? Number.POSITIVE_INFINITY : part.flat.length
  return part.end - part.start
}

export function createGroup(style: GroupStyle, parts: readonly Part[], keep = false): Group {
  const forced = keep && parts.some((part) => isBreak(part) && part.author && part.at === 'inside')
  const width = forced ? Number.POSITIVE_INFINITY : parts.reduce((sum, part) => sum + widthOf(part), 0)
  return { kind: 'group', style, parts, width }
}

/**
 * Writes a group.
 * @param rest the length of what must follow on the group's last line
 * @param step how far the continued lines of what stands in no brackets are indented
 */
export function writeGroup(writer: Writer, group: Group, rest: number, step = INDENT): void {
  if (writer.column + group.width + rest <= MAX_WIDTH) writeFlat(writer, group.parts)
  else if (keepsAuthorBreaks(writer, group, rest, step)) writeBroken(writer, group, rest, step, byAuthor)
  else if (!writeHugged(writer, group, rest, step)) writeBroken(writer, group, rest, step, everywhere)
}

type Breaks = (part: Break) => boolean

const everywhere: Breaks = (part) => part.comments.length > 0 || part.at !== 'never'
const byAuthor: Breaks = (part) => everywhere(part) && (part.at !== 'inside' || part.author)

export function writeFlat(writer: Writer, parts: readonly Part[]): void {
  for (const part of parts) {
    if (isGroup(part)) writeFlat(writer, part.parts)
    else if (!isBreak(part)) writer.token(part)
    else if (part.flat !== '') writer.literal(part.flat)
  }
}

function writeBroken(writer: Writer, group: Group, rest: number, step: number, breaks: Breaks): void {
  const base = writer.indent
  const inner = stepInside(group, step)
  group.parts.forEach((part, index) => {
    if (isGroup(part)) {
      writeGroup(writer, part, widthAfter(group.parts, index + 1, breaks, rest), inner)
    } else if (!isBreak(part)) {
      writer.token(part)
    } else if (breaks(part)) {
      if (part.comma) writer.literal(',')
      writeComments(writer, part.comments, base + inner)
      writer.newline(part.at === 'close' ? base : base + inner)
    } else if (part.flat !== '') {
      writer.literal(part.flat)
    }
  })
}

function stepInside(group: Group, step: number): number {
  return group.parts.some((part) => isBreak(part) && part.at === 'close') ? INDENT : step
}

/** The first comment ends the line when it did so before; the others have lines of their own. */
function writeComments(writer: Writer, comments: readonly GapComment[], indent: number): void {
  comments.forEach((comment, index) => {
    if (index === 0 && !comment.ownLine) {
      writer.trailing(comment)
    } else {
      writer.newline(indent)
      writer.literal(comment.text)
    }
  })
}

/** The length of what follows on the same line; the count ends when it is clear that nothing fits. */
function widthAfter(parts: readonly Part[], from: number, breaks: Breaks, rest: number): number {
  let width = 0
  for (let index = from; index < parts.length && width <= MAX_WIDTH; index++) {
    const part = parts[index] as Part
    if (isBreak(part) && breaks(part)) return width + (part.comma ? 1 : 0)
    // Of a group that must be broken at least the bracket that opens it stays on the line.
    width += isGroup(part) && part.width === Number.POSITIVE_INFINITY ? 1 : widthOf(part)
  }
  return width + rest
}

/** Whether the author broke this group into lines, and each of them is short enough. */
function keepsAuthorBreaks(writer: Writer, group: Group, rest: number, step: number): boolean {
  if (group.style === 'plain') return false
  const inside = group.parts.filter((part) => isBreak(part) && part.at === 'inside') as Break[]
  // In brackets the author's lines count when the opening bracket ends its line.
  if (group.style === 'flow' ? !inside.some((part) => part.author) : !inside[0]?.author) return false
  const indent = writer.indent + stepInside(group, step)
  let column = writer.column
  for (const part of group.parts) {
    if (isBreak(part) && byAuthor(part)) {
      if (column + (part.comma ? 1 : 0) > MAX_WIDTH) return false
      column = part.at === 'close' ? writer.indent : indent
    } else {
      column += widthOf(part)
    }
  }
  return column + rest <= MAX_WIDTH
}

/**
 * When a call's last argument is a list and all that stands before its items fits, the list alone is broken:
 * `conv(16, 5, connections=[` … `])`.
 */
function writeHugged(writer: Writer, group: Group, rest: number, step: number): boolean {
  if (group.style !== 'args') return false
  const [list, close, bracket] = group.parts.slice(-3)
  if (!list || !isGroup(list) || list.style !== 'list' || list.parts.length < 4) return false
  if (!close || widthOf(close) > 0 || !bracket) return false
  const before = group.parts.slice(0, -3)
  const width = before.reduce((sum, part) => sum + widthOf(part), 0)
  if (writer.column + width + 1 > MAX_WIDTH) return false
  writeFlat(writer, before)
  const kept = keepsAuthorBreaks(writer, list, rest + 1, step)
  writeBroken(writer, list, rest + 1, step, kept ? byAuthor : everywhere)
  writeFlat(writer, [bracket])
  return true
}
