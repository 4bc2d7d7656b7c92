import { linesOf } from '../../../grammar/positions'
import type { Range } from '../../../grammar/tree'
import type { FixClass, Problem, Severity } from '../model/problem'
import type { Words } from '../model/words'

/** A range as the command line reports it: all from 1, columns in UTF-16 units, the end exclusive. */
export interface Location {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** A problem with everything that printing it needs, so that the analysis need not be kept. */
export interface ReportedProblem extends Location {
  readonly file: string
  readonly severity: Severity
  readonly code: string
  readonly message: string
  /** The parts of the message; a fault of the text has none. */
  readonly words?: Words
  /** The text of the first line. */
  readonly source: string
  /** By which option the first of its fixes is applied; `open` where proving it would take too long. */
  readonly fixedBy?: FixOption | 'open'
  /** The fixes that are proven, where they were looked for. */
  readonly fixes?: readonly ReportedFix[]
  readonly related: readonly (Location & { readonly file: string; readonly message: string })[]
}

export type FixOption = '--fix' | '--fix --unsafe-fixes'

/** A proven fix. All its edits are made at once, in places of the text as it is; none overlaps another. */
export interface ReportedFix {
  readonly title: string
  readonly class: FixClass
  readonly file: string
  readonly edits: readonly (Location & { readonly text: string })[]
}

/** What one file's check found. */
export interface FileReport {
  readonly file: string
  readonly findings: readonly ReportedProblem[]
}

/** A text that is kept as long as it stays the same: a tree, or a configuration. */
interface Text {
  readonly text: string
}

export function locate(file: Text | undefined, range: Range): Location {
  if (file === undefined) return { line: 1, column: 1, endLine: 1, endColumn: 1 }
  const index = linesOf(file)
  const start = index.position(range.start)
  const end = index.position(range.end)
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  }
}

export function toFinding(
  problem: Problem,
  { files }: { readonly files: ReadonlyMap<string, Text> },
): ReportedProblem {
  const file = files.get(problem.file)
  const location = locate(file, problem.range)
  const line = file && linesOf(file).line(location.line - 1)
  return {
    file: problem.file,
    severity: problem.severity,
    code: problem.code,
    message: problem.message,
    ...(problem.words ? { words: problem.words } : {}),
    ...location,
    source: file && line ? file.text.slice(line.start, line.end) : '',
    related: problem.related.map((related) => ({
      file: related.file,
      message: related.message,
      ...locate(files.get(related.file), related.range),
    })),
  }
}

/** One diagnostic in the JSON of `check` and `summary`; `file` only where it is another than `of`. */
export function toJson(finding: ReportedProblem, of: string) {
  const { file, severity, code, message, line, column, endLine, endColumn } = finding
  return {
    ...(file === of ? {} : { file }),
    severity,
    code,
    message,
    line,
    column,
    endLine,
    endColumn,
  }
}

export function countOf(reports: readonly FileReport[], severity: Severity): number {
  let count = 0
  for (const { findings } of reports) {
    for (const finding of findings) if (finding.severity === severity) count++
  }
  return count
}
