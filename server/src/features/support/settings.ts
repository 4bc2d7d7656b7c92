import type { Severity } from '../../model/problem'

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
  readonly inlayHints: {
    /** The shape at the end of each line of a flow. */
    readonly shapes: boolean
    /** Behind the shape, which axes the line changed. */
    readonly changedAxes: boolean
    /** The names of options that are given by their place. */
    readonly optionNames: boolean
    /** No hints on the line that was changed last. */
    readonly hideOnEditedLine: boolean
  }
  readonly codeLens: {
    readonly enable: boolean
  }
}

export const DEFAULT_SETTINGS: Settings = {
  diagnostics: { enable: true, severity: {} },
  hover: { details: 'full', documentation: true },
  inlayHints: { shapes: true, changedAxes: false, optionNames: false, hideOnEditedLine: false },
  codeLens: { enable: true },
}

/** The severities as the settings write them. */
const SEVERITIES: Readonly<Record<string, Severity | 'off'>> = {
  off: 'off',
  hint: 'hint',
  info: 'info',
  // As the editor itself calls it.
  information: 'info',
  warning: 'warning',
  error: 'error',
}

/** Takes from what a client sends all that is well-formed, and the defaults for the rest. */
export function readSettings(sent: unknown): Settings {
  const { diagnostics, hover, inlayHints, codeLens } = record(sent)
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
    inlayHints: switches(inlayHints, defaults.inlayHints),
    codeLens: switches(codeLens, defaults.codeLens),
  }
}

/** Settings that are on or off. */
function switches<T extends Readonly<Record<string, boolean>>>(sent: unknown, defaults: T): T {
  const given = record(sent)
  const entries = Object.entries(defaults).map(([name, standard]) => {
    const value = given[name]
    return [name, typeof value === 'boolean' ? value : standard]
  })
  return Object.fromEntries(entries)
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
