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
  {
    name: 'imported',
    documentation:
      'What is said of a model that was read from PyTorch or ONNX, which is the default for it: what is wrong with a design that is done, nothing about texts.',
    severityOf: ({ code }) => IMPORTED[code] ?? 'off',
  },
]

/**
 * How severe findings are in a model that was read from another framework: a design that is done is told what is
 * wrong with it, not what other designs do. What is not named is off: what speaks of the text, and what advises to
 * train a published design anew.
 */
const IMPORTED: Readonly<Record<string, RuleSeverity>> = {
  'misaligned-merge': 'warning',
  'dilation-holes': 'warning',
  'padding-only-outputs': 'warning',
  'stride-skips-pixels': 'warning',
  'linear-convolutions': 'warning',
  'activation-on-logits': 'warning',
  'double-activation': 'warning',
  'softmax-of-one-channel': 'warning',
  'checkerboard-upsampling': 'info',
  'input-size-sensitive': 'info',
  'stride-drops-pixels': 'info',
  'receptive-field-misses-input': 'info',
  'channels-miss-multiple': 'info',
}

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
