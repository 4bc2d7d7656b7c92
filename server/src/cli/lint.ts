import { findings, type OnCrash } from '../lint/findings'
import { type FixPolicy, isFixedBy } from '../lint/fix-all'
import { fixesFor } from '../lint/offer'
import type { LintSettings } from '../lint/settings'
import type { Problem } from '../model/problem'
import { type ReportedProblem, toFinding } from './findings'
import type { WithImporters } from './importers'
import { complain, type Terminal } from './terminal'

/** What `--fix` applies, and with `--unsafe-fixes` the suggestions too. */
export function fixPolicy(suggestions: boolean): FixPolicy {
  return { severities: ['error', 'warning', 'info', 'hint'], suggestions }
}

/** What is found in a file. */
export function lint(
  { analysis, importers }: WithImporters,
  settings: LintSettings,
  terminal: Terminal,
  fixesOf?: (problem: Problem) => ReportedProblem['fixes'],
): readonly ReportedProblem[] {
  const onCrash = crashReport(analysis.uri, terminal)
  return findings(analysis, { settings, importers, onCrash }).map((problem) => {
    const fix = fixOf(problem)
    const fixes = fixesOf?.(problem)
    return { ...toFinding(problem, analysis), ...(fix ? { fix } : {}), ...(fixes ? { fixes } : {}) }
  })
}

/** A rule that fails is named on standard error. */
export function crashReport(file: string, terminal: Terminal): OnCrash {
  return ({ code }, error) =>
    complain(terminal, `the rule ${code} failed on '${file}', its findings are left out: ${error}`)
}

/** Which fixes could fix a problem, whether or not one turns out to be proven. */
function fixOf(problem: Problem): ReportedProblem['fix'] {
  // A fault in another file is fixed there, with what else that file is used by in mind.
  if (problem.origin !== undefined || fixesFor(problem) === undefined) return undefined
  if (isFixedBy(problem, fixPolicy(false))) return 'safe'
  return isFixedBy(problem, fixPolicy(true)) ? 'suggestion' : undefined
}
