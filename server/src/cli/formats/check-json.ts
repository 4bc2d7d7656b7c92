import { pageUrl } from '../../lint/codes'
import { type FileReport, type ReportedProblem, toJson } from '../findings'
import { printJson } from './json'

/**
 * `{ "version": 1, "files": [ {"file", "diagnostics"} ] }` with every file that was checked. A diagnostic has the
 * address of its page, and its proven fixes where they were looked for.
 */
export function checkJson(reports: readonly FileReport[]): string {
  const files = reports.map(({ file, findings }) => ({
    file,
    diagnostics: findings.map((finding) => diagnosticJson(finding, file)),
  }))
  return printJson({ version: 1, files })
}

function diagnosticJson(finding: ReportedProblem, of: string) {
  const fixes = finding.fixes?.map(({ file, ...fix }) => (file === of ? fix : { file, ...fix }))
  return { ...toJson(finding, of), url: pageUrl(finding.code), ...(fixes ? { fixes } : {}) }
}
