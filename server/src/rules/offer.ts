/** The fixes that are offered for a problem, whoever found it. */

import type { FixContext, FixMaker, ProvenFix } from '../fixes/fix'
import { makerFor } from '../fixes/index'
import { ownProblems, provenFixes } from '../fixes/prove'
import type { Problem } from '../model/problem'
import { findings, findRule } from './index'

/** What proposes fixes for a problem; undefined where nothing does. */
export function fixesFor(problem: Problem): FixMaker | undefined {
  return findRule(problem.code)?.fix ?? makerFor(problem)
}

const known = new WeakMap<Problem, readonly ProvenFix[]>()

/** The proven fixes of a problem, the preferred one first. They are kept as long as the problem is. */
export function offeredFixes(context: FixContext): readonly ProvenFix[] {
  const { problem } = context
  const kept = known.get(problem)
  if (kept) return kept
  const maker = fixesFor(problem)
  const find = findRule(problem.code) === undefined ? ownProblems : findings
  const fixes = maker === undefined ? [] : provenFixes(context, maker, find)
  known.set(problem, fixes)
  return fixes
}
