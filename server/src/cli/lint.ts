import type { Host } from '../check/analysis'
import { findings, type OnCrash } from '../lint/findings'
import { type FixPolicy, isApplied, mayFix, UNASKED } from '../lint/fix-all'
import { fixesWithin, type ProofBudget } from '../lint/offer'
import type { LintSettings } from '../lint/settings'
import type { Problem } from '../model/problem'
import { type ReportedProblem, toFinding } from './findings'
import type { WithImporters } from './importers'
import { complain, type Terminal } from './terminal'

/** What `--fix --unsafe-fixes` applies. */
export const CHOICES: FixPolicy = { choices: true }

/** How fixes are searched for, to say what could be fixed. */
export interface FixSearch {
  readonly host: Host
  /** What has been applied already: what it could still do is not told again. */
  readonly done: FixPolicy | undefined
  /** How much may be analysed over all files: for fixes that are applied unasked, which are few and cheap. */
  readonly unasked: ProofBudget
  /** The same for all others. */
  readonly choices: ProofBudget
}

/** About as much as checking a large network ten times. */
const MOST_LAYERS = 10_000

export function fixSearch(host: Host, done?: FixPolicy): FixSearch {
  return { host, done, unasked: { left: MOST_LAYERS }, choices: { left: MOST_LAYERS } }
}

/** What is to be told of fixes. */
interface Sought {
  /** How the options are found that would fix something. */
  readonly search?: FixSearch | undefined
  /** The fixes of a problem. */
  readonly fixesOf?: ((problem: Problem) => ReportedProblem['fixes']) | undefined
}

/** What is found in a file. */
export function lint(
  { analysis, importers }: WithImporters,
  settings: LintSettings,
  terminal: Terminal,
  { search, fixesOf }: Sought = {},
): readonly ReportedProblem[] {
  const context = { settings, importers, onCrash: crashReport(analysis.uri, terminal) }
  const fixedBy = (problem: Problem): ReportedProblem['fixedBy'] => {
    // A fault in another file is fixed there, with what else that file is used by in mind.
    if (search === undefined || problem.origin !== undefined || !mayFix(problem, CHOICES)) return undefined
    const { host, done } = search
    const budget = mayFix(problem, UNASKED) ? search.unasked : search.choices
    const fixes = fixesWithin({ analysis, host, problem, others: importers }, context, budget)
    if (fixes === 'open') return fixes
    const [fix] = fixes
    if (fix === undefined) return undefined
    const isDone = done !== undefined && isApplied(fix, done)
    if (fix.file !== analysis.uri || isDone || !isApplied(fix, CHOICES)) return undefined
    return isApplied(fix, UNASKED) ? '--fix' : '--fix --unsafe-fixes'
  }
  return findings(analysis, context).map((problem) => {
    const option = fixedBy(problem)
    const fixes = fixesOf?.(problem)
    const more = { ...(option ? { fixedBy: option } : {}), ...(fixes ? { fixes } : {}) }
    return { ...toFinding(problem, analysis), ...more }
  })
}

/** A rule that fails is named on standard error. */
export function crashReport(file: string, terminal: Terminal): OnCrash {
  return ({ code }, error) =>
    complain(terminal, `the rule ${code} failed on '${file}', its findings are left out: ${error}`)
}
