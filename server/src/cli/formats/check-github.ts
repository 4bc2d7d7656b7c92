import type { FileReport, ReportedProblem } from '../findings'
import { printable } from '../printable'

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const

/** One workflow command of GitHub Actions a finding, which becomes an annotation in the changed files. */
export function checkGithub(reports: readonly FileReport[]): string {
  return reports.flatMap(({ findings }) => findings.map((finding) => `${annotation(finding)}\n`)).join('')
}

function annotation(finding: ReportedProblem): string {
  const { severity, file, line, endLine, column, endColumn, code, message } = finding
  const properties = {
    file,
    line,
    endLine,
    // An annotation has columns only when it stands on one line.
    ...(line === endLine ? { col: column, endColumn } : {}),
    title: `cnnlint: ${code}`,
  }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${COMMANDS[severity]} ${list.join(',')}::${printable(escaped(message))}`
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return printable(escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C'))
}
