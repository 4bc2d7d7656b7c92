/** Which rules run, how severe what they find is, and with which options. */
import type { AnyRule, RuleOptionValues, RuleSeverity } from '../rules/frame/rule'

export interface RuleSetting {
  readonly severity: RuleSeverity
  /** Every option that the rule declares, its default where nothing is set. */
  readonly options: RuleOptionValues
}

/** What is set of rules; a rule that is not in it has its defaults. */
export type LintSettings = ReadonlyMap<string, RuleSetting>

export const DEFAULT_LINT: LintSettings = new Map()

export function settingOf(rule: AnyRule, settings: LintSettings): RuleSetting {
  return settings.get(rule.code) ?? defaultSetting(rule)
}

export function defaultSetting({ severity, options = {} }: AnyRule): RuleSetting {
  return {
    severity,
    options: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default])),
  }
}

/** The settings with which a rule's example has its finding: the rule is on, with the options of the example. */
export function exampleSettings(rule: AnyRule): LintSettings {
  const { severity, options } = defaultSetting(rule)
  return new Map([
    [
      rule.code,
      {
        severity: severity === 'off' ? ('hint' as const) : severity,
        options: { ...options, ...rule.exampleOptions },
      },
    ],
  ])
}
