import { posix } from 'node:path'
import { type ConfigHost, type Configs, createConfigs } from '../../server/src/config/find'
import type { Config } from '../../server/src/config/load'
import { readConfig } from '../../server/src/config/read'
import { type LintSettings, settingOf } from '../../server/src/lint/settings'
import type { Problem } from '../../server/src/model/problem'
import { findRule } from '../../server/src/rules/index'

/** Texts with `«…»` around places: the texts without the marks, and the ranges that they mark. */
export function marked(text: string): { readonly text: string; readonly places: readonly string[] } {
  const places: string[] = []
  let plain = ''
  let start = 0
  for (const part of text.split(/([«»])/)) {
    if (part === '«') start = plain.length
    else if (part === '»') places.push(`${start}-${plain.length} ${plain.slice(start)}`)
    else plain += part
  }
  return { text: plain, places }
}

/** Where problems stand, in the form of {@link marked}. */
export function placesOf(text: string, problems: readonly Problem[]): readonly string[] {
  return problems.map(({ range: { start, end } }) => `${start}-${end} ${text.slice(start, end)}`)
}

/** The problems in one configuration, and the places that its marks name. */
export function problemsIn(source: string) {
  const { text, places } = marked(source)
  const { problems } = readConfig('/cnnlint.config.json', text)
  return { problems, found: placesOf(text, problems), places }
}

/** Configurations in memory; a text may be changed or removed between two calls. */
export function configsIn(files: Record<string, string>): Configs & { readonly reads: string[] } {
  const reads: string[] = []
  const host: ConfigHost = {
    async read(uri) {
      reads.push(uri)
      return files[uri]
    },
    resolve: (from, path) =>
      from.includes('://') ? new URL(path, from).href : posix.resolve(posix.dirname(from), path),
    pathOf: (uri) => uri,
  }
  return { ...createConfigs(host), reads }
}

export async function loaded(files: Record<string, string>, uri: string): Promise<Config> {
  const config = await configsIn(files).load(uri)
  if (config === undefined) throw new Error(`There is no ${uri}.`)
  return config
}

export function severityOf(settings: LintSettings, code: string): string {
  const rule = findRule(code)
  if (rule === undefined) throw new Error(`There is no rule ${code}.`)
  return settingOf(rule, settings).severity
}
