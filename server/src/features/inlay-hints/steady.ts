/**
 * While a line is half written, what stands below it may be unknown for a moment. Its hints would go and come
 * back with every other letter; so what they said before is said on until the text is whole again.
 */
import type { Range } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import type { Problem } from '../../model/problem'

/** A text with what was shown at the ends of its lines: the last one that was whole. */
export interface Remembered extends Shown {
  /** The last text of all. What is written next on another line is compared with it. */
  readonly latest?: Shown
}

interface Shown {
  readonly text: string
  /** The hints' texts by the offset where they stood. */
  readonly hints: ReadonlyMap<number, string>
}

/** What was shown before, at its places in a text that has been changed since, and the lines that were changed. */
export interface Carried {
  readonly hints: ReadonlyMap<number, string>
  readonly changed: Range
  readonly from: Shown
}

/**
 * What is said on while a line is half written: what the text before this line was begun had shown. Nothing where more
 * than one line of that text has changed, for what was shown may then have been wrong for long.
 */
export function carriedInto({ file, problems }: Analysis, before: Remembered, edited: Range | undefined) {
  for (const shown of [before, before.latest]) {
    const carried = shown && carry(shown, file.text)
    if (carried === undefined) continue
    const { changed } = carried
    const written = edited ?? changed
    const isWritten = changed.start <= written.end && written.start <= changed.end
    if (isWritten && isUnfinished({ file, problems }, written)) return carried
  }
  return undefined
}

/** Moves what is remembered to where it stands in `text`; undefined where several lines of it have changed. */
function carry(from: Shown, text: string): Carried | undefined {
  const { text: before, hints } = from
  const shorter = Math.min(before.length, text.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === text.charCodeAt(start)) start++
  let same = 0
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === text.charCodeAt(text.length - 1 - same)
  ) {
    same++
  }
  if (/[\n\r]/.test(before.slice(start, before.length - same))) return undefined
  const shift = text.length - before.length
  const changed = wholeLines(text, { start, end: text.length - same })
  const moved = new Map<number, string>()
  for (const [at, hint] of hints) {
    if (at < changed.start) moved.set(at, hint)
    else if (at + shift > changed.end) moved.set(at + shift, hint)
  }
  return { hints: moved, changed, from }
}

function wholeLines(text: string, { start, end }: Range): Range {
  const next = text.indexOf('\n', end)
  return {
    start: start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1,
    end: next < 0 ? text.length : next,
  }
}

/** Problems that a text has for the moment while it is being written, besides those of its syntax. */
const UNFINISHED: ReadonlySet<string> = new Set([
  'unknown-layer',
  'unknown-name',
  'unknown-option',
  'unknown-attribute',
  'name-not-bound',
  'missing-option',
  'missing-tensor',
])

/** Whether a changed part of the text is not written to its end, judged by its problems. */
function isUnfinished({ file, problems }: Pick<Analysis, 'file' | 'problems'>, changed: Range): boolean {
  const touches = ({ start, end }: Range) => start <= changed.end && changed.start <= end
  const isOwn = (problem: Problem) => UNFINISHED.has(problem.code) && touches(problem.range)
  return file.problems.some(touches) || problems.some(isOwn)
}
