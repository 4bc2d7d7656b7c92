import { type LintSettings, settingOf } from '../lint/settings'
import type { RuleSeverity } from '../rules/frame/rule'
import { RULES } from '../rules/index'

export type Severities = Readonly<Record<string, RuleSeverity>>

const known = new WeakMap<LintSettings, WeakMap<Severities, LintSettings>>()

/**
 * The settings with other severities for some rules, set by the user's editor or on the command line. The same
 * two objects give the same result, by which findings are kept.
 */
export function withSeverities(settings: LintSettings, severities: Severities): LintSettings {
  const changed = RULES.filter(({ code }) => severities[code] !== undefined)
  if (changed.length === 0) return settings
  const kept = known.get(settings)?.get(severities)
  if (kept !== undefined) return kept
  const made = new Map(settings)
  for (const rule of changed) {
    const { severity, options } = settingOf(rule, settings)
    made.set(rule.code, { severity: severities[rule.code] ?? severity, options })
  }
  const bySeverities = known.get(settings) ?? new WeakMap<Severities, LintSettings>()
  known.set(settings, bySeverities.set(severities, made))
  return made
}
