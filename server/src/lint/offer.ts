/** The fixes that are offered for a problem, whoever found it. */

import type { Analysis } from '../check/analysis'
import type { FixContext, FixMaker, ProvenFix } from '../fixes/fix'
import { errorClasses, makerFor } from '../fixes/index'
import { costOfProof, type FindProblems, ownProblems, provenFixes } from '../fixes/prove'
import type { FixClass, Problem } from '../model/problem'
import { sameItems } from '../model/same-items'
import { findRule } from '../rules/index'
import { findings, type LintContext } from './findings'

/** What proposes fixes for a problem; undefined where nothing does. */
export function fixesFor(problem: Problem): FixMaker | undefined {
  const rule = findRule(problem.code)
  if (rule === undefined) return makerFor(problem)
  const { fix, fixes } = rule
  const common = fixes?.at(-1) ?? 'choice'
  return (
    fix &&
    function* (context) {
      for (const candidate of fix(context, context.problem.data)) yield { class: common, ...candidate }
    }
  )
}

/** What the fixes of a problem, or of a code, may be, the strongest first; empty where it gets none. */
export function classesOf(problem: Pick<Problem, 'code' | 'syntaxFix'>): readonly FixClass[] {
  const rule = findRule(problem.code)
  if (rule === undefined) return errorClasses(problem)
  return rule.fix === undefined ? [] : (rule.fixes ?? ['choice'])
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
  return keptFixes(context) ?? kept(context, provenBy(fixesFor(context.problem), context, lint))
}

/** How much may still be analysed to prove fixes, in layers. */
export interface ProofBudget {
  left: number
}

/** The fixes that {@link offeredFixes} gives; `open` where the budget does not reach to find them. */
export function fixesWithin(
  context: FixContext,
  lint: LintContext,
  budget: ProofBudget,
): readonly ProvenFix[] | 'open' {
  const known = keptFixes(context)
  if (known !== undefined) return known
  const maker = fixesFor(context.problem)
  if (maker === undefined) return []
  const cost = costOfProof(context, finderOf(context.problem, lint))
  const metered: FixMaker = function* (each) {
    for (const candidate of maker(each)) {
      budget.left -= cost
      if (budget.left < 0) return
      yield candidate
    }
  }
  if (budget.left < cost) return 'open'
  const fixes = provenBy(metered, context, lint)
  return budget.left < 0 ? 'open' : kept(context, fixes)
}

function provenBy(maker: FixMaker | undefined, context: FixContext, lint: LintContext): readonly ProvenFix[] {
  return maker === undefined ? [] : provenFixes(context, maker, finderOf(context.problem, lint), mayFollow)
}

/** What is compared to prove a fix: for the finding of a rule, the findings of all. */
function finderOf({ code }: Problem, lint: LintContext): FindProblems {
  return findRule(code) === undefined ? ownProblems : (analysis) => findings(analysis, lint)
}

function keptFixes({ problem, others = [] }: FixContext): readonly ProvenFix[] | undefined {
  const found = known.get(problem)
  return found && sameItems(found.others, others) ? found.fixes : undefined
}

function kept({ problem, others = [] }: FixContext, fixes: readonly ProvenFix[]): readonly ProvenFix[] {
  known.set(problem, { others, fixes })
  return fixes
}
