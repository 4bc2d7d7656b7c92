/**
 * Problems written into the source that has them, as comments with carets under the culprit:
 *
 *     y = image -> conv(8, 7)
 *     #            ^^^^^^^^^^ error[window-exceeds-input]: kernel 7 is larger
 *
 * The text after the colon is a part of the message and may be left out. A range that starts in the first
 * column is written `#<^^^`: it reaches from there to the last caret.
 */
import { lineIndex } from '../../grammar/positions'
import type { Problem } from '../../server/src/model/problem'

const ANNOTATION = /^\s*#(<?)( *)(\^+) ([a-z]+\[[a-z\d-]+\])(?:: (.*))?$/

/** Removes the empty first line and the indentation that all lines share. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const indent = Math.min(...indents)
  return lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n')
}

/** The source without its annotations, as it would be written. */
export function plain(text: string): string {
  return text
    .split('\n')
    .filter((line) => !ANNOTATION.test(line))
    .join('\n')
}

/**
 * The text with annotations for exactly these problems. Where `expected` annotates the same place with a part
 * of the message, that part alone is written, so that both texts are equal when all is as expected.
 */
export function annotate(text: string, problems: readonly Problem[], expected: string): string {
  const lines = text.split('\n')
  const index = lineIndex(text)
  const wanted = annotations(expected)
  const notes = problems.map((problem) => {
    const { line, character: start } = index.position(problem.range.start)
    const stop = index.position(problem.range.end)
    const end = stop.line === line ? stop.character : (lines[line] ?? '').length
    const mark = `${caret(start, Math.max(end, start + 1))} ${problem.severity}[${problem.code}]`
    const part = wanted.find((note) => note.line === line && note.mark === mark && fits(note.part, problem))
    return { line, start, end, text: part ? part.text : `${mark}: ${problem.message}` }
  })
  notes.sort((a, b) => a.start - b.start || a.end - b.end || (a.text < b.text ? -1 : 1))
  return lines
    .flatMap((line, i) => [line, ...notes.filter((note) => note.line === i).map((note) => note.text)])
    .join('\n')
}

function fits(part: string | undefined, problem: Problem): boolean {
  return part === undefined || problem.message.includes(part)
}

function caret(start: number, end: number): string {
  if (start === 0) return `#<${'^'.repeat(Math.max(1, end - 2))}`
  return `#${' '.repeat(start - 1)}${'^'.repeat(end - start)}`
}

/** The text with each annotation's `#` in the first column, wherever it was written. */
export function flush(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const match = ANNOTATION.exec(line)
      if (!match || match[1] === '<') return line.replace(/^\s+(#<\^)/, '$1')
      const [, , , carets = '', code, part] = match
      const start = line.indexOf('^')
      return `${caret(start, start + carets.length)} ${code}${part === undefined ? '' : `: ${part}`}`
    })
    .join('\n')
}

/** The annotations of a text with the line, counted without annotations, under which each stands. */
function annotations(text: string) {
  const found: { line: number; mark: string; part: string | undefined; text: string }[] = []
  let line = -1
  for (const current of text.split('\n')) {
    const match = ANNOTATION.exec(current)
    if (!match) {
      line++
      continue
    }
    const [, column, spaces, carets, code, part] = match
    found.push({ line, mark: `#${column}${spaces}${carets} ${code}`, part, text: current })
  }
  return found
}
