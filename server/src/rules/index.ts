/** The registry of rules, and what they find together with the analysis. */
import type { Analysis } from '../check/analysis'
import type { Problem } from '../model/problem'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import type { AnyRule } from './rule'
import { runRule } from './run'
import { silencer } from './silence'
import { strideDropsPixels } from './stride-drops-pixels'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [evenKernelHalfGrows, strideDropsPixels]

const byCode = new Map(RULES.map((rule) => [rule.code, rule]))

export function findRule(code: string): AnyRule | undefined {
  return byCode.get(code)
}

/** Told of a rule that failed; its findings are left out. */
export type OnCrash = (rule: AnyRule, error: unknown) => void

const known = new WeakMap<Analysis, readonly Problem[]>()

/**
 * The problems of the analysis and what the rules find that no comment silences, sorted by place. A rule that
 * crashes is skipped. The result is kept as long as the analysis is.
 */
export function findings(analysis: Analysis, onCrash?: OnCrash): readonly Problem[] {
  const kept = known.get(analysis)
  if (kept) return kept
  const found = RULES.flatMap((rule) => {
    try {
      return runRule(rule, analysis)
    } catch (error) {
      onCrash?.(rule, error)
      return []
    }
  })
  const silenced = silencer(analysis)
  const all = [...analysis.problems, ...found.filter((problem) => !silenced(problem))]
  all.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end || (a.code < b.code ? -1 : 1))
  known.set(analysis, all)
  return all
}
