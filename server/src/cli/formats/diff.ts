/** Changes of a text as a unified diff, which `patch` and `git apply` read. */
import { isAbsolute } from 'node:path'
import { printable } from '../printable'
import type { Paint } from '../terminal'

/** How many lines that stay the same are shown around a change. */
const CONTEXT = 3

/** A line of one text or of both. */
interface Line {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

export function unifiedDiff(
  file: string,
  { before, after }: { readonly before: string; readonly after: string },
  paint: Paint,
): string {
  const lines = compare(linesOf(before), linesOf(after))
  // As git writes them, which an absolute path has no place for.
  const [old, now] = isAbsolute(file) ? ['', ''] : ['a/', 'b/']
  const head = [`--- ${old}${printable(file)}\n`, `+++ ${now}${printable(file)}\n`].map((line) =>
    paint('bold', line),
  )
  return [...head, ...hunks(lines).flatMap((hunk) => showHunk(hunk, paint))].join('')
}

/** The lines with their ends; the last one may have none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/**
 * The shortest list of removed and added lines that leads from one text to the other (Myers 1986, the greedy
 * algorithm: for each number of changes, how far each diagonal can be followed).
 */
function compare(a: readonly string[], b: readonly string[]): readonly Line[] {
  const reached: Map<number, number>[] = []
  let furthest = new Map([[1, 0]])
  for (let changes = 0; ; changes++) {
    const next = new Map<number, number>()
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = startOf(furthest, diagonal, changes)
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++
      next.set(diagonal, x)
      if (x >= a.length && x - diagonal >= b.length) return wayBack([...reached, furthest], a, b)
    }
    reached.push(furthest)
    furthest = next
  }
}

/** Where a diagonal is entered: from the one above by an added line, or from the one below by a removed one. */
function startOf(furthest: ReadonlyMap<number, number>, diagonal: number, changes: number): number {
  const removed = furthest.get(diagonal - 1) ?? -1
  const added = furthest.get(diagonal + 1) ?? -1
  return isAdded(removed, added, diagonal, changes) ? added : removed + 1
}

function isAdded(removed: number, added: number, diagonal: number, changes: number): boolean {
  return diagonal === -changes || (diagonal !== changes && removed < added)
}

/** The lines in their order, followed from the end of both texts back to their start. */
function wayBack(
  reached: readonly ReadonlyMap<number, number>[],
  a: readonly string[],
  b: readonly string[],
): readonly Line[] {
  const lines: Line[] = []
  let [x, y] = [a.length, b.length]
  for (let changes = reached.length - 1; changes >= 0; changes--) {
    const furthest = reached[changes] as ReadonlyMap<number, number>
    const diagonal = x - y
    const start = startOf(furthest, diagonal, changes)
    while (x > start && x > 0 && y > 0) {
      lines.push({ mark: ' ', text: a[--x] as string })
      y--
    }
    if (changes === 0) break
    const removed = furthest.get(diagonal - 1) ?? -1
    const added = furthest.get(diagonal + 1) ?? -1
    if (isAdded(removed, added, diagonal, changes)) lines.push({ mark: '+', text: b[--y] as string })
    else lines.push({ mark: '-', text: a[--x] as string })
  }
  return lines.reverse()
}

interface Hunk {
  readonly lines: readonly Line[]
  /** How many lines of both texts stand before it. */
  readonly before: number
  readonly after: number
}

/** The changes with their surroundings; those that are near to each other share them. */
function hunks(lines: readonly Line[]): readonly Hunk[] {
  const changed = lines.flatMap(({ mark }, i) => (mark === ' ' ? [] : [i]))
  const groups: [start: number, end: number][] = []
  for (const i of changed) {
    const last = groups.at(-1)
    if (last !== undefined && i - last[1] <= 2 * CONTEXT) last[1] = i + 1
    else groups.push([i, i + 1])
  }
  return groups.map(([start, end]) => {
    const from = Math.max(0, start - CONTEXT)
    return {
      lines: lines.slice(from, end + CONTEXT),
      before: count(lines.slice(0, from), '+'),
      after: count(lines.slice(0, from), '-'),
    }
  })
}

/** How many lines one text has: all without those of the other. */
function count(lines: readonly Line[], other: Line['mark']): number {
  return lines.filter(({ mark }) => mark !== other).length
}

function showHunk({ lines, before, after }: Hunk, paint: Paint): readonly string[] {
  const range = (start: number, size: number) =>
    `${size === 0 ? start : start + 1}${size === 1 ? '' : `,${size}`}`
  const old = range(before, count(lines, '+'))
  const now = range(after, count(lines, '-'))
  return [paint('cyan', `@@ -${old} +${now} @@\n`), ...lines.map((line) => showLine(line, paint))]
}

function showLine({ mark, text }: Line, paint: Paint): string {
  const whole = `${mark}${text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`}`
  if (mark === ' ') return whole
  return paint(mark === '-' ? 'red' : 'green', whole)
}
