import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { version } from '../../../../package.json'
import { describeCode } from '../../config/codes'
import { pageUrl } from '../../lint/codes'
import type { FileReport, Location, ReportedProblem } from '../findings'
import { STDIN } from '../sources'
import { printJson } from './json'

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const

/** The Static Analysis Results Interchange Format, version 2.1.0 (OASIS), as code scanning reads it. */
export function checkSarif(reports: readonly FileReport[]): string {
  const findings = reports.flatMap((report) => report.findings)
  const codes = [...new Set(findings.map(({ code }) => code))].sort()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cnnlint',
            version,
            informationUri: 'https://github.com/cnnlint/cnnlint',
            rules: codes.map(rule),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, codes)),
      },
    ],
  }
  return printJson(log)
}

function rule(code: string) {
  const title = describeCode(code)?.title
  return {
    id: code,
    ...(title === undefined ? {} : { shortDescription: { text: title } }),
    helpUri: pageUrl(code),
  }
}

function result(finding: ReportedProblem, codes: readonly string[]) {
  const related = finding.related.map((place, id) => ({
    id,
    ...location(place.file, place),
    message: { text: place.message },
  }))
  return {
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [location(finding.file, finding)],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
  }
}

function location(file: string, { line, column, endLine, endColumn }: Location) {
  const region = { startLine: line, startColumn: column, endLine, endColumn }
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }
}

/** Relative paths stay relative: whoever reads the log knows the folder that the check ran in. */
function uriOf(file: string): string {
  if (file === STDIN) return 'stdin.cnn'
  return isAbsolute(file) ? pathToFileURL(file).href : file.split('/').map(encodeURIComponent).join('/')
}
