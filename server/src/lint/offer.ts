/** The fixes that are offered for a problem, whoever found it. */

import type { Analysis } from '../check/analysis'
import type { FixContext, FixMaker, ProvenFix } from '../fixes/fix'
import { makerFor } from '../fixes/index'
import { ownProblems, provenFixes } from '../fixes/prove'
import type { Problem } from '../model/problem'
import { sameItems } from '../model/same-items'
import { findRule } from '../rules/index'
import { findings, type LintContext } from './findings'

/** What proposes fixes for a problem; undefined where nothing does. */
export function fixesFor(problem: Problem): FixMaker | undefined {
  const rule = findRule(problem.code)
  const fix = rule?.fix
  if (rule === undefined) return makerFor(problem)
  return fix && ((context) => fix(context, context.problem.data))
}

/** What a fix leaves without a use is shown next; any other warning in its place would be no gain. */
function mayFollow({ code }: Problem): boolean {
  return findRule(code)?.category === 'Language'
}

interface Known {
  readonly others: readonly Analysis[]
  readonly fixes: readonly ProvenFix[]
}

const known = new WeakMap<Problem, Known>()

/**
 * The proven fixes of a problem, the preferred one first. They are kept as long as the problem is, and the
 * other files that they were proven for.
 */
export function offeredFixes(context: FixContext, lint: LintContext = {}): readonly ProvenFix[] {
  const { problem, others = [] } = context
  const kept = known.get(problem)
  if (kept && sameItems(kept.others, others)) {
    return kept.fixes
  }
  const maker = fixesFor(problem)
  const isRule = findRule(problem.code) !== undefined
  const find = isRule ? (analysis: Analysis) => findings(analysis, lint) : ownProblems
  const fixes = maker === undefined ? [] : provenFixes(context, maker, find, mayFollow)
  known.set(problem, { others, fixes })
  return fixes
}
