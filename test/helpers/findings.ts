import { findings } from '../../server/src/rules/frame/findings'
import type { RuleOptionValues, RuleSeverity } from '../../server/src/rules/frame/rule'
import { defaultSetting, type LintSettings } from '../../server/src/rules/frame/settings'
import { findRule, RULES } from '../../server/src/rules/index'
import { checkProblems, type Sources } from './problems'

/** Like {@link checkProblems}, with what the rules find; by default all rules with their defaults. */
export function checkFindings(sources: Sources, settings?: LintSettings): void {
  checkProblems(sources, (analysis) => findings(analysis, settings ? { settings } : {}))
}

/**
 * Like {@link checkFindings} for one rule alone: no other finds anything. Tests of a rule use it, so that they say
 * nothing about other rules.
 */
export function checkRule(code: string, sources: Sources, options: RuleOptionValues = {}): void {
  checkFindings(sources, onlyRule(code, options))
}

/** The settings with which no rule runs. */
export const NO_RULES: LintSettings = new Map(
  RULES.map((rule) => [rule.code, { severity: 'off', options: defaultSetting(rule).options }]),
)

/** The settings with which one rule runs alone; one that is off by default gives hints. */
export function onlyRule(code: string, options: RuleOptionValues = {}): LintSettings {
  const rule = findRule(code)
  if (rule === undefined) throw new Error(`There is no rule ${code}.`)
  return new Map(
    RULES.map((each) => {
      const standard = defaultSetting(each)
      const on: RuleSeverity = standard.severity === 'off' ? 'hint' : standard.severity
      const severity: RuleSeverity = each === rule ? on : 'off'
      return [each.code, { severity, options: { ...standard.options, ...(each === rule ? options : {}) } }]
    }),
  )
}
