import type { Severity } from '../model/problem'

/** The section of the editor's settings. */
export const SECTION = 'cnnlint'

/** What users may set; `package.json` describes it to them. */
export interface Settings {
  readonly diagnostics: {
    readonly enable: boolean
    /** By code: another severity than the problem's own, or none at all. */
    readonly severity: Readonly<Record<string, Severity | 'off'>>
  }
  readonly hover: {
    readonly details: 'full' | 'shapes'
    readonly documentation: boolean
  }
}

export const DEFAULT_SETTINGS: Settings = {
  diagnostics: { enable: true, severity: {} },
  hover: { details: 'full', documentation: true },
}

/** The editor's names of severities, as the settings write them. */
const SEVERITIES: Readonly<Record<string, Severity | 'off'>> = {
  off: 'off',
  hint: 'hint',
  information: 'info',
  // As configurations write it.
  info: 'info',
  warning: 'warning',
  error: 'error',
}

/** Takes from what a client sends all that is well-formed, and the defaults for the rest. */
export function readSettings(sent: unknown): Settings {
  const { diagnostics, hover } = record(sent)
  const { enable, severity } = record(diagnostics)
  const { details, documentation } = record(hover)
  const defaults = DEFAULT_SETTINGS
  return {
    diagnostics: {
      enable: typeof enable === 'boolean' ? enable : defaults.diagnostics.enable,
      severity: Object.fromEntries(
        Object.entries(record(severity)).flatMap(([code, name]) => {
          const meant = typeof name === 'string' ? SEVERITIES[name] : undefined
          return meant === undefined ? [] : [[code, meant] as const]
        }),
      ),
    },
    hover: {
      details: details === 'shapes' || details === 'full' ? details : defaults.hover.details,
      documentation: typeof documentation === 'boolean' ? documentation : defaults.hover.documentation,
    },
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
