/** The proven fixes of problems, for programs that apply them. */
import type { Host } from '../check/analysis'
import { offeredFixes } from '../lint/offer'
import type { LintSettings } from '../lint/settings'
import type { Problem } from '../model/problem'
import { locate, type ReportedFix } from './findings'
import type { WithImporters } from './importers'

/** How many problems of a file have their fixes looked for: each of them is analysed. */
const MOST_FIXED = 100

/** Takes the problems of a file one by one; undefined for those after the most that are looked at. */
export function fixReporter({ analysis, importers }: WithImporters, host: Host, settings: LintSettings) {
  let looked = 0
  return (problem: Problem): readonly ReportedFix[] | undefined => {
    // A fault in another file is fixed there, with what else that file is used by in mind.
    if (problem.origin !== undefined) return []
    if (++looked > MOST_FIXED) return undefined
    const fixes = offeredFixes({ analysis, host, problem, others: importers }, { settings, importers })
    return fixes.map(({ title, class: kind, file, edits }) => ({
      title,
      class: kind,
      file,
      edits: edits.map(({ text, ...range }) => ({ ...locate(analysis.files.get(file), range), text })),
    }))
  }
}
