/** The name by which a configuration is found, and what its settings are called. */
import type { RuleSeverity } from '../rules/frame/rule'

export const CONFIG_FILE = 'cnnlint.config.json'

/** Whether a URI or slash-separated path is that of a configuration that is found by its name. */
export function isConfigFile(uri: string): boolean {
  return uri.endsWith(`/${CONFIG_FILE}`) || uri === CONFIG_FILE
}

/** The severities as a configuration writes them, the least first. */
export const SEVERITIES: readonly RuleSeverity[] = ['off', 'hint', 'info', 'warning', 'error']

export function isSeverity(value: unknown): value is RuleSeverity {
  return (SEVERITIES as readonly unknown[]).includes(value)
}

/** What other linters and editors call the severities. */
export const FOREIGN_SEVERITIES: Readonly<Record<string, RuleSeverity>> = {
  '0': 'off',
  '1': 'warning',
  '2': 'error',
  allow: 'off',
  deny: 'error',
  false: 'off',
  information: 'info',
  none: 'off',
  note: 'info',
  warn: 'warning',
}
