import { type FileReport, toJson } from '../findings'

/** `{ "version": 1, "files": [ {"file", "diagnostics"} ] }` with every file that was checked. */
export function checkJson(reports: readonly FileReport[]): string {
  const files = reports.map(({ file, findings }) => ({
    file,
    diagnostics: findings.map((finding) => toJson(finding, file)),
  }))
  return `${JSON.stringify({ version: 1, files }, null, 2)}\n`
}
