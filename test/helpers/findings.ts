import type { Analysis } from '../../server/src/check/analysis'
import { findings } from '../../server/src/lint/findings'
import { defaultSetting, type LintSettings } from '../../server/src/lint/settings'
import type { Problem } from '../../server/src/model/problem'
import type { RuleOptionValues, RuleSeverity } from '../../server/src/rules/frame/rule'
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

/** The declaration in which a problem stands, and the text that is underlined: `AlexNet: lrn`. */
export function declaredPlace({ range }: Problem, { file }: Analysis): string {
  const around = file.items.find(({ start, end }) => start <= range.start && range.end <= end)
  const name = around === undefined || around.kind === 'import' ? '' : `${around.name.name}: `
  return name + file.text.slice(range.start, range.end).replace(/\s+/g, ' ')
}
