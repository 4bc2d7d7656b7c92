import { linesOf } from '../../../grammar/positions'
import type { Range } from '../../../grammar/tree'
import type { FixClass, Problem, Severity } from '../model/problem'

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
  /** The text of the first line. */
  readonly source: string
  /** The first fix and what applies it; `open` where proving it would take too long. */
  readonly fix?: ReportedFix | 'open'
  readonly related: readonly (Location & { readonly file: string; readonly message: string })[]
}

interface ReportedFix {
  readonly title: string
  readonly class: FixClass
  readonly option: '--fix' | '--fix --unsafe-fixes'
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
  const { file, severity, code, message, line, column, endLine, endColumn, fix } = finding
  return {
    ...(file === of ? {} : { file }),
    severity,
    code,
    message,
    line,
    column,
    endLine,
    endColumn,
    ...(fix === undefined || fix === 'open' ? {} : { fix: { title: fix.title, class: fix.class } }),
  }
}

export function countOf(reports: readonly FileReport[], severity: Severity): number {
  let count = 0
  for (const { findings } of reports) {
    for (const finding of findings) if (finding.severity === severity) count++
  }
  return count
}
