/** Changes of a text as a unified diff, which `patch` and `git apply` read. */
import { isAbsolute } from 'node:path'
import { printable, printableText } from '../printable'
import type { Paint } from '../terminal'
import { compareLines, type Line } from './compare-lines'

/** How many lines that stay the same are shown around a change. */
const CONTEXT = 3

/**
 * The changes of a file. A terminal or a build server may read it: characters that they obey are visible in it
 * instead, and a program finds no such line in the file, so that it refuses what holds one.
 */
export function unifiedDiff(
  file: string,
  { before, after }: { readonly before: string; readonly after: string },
  paint: Paint,
): string {
  const lines = compareLines(linesOf(before), linesOf(after))
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
  let [at, before, after] = [0, 0, 0]
  return groups.map(([start, end]) => {
    const from = Math.max(0, start - CONTEXT)
    for (; at < from; at++) {
      if (lines[at]?.mark !== '+') before++
      if (lines[at]?.mark !== '-') after++
    }
    return { lines: lines.slice(from, end + CONTEXT), before, after }
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
  const shown = printableText(text)
  const whole = `${mark}${shown.endsWith('\n') ? shown : `${shown}\n\\ No newline at end of file\n`}`
  if (mark === ' ') return whole
  return paint(mark === '-' ? 'red' : 'green', whole)
}
