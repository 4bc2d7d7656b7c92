/** The fixes that are offered for a problem, whoever found it. */

import type { Analysis } from '../check/analysis'
import type { FixContext, FixMaker, ProvenFix } from '../fixes/fix'
import { errorClasses, makerFor } from '../fixes/index'
import { ownProblems, provenFixes } from '../fixes/prove'
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
 * other files that they were proven for. What they cost is taken from the budget, whether or not it reaches.
 */
export function offeredFixes(
  context: FixContext,
  lint: LintContext = {},
  budget: ProofBudget = { left: 0 },
): readonly ProvenFix[] {
  const known = keptFixes(context)
  if (known !== undefined) return known
  const maker = fixesFor(context.problem)
  const cost = costOf(context)
  const metered: FixMaker | undefined =
    maker &&
    function* (each) {
      for (const candidate of maker(each)) {
        budget.left -= cost
        yield candidate
      }
    }
  return kept(context, provenBy(metered, context, lint))
}

/** How many layers may still be analysed to prove fixes. */
export interface ProofBudget {
  left: number
}

/** What an analysis costs beside its layers: by itself, and for so many characters of text as one layer does. */
const COST_OF_ANALYSIS = 20
const TEXT_PER_LAYER = 25

/** What the proof of one candidate costs. */
function costOf({ analysis, others = [] }: FixContext): number {
  return [analysis, ...others].reduce(
    (sum, { spent, file }) => sum + COST_OF_ANALYSIS + spent.layers + file.text.length / TEXT_PER_LAYER,
    0,
  )
}

/**
 * The first of the fixes that {@link offeredFixes} gives, or none; `open` where the budget does not reach to find it.
 */
export function firstFix(
  context: FixContext,
  lint: LintContext,
  budget: ProofBudget,
): ProvenFix | 'open' | undefined {
  const known = keptFixes(context)
  if (known !== undefined) return known[0]
  const maker = fixesFor(context.problem)
  if (maker === undefined) return undefined
  const cost = costOf(context)
  const metered: FixMaker = function* (each) {
    for (const candidate of maker(each)) {
      budget.left -= cost
      if (budget.left < 0) return
      yield candidate
    }
  }
  if (budget.left < cost) return 'open'
  const fixes = provenBy(metered, context, lint)
  return budget.left < 0 ? 'open' : kept(context, fixes)[0]
}

function provenBy(maker: FixMaker | undefined, context: FixContext, lint: LintContext): readonly ProvenFix[] {
  const isRule = findRule(context.problem.code) !== undefined
  const find = isRule ? (analysis: Analysis) => findings(analysis, lint) : ownProblems
  return maker === undefined ? [] : provenFixes(context, maker, find, mayFollow)
}

function keptFixes({ problem, others = [] }: FixContext): readonly ProvenFix[] | undefined {
  const found = known.get(problem)
  return found && sameItems(found.others, others) ? found.fixes : undefined
}

function kept({ problem, others = [] }: FixContext, fixes: readonly ProvenFix[]): readonly ProvenFix[] {
  known.set(problem, { others, fixes })
  return fixes
}
