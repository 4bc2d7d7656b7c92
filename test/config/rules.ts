import { type AnyRule, rule } from '../../server/src/rules/frame/rule'

const declared = (code: string, more: Partial<AnyRule>): AnyRule => ({
  ...rule<object>({
    code,
    category: 'Language',
    severity: 'info',
    title: code,
    explanation: code,
    source: code,
    example: '',
    instead: '',
    words: () => ({ what: code, why: '', todo: '' }),
    check: () => {},
  }),
  ...more,
})

/** Rules with every kind of default severity and of option, for tests that must not depend on the real ones. */
export const STAND_INS: readonly AnyRule[] = [
  declared('as-error', { severity: 'error' }),
  declared('as-hint', { severity: 'hint' }),
  declared('as-info', {
    options: {
      limit: { type: 'number', default: 8, min: 1, documentation: 'The most that is allowed.' },
      budget: { type: 'number', documentation: 'Not checked unless it is set.' },
      strictly: { type: 'boolean', default: false, documentation: 'Whether equality counts.' },
    },
  }),
  declared('as-off', { severity: 'off' }),
  declared('as-warning', { severity: 'warning' }),
]

/** What stands for the registry of rules. */
export const REGISTRY = {
  RULES: STAND_INS,
  findRule: (code: string) => STAND_INS.find((each) => each.code === code),
}
