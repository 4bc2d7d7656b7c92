/** Fixes all that can be fixed in one file without asking: what the editor and the command line share. */
import type { Analysis, Host } from '../check/analysis'
import { analyze } from '../check/analyze'
import { type Changed, sameNetworks } from '../fixes/classes'
import type { ProvenFix } from '../fixes/fix'
import { costOfProof, overlapping, overlay } from '../fixes/prove'
import { applyEdits, type Problem, type TextEdit } from '../model/problem'
import { findRule, RULES } from '../rules/index'
import { findings, type LintContext } from './findings'
import { isUnasked } from './fix-classes'
import { classesOf, fixesWithin, type ProofBudget } from './offer'

/** Which fixes are applied. */
export interface FixPolicy {
  /** Whether choices are made too, by the first fix that is offered: they change the network. */
  readonly choices: boolean
}

/** What is applied without being asked for. */
export const UNASKED: FixPolicy = { choices: false }

/** Each round proves its fixes anew; a text that is never done must end some day. */
const MOST_ROUNDS = 100

/** How much is analysed to fix one file, and whether that was too little to look at every problem. */
export interface FixBudget extends ProofBudget {
  isSpent: boolean
}

export const fixBudget = (): FixBudget => ({ left: 200_000, isSpent: false })

/** A text on the way, with everything that rests on it. */
interface State {
  readonly analysis: Analysis
  readonly host: Host
  readonly lint: LintContext
  readonly budget: FixBudget
}

/**
 * The file's text with the first fixes of its problems applied until nothing is left to do, as far as the policy
 * allows; undefined when nothing can be fixed. Fixes that hide what is wrong (a changed expectation) are left to the
 * user. The files that import this one must not get worse. Where the budget does not reach, the rest is left as it
 * is.
 */
export function fixAll(
  analysis: Analysis,
  host: Host,
  policy: FixPolicy,
  lint: LintContext = {},
  budget: FixBudget = fixBudget(),
): string | undefined {
  const start: State = { analysis, host, lint, budget }
  const seen = new Set([analysis.file.text])
  let best = { state: start, score: scoreOf(start, policy) }
  let current = start
  let idle = 0
  // Fixes of two rules can be right each and wrong together: a round applies those of one.
  for (let round = 0, group = 0; idle < GROUPS.length && round < MOST_ROUNDS; ) {
    const next = applied(current, fixesOf(current, GROUPS[group], policy))
    if (next === undefined || seen.has(next.analysis.file.text)) {
      idle++
      group = (group + 1) % GROUPS.length
      continue
    }
    idle = 0
    round++
    seen.add(next.analysis.file.text)
    current = next
    const score = scoreOf(current, policy)
    if (isLess(score, best.score)) best = { state: current, score }
  }
  return best.state === start ? undefined : best.state.analysis.file.text
}

/** The mistakes that the analysis reports, which have no rule, and then each rule. */
const GROUPS = [undefined, ...RULES]

/** Whether the policy may have a fix of a problem applied, by what its code promises. */
export function mayFix(problem: Problem, policy: FixPolicy): boolean {
  return classesOf(problem).some((each) => policy.choices || isUnasked(each))
}

/** Whether the policy has a fix applied. Some are for their author alone to choose. */
export function isApplied({ class: own, drastic }: ProvenFix, policy: FixPolicy): boolean {
  return !drastic && (policy.choices || isUnasked(own))
}

function fixesOf(
  { analysis, host, lint, budget }: State,
  group: (typeof GROUPS)[number],
  policy: FixPolicy,
): readonly ProvenFix[] {
  const { importers: others = [] } = lint
  return findings(analysis, lint).flatMap((problem) => {
    if (findRule(problem.code) !== group || !mayFix(problem, policy)) return []
    const fixes = budget.isSpent ? 'open' : fixesWithin({ analysis, host, problem, others }, lint, budget)
    if (fixes === 'open') budget.isSpent = true
    const [fix] = fixes === 'open' ? [] : fixes
    return fix && isApplied(fix, policy) && fix.file === analysis.uri ? [fix] : []
  })
}

/** As many of the fixes as do not overlap; where together they break something, half of them, and so on. */
function applied(state: State, fixes: readonly ProvenFix[]): State | undefined {
  const [first] = fixes
  if (first === undefined) return undefined
  const bound = errorsOf(state) + first.uncovered
  const keepsNetwork = fixes.every((fix) => fix.class === 'same-network')
  for (let count = fixes.length; ; count = count >> 1) {
    const next = edited(state, withoutOverlaps(fixes.slice(0, count)))
    if (count === 1) return next
    if (errorsOf(next) <= bound && (!keepsNetwork || changes(state, next).every(sameNetworks))) return next
  }
}

function changes(before: State, after: State): readonly Changed[] {
  const all = ({ analysis, lint }: State) => [analysis, ...(lint.importers ?? [])]
  return all(before).map((each, i) => ({ before: each, after: all(after)[i] as Analysis }))
}

function withoutOverlaps(fixes: readonly ProvenFix[]): readonly TextEdit[] {
  const chosen: TextEdit[] = []
  for (const { edits } of fixes) {
    const more = edits.filter((edit) => !includes(chosen, edit))
    if (!overlapping([...chosen, ...more])) chosen.push(...more)
  }
  return chosen
}

function includes(edits: readonly TextEdit[], edit: TextEdit): boolean {
  return edits.some(({ start, end, text }) => start === edit.start && end === edit.end && text === edit.text)
}

function edited({ analysis, host, lint, budget }: State, edits: readonly TextEdit[]): State {
  const { uri, file, options } = analysis
  budget.left -= costOfProof({ analysis, others: lint.importers }, (each) => findings(each, lint))
  const changed = overlay(host, uri, applyEdits(file.text, edits))
  const importers = (lint.importers ?? []).map((importer) => analyze(importer.uri, changed, importer.options))
  return { analysis: analyze(uri, changed, options), host: changed, lint: { ...lint, importers }, budget }
}

/** How much is wrong with a text: errors first, then what the policy would have fixed, then the rest. */
function scoreOf(state: State, policy: FixPolicy): readonly number[] {
  const found = findings(state.analysis, state.lint)
  return [errorsOf(state), found.filter((problem) => mayFix(problem, policy)).length, found.length]
}

function isLess(score: readonly number[], other: readonly number[]): boolean {
  const i = score.findIndex((count, i) => count !== other[i])
  return i >= 0 && (score[i] as number) < (other[i] as number)
}

function errorsOf({ analysis: { problems } }: State): number {
  return problems.filter(({ severity }) => severity === 'error').length
}
