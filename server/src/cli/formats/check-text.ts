import type { Severity } from '../../model/problem'
import { showCount, showCountOf } from '../../model/show'
import { countOf, type FileReport, type ReportedProblem } from '../findings'
import { printable, printableLine } from '../printable'
import type { Output, Paint } from '../terminal'
import { displayWidth, pad } from '../width'
import { SEVERITY_COLOURS } from './severities'

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint']

/** For people: each finding with its source line and carets under its range, and at the end how many there are. */
export function checkText(reports: readonly FileReport[], { paint }: Output): string {
  const findings = reports.flatMap((report) => report.findings)
  const texts = findings.map((finding) => findingText(finding, paint))
  return texts.join('') + table(findings, paint) + closing(reports, paint) + fixable(findings)
}

/** One finding, with an empty line after it. */
export function findingText(finding: ReportedProblem, paint: Paint): string {
  const { line, severity, code, message, related } = finding
  const colour = SEVERITY_COLOURS[severity]
  const place = paint('bold', placeText(finding))
  const gutter = ' '.repeat(String(line).length)
  const bar = paint('dim', '|')
  const [source, carets] = underline(finding)
  const lines = [
    `${place} ${paint(colour, `${severity}[${code}]`)} ${printable(message)}`,
    ` ${paint('dim', String(line))} ${bar} ${source}`,
    ` ${gutter} ${bar} ${paint(colour, carets)}`,
    ...related.map(
      (place) =>
        ` ${gutter} ${paint('dim', '=')} ${printable(place.message)} ${paint('dim', `(${placeText(place)})`)}`,
    ),
  ]
  return `${lines.map((text) => text.trimEnd()).join('\n')}\n\n`
}

/** As terminals make it a link to the place. */
function placeText({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${printable(file)}:${line}:${column}`
}

/** How many characters of a source line are shown, and how many of them before the range. */
const MOST_SHOWN = 300
const SHOWN_BEFORE = 100

/** The source line as a terminal can show it, and the carets that stand under the range; of a long line, a part. */
function underline({ source, line, column, endLine, endColumn }: ReportedProblem): [string, string] {
  const isLong = source.length > MOST_SHOWN
  const first = isLong ? Math.max(0, Math.min(column - 1 - SHOWN_BEFORE, source.length - MOST_SHOWN)) : 0
  const last = isLong ? first + MOST_SHOWN : source.length
  const end = Math.min(last, endLine === line ? endColumn - 1 : source.length)
  const [left, right] = [first > 0 ? '…' : '', last < source.length ? '…' : '']
  const before = left + printableLine(source.slice(first, column - 1))
  const marked = (left + printableLine(source.slice(first, end))).slice(before.length)
  const carets = '^'.repeat(Math.max(1, displayWidth(marked)))
  return [left + printableLine(source.slice(first, last)) + right, ' '.repeat(displayWidth(before)) + carets]
}

/** How many findings there are of each code, the gravest first; a single one needs no table. */
function table(findings: readonly ReportedProblem[], paint: Paint): string {
  if (findings.length < 2) return ''
  const groups = new Map<string, ReportedProblem[]>()
  for (const finding of findings) {
    const key = `${SEVERITIES.indexOf(finding.severity)} ${finding.code}`
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
  const width = Math.max(...rows.map(([first]) => first?.code.length ?? 0))
  const digits = Math.max(...rows.map(({ length }) => String(length).length))
  const lines = rows.map((group) => {
    const { severity, code } = group[0] as ReportedProblem
    const name = paint(SEVERITY_COLOURS[severity], pad(severity, 'warning'.length))
    const fix = fixesIn(group)
    const rest = fix === '' ? code : `${pad(code, width)}  ${paint('dim', fix)}`
    return ` ${String(group.length).padStart(digits)}  ${name}  ${rest}`
  })
  return `${lines.join('\n')}\n\n`
}

/** `--fix` where it fixes all findings of a code, `2 with --fix` where it fixes some. */
function fixesIn(group: readonly ReportedProblem[]): string {
  const option = FIX_OPTIONS.find((each) => fixedBy(each, group) > 0)
  if (option === undefined) return ''
  const count = fixedBy(option, group)
  return count === group.length ? option : `${showCount(count)} with ${option}`
}

const FIX_OPTIONS = ['--fix', '--fix --unsafe-fixes'] as const

function fixedBy(option: (typeof FIX_OPTIONS)[number], findings: readonly ReportedProblem[]): number {
  return findings.filter(({ fix }) => fix !== undefined && fix !== 'open' && fix.option === option).length
}

/** `3 may be fixed with --fix, 2 more with --fix --unsafe-fixes`. */
function fixable(findings: readonly ReportedProblem[]): string {
  const least = findings.some(({ fix }) => fix === 'open') ? 'at least ' : ''
  const counts = FIX_OPTIONS.map((option) => [fixedBy(option, findings), option] as const)
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, option], i) => `${showCount(count)} ${i === 0 ? 'may be fixed' : 'more'} with ${option}`)
  return parts.length === 0 ? '' : `${least}${parts.join(', ')}\n`
}

/** `2 errors, 1 warning in 3 files`. */
function closing(reports: readonly FileReport[], paint: Paint): string {
  const files = showCountOf(reports.length, 'file')
  const counts = SEVERITIES.map((severity) => [countOf(reports, severity), severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => paint(SEVERITY_COLOURS[severity], showCountOf(count, severity)))
  if (counts.length === 0) return `${paint('green', 'No problems')} in ${files}\n`
  return `${counts.join(', ')} in ${files}\n`
}
