import { dirname, relative, resolve } from 'node:path'
import { describeCode, similarCodes } from '../config/codes'
import { type Configs, createConfigs, type FileConfig, fileConfig } from '../config/find'
import type { Config } from '../config/load'
import { isSeverity, SEVERITIES } from '../config/names'
import { type Severities, withSeverities } from '../config/severities'
import type { LintSettings } from '../lint/settings'
import type { RuleSeverity } from '../rules/frame/rule'
import { findRule, RULES } from '../rules/index'
import { UsageError } from './command'
import { readFound, reason } from './files'
import { type FileReport, toFinding } from './findings'
import { tidyPath } from './path-names'
import { didYouMean, suggested } from './suggest'

/** The options that `check` and `summary` share. */
export const CONFIG_OPTIONS = {
  config: {
    kind: 'text',
    value: 'PATH',
    help: 'Use this configuration for all files, instead of the nearest cnnlint.config.json of each',
  },
  rule: {
    kind: 'pairs',
    value: 'CODE=SEVERITY',
    help: `Set a rule to ${SEVERITIES.join(', ')}, whatever the configuration says`,
  },
} as const

export interface ConfigChoices {
  readonly config?: string | undefined
  readonly rule?: Readonly<Record<string, string>>
}

/** The configurations of the files that a command works on. */
export interface FileConfigs {
  settingsOf(file: string): Promise<LintSettings>
  isIgnored(file: string): Promise<boolean>
  /** The names of the configurations that say so, the nearest first. */
  namesFor(file: string): Promise<readonly string[]>
  /** What is wrong in the configurations that files have been found to have. */
  mistakes(): readonly FileReport[]
}

/**
 * The nearest configuration of each file, or the one that is asked for.
 * @throws UsageError when that is not there, or a rule or severity does not exist.
 */
export async function openConfigs({ config: path, rule = {} }: ConfigChoices = {}): Promise<FileConfigs> {
  const severities = readSeverities(rule)
  const configs = createConfigs({
    read: async (file) => readConfigText(file),
    resolve: (from, to) => tidyPath(resolve(dirname(from), to)),
    pathOf: (file) => file,
  })
  const used = new Map<string, Config>()
  const only = path === undefined ? undefined : await loadOnly(path, configs)

  const of = async (file: string): Promise<FileConfig> => {
    const absolute = absolutePath(file)
    const found = only === undefined ? await configs.of(absolute) : fileConfig(only, absolute)
    if (found.config !== undefined) used.set(found.config.uri, found.config)
    return found
  }
  return {
    settingsOf: async (file) => withSeverities((await of(file)).settings, severities),
    isIgnored: async (file) => (await of(file)).ignored,
    namesFor: async (file) => [...((await of(file)).config?.files.keys() ?? [])].map(shownPath),
    mistakes: () => reportsOf([...used.values()]),
  }
}

async function loadOnly(path: string, configs: Configs): Promise<Config> {
  const config = await configs.load(absolutePath(path))
  if (config === undefined) throw new UsageError(`--config: there is no file '${path}'`)
  return config
}

/** @throws UsageError for a file that is there and cannot be read: without it other rules would hold, silently. */
function readConfigText(file: string): string | undefined {
  try {
    return readFound(file)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined
    throw new UsageError(`cannot read the configuration '${shownPath(file)}': ${reason(error)}`)
  }
}

function readSeverities(pairs: Readonly<Record<string, string>>): Severities {
  const severities: Record<string, RuleSeverity> = {}
  for (const [code, severity] of Object.entries(pairs)) {
    if (findRule(code) === undefined) {
      const codes = RULES.map((rule) => rule.code)
      const hint = suggested(similarCodes(code, codes))
      throw new UsageError(
        describeCode(code) === undefined
          ? `--rule: no rule has the code '${code}'${hint || "; 'cnnlint rules' lists them all"}`
          : `--rule: '${code}' is no rule but the code of an error, which stands whatever is set`,
      )
    }
    if (!isSeverity(severity)) {
      const hint = didYouMean(severity, SEVERITIES)
      throw new UsageError(
        `--rule: '${severity}' is no severity${hint || `: it is one of ${SEVERITIES.join(', ')}`}`,
      )
    }
    severities[code] = severity
  }
  return severities
}

/** One report for each file that has a mistake, however many configurations extend it. */
function reportsOf(configs: readonly Config[]): readonly FileReport[] {
  const reports = new Map<string, FileReport>()
  for (const { files, problems } of configs) {
    for (const [uri, text] of files) {
      const own = problems.filter(({ file }) => file === uri)
      if (own.length === 0) continue
      const file = shownPath(uri)
      const findings = own.map((problem) =>
        toFinding({ ...problem, file }, { files: new Map([[file, text]]) }),
      )
      reports.set(file, { file, findings })
    }
  }
  return [...reports.values()]
}

function absolutePath(file: string): string {
  return tidyPath(resolve(file))
}

/** As the command line names files: from the current folder. */
function shownPath(file: string): string {
  return tidyPath(relative(process.cwd(), file))
}
