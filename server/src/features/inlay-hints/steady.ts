/**
 * While a line is half written, what stands below it may be unknown for a moment. Its hints would go and come
 * back with every other letter; so what they said before is said on until the text is whole again.
 */
import type { Range } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import type { Problem } from '../../model/problem'

/** The last text that was whole, with what was shown at the ends of its lines. */
export interface Remembered {
  readonly text: string
  /** The hints' texts by the offset where they stood. */
  readonly hints: ReadonlyMap<number, string>
}

/** What was shown before, at its places in a text that has been changed since, and the lines that were changed. */
export interface Carried {
  readonly hints: ReadonlyMap<number, string>
  readonly changed: Range
}

/** Moves what is remembered to where it stands in `text`; what stood in changed lines is forgotten. */
export function carry({ text: before, hints }: Remembered, text: string): Carried {
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
  const shift = text.length - before.length
  const changed = wholeLines(text, { start, end: text.length - same })
  const moved = new Map<number, string>()
  for (const [at, hint] of hints) {
    if (at < changed.start) moved.set(at, hint)
    else if (at + shift > changed.end) moved.set(at + shift, hint)
  }
  return { hints: moved, changed }
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
export function isUnfinished({ file, problems }: Analysis, changed: Range): boolean {
  const touches = ({ start, end }: Range) => start <= changed.end && changed.start <= end
  const isOwn = (problem: Problem) => UNFINISHED.has(problem.code) && touches(problem.range)
  return file.problems.some(touches) || problems.some(isOwn)
}
