import type { Severity } from '../../model/problem'
import { showCount, showCountOf } from '../../model/show'
import { countOf, type FileReport, type FixOption, type ReportedProblem } from '../findings'
import type { Output, Paint } from '../terminal'
import { pad } from '../width'
import { findingsText } from './findings-text'
import { SEVERITY_COLOURS } from './severities'

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint']

/** For people: each finding with its source line and carets under its range, and at the end how many there are. */
export function checkText(reports: readonly FileReport[], out: Output): string {
  const findings = reports.flatMap((report) => report.findings)
  const { paint } = out
  return findingsText(findings, out) + table(findings, paint) + closing(reports, paint) + fixable(findings)
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
  const option = FIX_OPTIONS.find((each) => countFixed(each, group) > 0)
  if (option === undefined) return ''
  const count = countFixed(option, group)
  return count === group.length ? option : `${showCount(count)} with ${option}`
}

const FIX_OPTIONS: readonly FixOption[] = ['--fix', '--fix --unsafe-fixes']

function countFixed(option: FixOption, findings: readonly ReportedProblem[]): number {
  return findings.filter(({ fixedBy }) => fixedBy === option).length
}

/** `3 may be fixed with --fix, 2 more with --fix --unsafe-fixes`. */
function fixable(findings: readonly ReportedProblem[]): string {
  const isOpen = findings.some(({ fixedBy }) => fixedBy === 'open')
  const least = isOpen ? 'at least ' : ''
  const counts = FIX_OPTIONS.map((option) => [countFixed(option, findings), option] as const)
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, option], i) => `${showCount(count)} ${i === 0 ? 'may be fixed' : 'more'} with ${option}`)
  if (parts.length === 0)
    return isOpen ? 'which of them may be fixed was not looked for: it would take long\n' : ''
  return `${least}${parts.join(', ')}\n`
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
