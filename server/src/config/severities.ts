import { memo } from '../../../grammar/memo'
import { type LintSettings, settingOf } from '../lint/settings'
import type { RuleSeverity } from '../rules/frame/rule'
import { RULES } from '../rules/index'

export type Severities = Readonly<Record<string, RuleSeverity>>

/**
 * The settings with other severities for some rules, set by the user's editor or on the command line. The same
 * two objects give the same result, by which findings are kept.
 */
export function withSeverities(settings: LintSettings, severities: Severities): LintSettings {
  return changedSettings(settings)(severities)
}

const changedSettings = memo((settings: LintSettings) =>
  memo((severities: Severities): LintSettings => {
    const changed = RULES.filter(({ code }) => severities[code] !== undefined)
    if (changed.length === 0) return settings
    const made = new Map(settings)
    for (const rule of changed) {
      const { severity, options } = settingOf(rule, settings)
      made.set(rule.code, { severity: severities[rule.code] ?? severity, options })
    }
    return made
  }),
)
