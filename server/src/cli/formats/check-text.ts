import type { Severity } from '../../model/problem'
import { showCount, showCountOf } from '../../model/show'
import { countOf, type FileReport, type ReportedProblem } from '../findings'
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

/** `--fix` where it may fix all findings of a code, `2 with --fix` where it may fix some. */
function fixesIn(group: readonly ReportedProblem[]): string {
  const kind = group.find(({ fix }) => fix !== undefined)?.fix
  if (kind === undefined) return ''
  const count = group.filter(({ fix }) => fix === kind).length
  return count === group.length ? FIX_OPTIONS[kind] : `${showCount(count)} with ${FIX_OPTIONS[kind]}`
}

const FIX_OPTIONS = { safe: '--fix', suggestion: '--fix --unsafe-fixes' } as const

/** `3 may be fixed with --fix, 2 more with --fix --unsafe-fixes`: whether analysis proves the fixes is open. */
function fixable(findings: readonly ReportedProblem[]): string {
  const counts = (['safe', 'suggestion'] as const)
    .map((kind) => [findings.filter(({ fix }) => fix === kind).length, kind] as const)
    .filter(([count]) => count > 0)
  const parts = counts.map(([count, kind], i) =>
    i === 0
      ? `${showCount(count)} may be fixed with ${FIX_OPTIONS[kind]}`
      : `${showCount(count)} more with ${FIX_OPTIONS[kind]}`,
  )
  return parts.length === 0 ? '' : `${parts.join(', ')}\n`
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
