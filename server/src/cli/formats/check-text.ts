import type { Severity } from '../../model/problem'
import { showCountOf } from '../../model/show'
import { countOf, type FileReport, type Finding } from '../findings'
import type { Output, Paint } from '../terminal'
import { displayWidth } from '../width'
import { SEVERITY_COLOURS } from './severities'

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint']
const TAB = 4

/** For people: each finding with its source line and carets under its range, and a closing count. */
export function checkText(reports: readonly FileReport[], { paint }: Output): string {
  const findings = reports.flatMap((report) => report.findings)
  const texts = findings.map((finding) => findingText(finding, paint))
  return texts.join('') + closing(reports, paint)
}

/** One finding, with an empty line after it. */
export function findingText(finding: Finding, paint: Paint): string {
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
  return `${file}:${line}:${column}`
}

/** The source line as a terminal can show it, and the carets that stand under the range. */
function underline({ source, line, column, endLine, endColumn }: Finding): [string, string] {
  const end = endLine === line ? endColumn - 1 : source.length
  const before = printable(source.slice(0, column - 1))
  const marked = printable(source.slice(0, end)).slice(before.length)
  const carets = '^'.repeat(Math.max(1, displayWidth(marked)))
  return [printable(source), ' '.repeat(displayWidth(before)) + carets]
}

/** Tabs become spaces; what a terminal would take as a command becomes visible. */
function printable(text: string): string {
  let result = ''
  for (const character of text) {
    if (character === '\t') result += ' '.repeat(TAB - (displayWidth(result) % TAB))
    else result += /\p{Cc}/u.test(character) ? '\uFFFD' : character
  }
  return result
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
