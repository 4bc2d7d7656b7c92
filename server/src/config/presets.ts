/** The settings of rules that a configuration can start from. */
import type { AnyRule, RuleSeverity } from '../rules/frame/rule'
import { RULES } from '../rules/index'

/** What a configuration sets of one rule; without options, those that were set before stay. */
export interface RuleEntry {
  readonly severity: RuleSeverity
  readonly options?: Readonly<Record<string, number | boolean>>
}

export type RuleEntries = ReadonlyMap<string, RuleEntry>

export interface Preset {
  readonly name: string
  readonly documentation: string
  /** Undefined where the preset says nothing of a rule, so that presets can be combined. */
  readonly severityOf: (rule: AnyRule) => RuleSeverity | undefined
}

const RAISED: Readonly<Record<RuleSeverity, RuleSeverity | undefined>> = {
  off: undefined,
  hint: 'info',
  info: 'warning',
  warning: 'error',
  error: 'error',
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'recommended',
    documentation: 'Each rule with its default severity, which is what holds without a configuration.',
    severityOf: ({ severity }) => severity,
  },
  {
    name: 'strict',
    documentation:
      'Each rule that is on by default one step more severe: a hint becomes info, info a warning, a warning an error.',
    severityOf: ({ severity }) => RAISED[severity],
  },
  {
    name: 'all',
    documentation: 'The rules that are off by default too, as hints.',
    severityOf: ({ severity }) => (severity === 'off' ? 'hint' : undefined),
  },
]

export function findPreset(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name)
}

export function presetEntries({ severityOf }: Preset): RuleEntries {
  return new Map(
    RULES.flatMap((rule) => {
      const severity = severityOf(rule)
      return severity === undefined ? [] : [[rule.code, { severity }] as const]
    }),
  )
}
