/** The proven fixes of problems, for programs that apply them. */
import type { Host } from '../check/analysis'
import { fixesWithin, type ProofBudget } from '../lint/offer'
import type { LintSettings } from '../lint/settings'
import type { Problem } from '../model/problem'
import { locate, type ReportedFix } from './findings'
import type { WithImporters } from './importers'

/** How much is analysed for the fixes of one file, in layers. */
const MOST_LAYERS = 100_000

/** Takes the problems of a file one by one; undefined for those whose fixes have not been looked for. */
export function fixReporter({ analysis, importers }: WithImporters, host: Host, settings: LintSettings) {
  const budget: ProofBudget = { left: MOST_LAYERS }
  return (problem: Problem): readonly ReportedFix[] | undefined => {
    // A fault in another file is fixed there, with what else that file is used by in mind.
    if (problem.origin !== undefined) return []
    const context = { analysis, host, problem, others: importers }
    const fixes = fixesWithin(context, { settings, importers }, budget)
    if (fixes === 'open') return undefined
    return fixes.map(({ title, class: kind, file, edits }) => ({
      title,
      class: kind,
      file,
      edits: edits.map(({ text, ...range }) => ({ ...locate(analysis.files.get(file), range), text })),
    }))
  }
}
