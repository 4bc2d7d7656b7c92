import { findings, type OnCrash } from '../lint/findings'
import { type FixPolicy, isFixedBy } from '../lint/fix-all'
import { fixesFor } from '../lint/offer'
import type { LintSettings } from '../lint/settings'
import type { Problem } from '../model/problem'
import { type ReportedProblem, toFinding } from './findings'
import type { WithImporters } from './importers'
import { printable } from './printable'
import type { Terminal } from './terminal'

/** What `--fix` applies, and with `--unsafe-fixes` the suggestions too. */
export function fixPolicy(suggestions: boolean): FixPolicy {
  return { severities: ['error', 'warning', 'info', 'hint'], suggestions }
}

/** What is found in a file. */
export function lint(
  { analysis, importers }: WithImporters,
  settings: LintSettings,
  terminal: Terminal,
): readonly ReportedProblem[] {
  const onCrash = crashReport(analysis.uri, terminal)
  return findings(analysis, { settings, importers, onCrash }).map((problem) => {
    const fix = fixOf(problem)
    return { ...toFinding(problem, analysis), ...(fix ? { fix } : {}) }
  })
}

/** A rule that fails is named on standard error. */
export function crashReport(file: string, { err }: Terminal): OnCrash {
  return ({ code }, error) =>
    err.write(`cnnlint: the rule ${code} failed on ${printable(file)}, its findings are left out: ${error}\n`)
}

/** Which fixes could fix a problem, whether or not one turns out to be proven. */
function fixOf(problem: Problem): ReportedProblem['fix'] {
  // A fault in another file is fixed there, with what else that file is used by in mind.
  if (problem.origin !== undefined || fixesFor(problem) === undefined) return undefined
  if (isFixedBy(problem, fixPolicy(false))) return 'safe'
  return isFixedBy(problem, fixPolicy(true)) ? 'suggestion' : undefined
}
