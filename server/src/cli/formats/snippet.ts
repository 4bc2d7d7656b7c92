/** A source line with carets under what findings are about. */
import type { Severity } from '../../model/problem'
import type { ReportedProblem } from '../findings'
import { printable } from '../printable'
import type { Paint } from '../terminal'
import { displayWidth } from '../width'
import { SEVERITY_COLOURS } from './severities'

export interface Snippet {
  readonly source: string
  readonly carets: string
  /** How many of the findings it shows: the first ones. */
  readonly count: number
}

/** A character as a terminal shows it, or what stands for several. */
interface Cell {
  /** Where it begins in the line, in UTF-16 units. */
  readonly start: number
  readonly text: string
  readonly width: number
}

const TAB = 4

/**
 * The line of the first finding, as much of it as fits into a width in columns, and carets for all findings that
 * follow on the same line as far as they begin in what is shown.
 */
export function snippet(findings: readonly ReportedProblem[], width: number, paint: Paint): Snippet {
  const [first] = findings as readonly [ReportedProblem, ...ReportedProblem[]]
  const { source } = first
  const from = startOf(source, first.column - 1, width)
  const left = from > 0 ? 1 : 0
  const { cells, end } = cellsOf(source, from, width - left - 1)
  const clipped = end < source.length
  const isShown = ({ file, line, column }: ReportedProblem) =>
    file === first.file && line === first.line && column - 1 >= from && (!clipped || column - 1 < end)
  const after = findings.findIndex((finding, i) => i > 0 && !isShown(finding))
  const shown = findings.slice(0, after < 0 ? findings.length : after)
  return {
    source: (left ? '…' : '') + cells.map(({ text }) => text).join('') + (clipped ? '…' : ''),
    carets: ' '.repeat(left) + caretsUnder(cells, shown, paint),
    count: shown.length,
  }
}

/** Where the part of a line begins that shows a place in it, with more of the line after the place than before. */
function startOf(source: string, place: number, width: number): number {
  if (cellsOf(source, 0, width).end >= source.length) return 0
  if (place < (2 / 3) * width) return 0
  const from = Math.max(0, Math.min(place - Math.floor(width / 3), source.length - width + 2))
  // Not in the middle of a character.
  return /[\uDC00-\uDFFF]/.test(source[from] ?? '') ? from - 1 : from
}

/** As many characters as fit into a width, and where the next one begins. */
function cellsOf(source: string, from: number, width: number): { cells: readonly Cell[]; end: number } {
  const cells: Cell[] = []
  let used = 0
  let start = from
  for (const character of printable(source.slice(from, from + MOST_UNITS * width))) {
    const isTab = source[start] === '\t'
    const columns = isTab ? TAB - (used % TAB) : displayWidth(character)
    if (used + columns > width) break
    cells.push({ start, text: isTab ? ' '.repeat(columns) : character, width: columns })
    used += columns
    start += character.length
  }
  return { cells, end: start }
}

/** How many units a column may hold at most, marks on a letter included: the rest of a line is not looked at. */
const MOST_UNITS = 4

function caretsUnder(cells: readonly Cell[], findings: readonly ReportedProblem[], paint: Paint): string {
  const severities: (Severity | undefined)[] = []
  // Where two meet, the first one is seen.
  for (const finding of findings.toReversed()) {
    const { start, width } = columnsOf(cells, finding)
    for (let column = start; column < start + width; column++) severities[column] = finding.severity
  }
  let carets = ''
  for (let column = 0; column < severities.length; ) {
    const severity = severities[column]
    let end = column + 1
    while (end < severities.length && severities[end] === severity) end++
    const width = end - column
    carets +=
      severity === undefined ? ' '.repeat(width) : paint(SEVERITY_COLOURS[severity], '^'.repeat(width))
    column = end
  }
  return carets
}

/** The columns that the range of a finding takes, one at least: something may be missing there. */
function columnsOf(
  cells: readonly Cell[],
  { line, column, endLine, endColumn }: ReportedProblem,
): { start: number; width: number } {
  const end = endLine === line ? endColumn - 1 : Number.POSITIVE_INFINITY
  let before = 0
  let width = 0
  for (const cell of cells) {
    if (cell.start < column - 1) before += cell.width
    else if (cell.start < end) width += cell.width
  }
  return { start: before, width: Math.max(1, width) }
}
