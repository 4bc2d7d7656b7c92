import type { Range } from '../tree'
import type { GapComment } from './gap'
import { type Break, createGroup, type Group, type GroupStyle, type Part } from './layout'
import type { Source } from './source'

/**
 * Collects a run of tokens, in order, into groups. What does not find the token it needs fails for good: then
 * the text is not what the tree says, and it is left as it is.
 */
export interface Builder {
  /** The token that comes next, which must read as `expected`, or stand exactly in the range. */
  take(expected: string | Range): void
  /** Whether the token that comes next reads as `text`. */
  sees(text: string): boolean
  /** No break: a space, or nothing. */
  glue(flat: '' | ' '): void
  /** A place where the group may be broken; `author` says whether the source has a line end here. */
  line(flat: '' | ' ', author?: boolean): void
  /** The place before a closing bracket; `commas` says whether a comma stands there when it is broken. */
  close(commas: boolean): void
  /** Whether the source has a line end before the token `ahead` places on. */
  newlineBefore(ahead: number): boolean
  group(style: GroupStyle, build: () => void, keep?: boolean): void
  fail(): void
  /** What was collected, if nothing failed and no token is left over. */
  finish(): Group | undefined
}

/** Deeper nesting is left as it is; it would exhaust the stack. */
const MAX_DEPTH = 500

export function createBuilder(source: Source, first: number, last: number): Builder {
  let next = first
  let parts: Part[] = []
  let failed = false
  let depth = 0
  /** Comments before a comma move behind it. */
  let held: readonly GapComment[] = []
  /** Whether the gap before the next token has been taken care of. */
  let gapDone = true

  const push = (at: Break['at'], flat: '' | ' ', author?: boolean, comma = false): void => {
    if (next >= last) {
      failed = true
      return
    }
    const gap = source.gap(next)
    const comments = held.length === 0 ? gap.comments : [...held, ...gap.comments]
    held = []
    gapDone = true
    if (at === 'never' && flat === '' && comments.length === 0) return
    parts.push({ kind: 'break', at, flat, comments, author: author ?? gap.newline, comma })
  }
  const sees = (text: string): boolean => next < last && source.reads(next, text)
  const hold = (): void => {
    held = [...held, ...source.gap(next).comments]
    gapDone = true
  }
  return {
    take(expected) {
      const token = source.tokens[next]
      const found =
        next < last &&
        token !== undefined &&
        (typeof expected === 'string'
          ? source.reads(next, expected)
          : token.start === expected.start && token.end === expected.end)
      if (!found) {
        failed = true
        return
      }
      if (!gapDone && expected === ',') hold()
      if (!gapDone) push('never', '')
      parts.push(token)
      next++
      gapDone = false
    },
    sees,
    glue: (flat) => push('never', flat),
    line: (flat, author) => push('inside', flat, author),
    close(commas) {
      if (commas && sees(',')) {
        hold()
        next++
      }
      push('close', '', undefined, commas)
    },
    newlineBefore: (ahead) => source.gap(next + ahead).newline,
    group(style, build, keep) {
      if (failed || depth >= MAX_DEPTH) {
        failed = true
        return
      }
      const outer = parts
      parts = []
      depth++
      build()
      depth--
      outer.push(createGroup(style, parts, keep))
      parts = outer
    },
    fail() {
      failed = true
    },
    finish: () => (failed || next !== last || held.length > 0 ? undefined : createGroup('plain', parts)),
  }
}
