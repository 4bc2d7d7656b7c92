import { type FileReport, toJson } from '../findings'
import { printJson } from './json'

/** `{ "version": 1, "files": [ {"file", "diagnostics"} ] }` with every file that was checked. */
export function checkJson(reports: readonly FileReport[]): string {
  const files = reports.map(({ file, findings }) => ({
    file,
    diagnostics: findings.map((finding) => toJson(finding, file)),
  }))
  return printJson({ version: 1, files })
}
