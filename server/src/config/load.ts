/** Follows what a configuration extends: the configuration with its settings for every file. */
import { closest } from '../check/words'
import { defaultSetting, type LintSettings, type RuleSetting } from '../lint/settings'
import { byPlace, type Problem } from '../model/problem'
import { findRule } from '../rules/index'
import { type PathTest, pathTest } from './globs'
import { rangeOf } from './json'
import { findPreset, PRESETS, presetEntries, type RuleEntries } from './presets'
import { configExtendsCycle, configExtendsNotFound } from './problems'
import type { ConfigText, Extended } from './read'
import { configProblem } from './report'

/** The configurations that are at hand, and how they name each other. */
export interface ConfigTexts {
  /** Undefined when there is none. */
  text(uri: string): ConfigText | undefined
  resolve(from: string, path: string): string
  /** The path of a URI, its characters not escaped, as glob patterns mean it. */
  pathOf(uri: string): string
}

/** A configuration with everything that it extends. */
export interface Config {
  readonly uri: string
  /** The files that it is made of, itself first; those that are missing left out. */
  readonly files: ReadonlyMap<string, ConfigText>
  /** The mistakes in all of them. */
  readonly problems: readonly Problem[]
  ignores(file: string): boolean
  /** The same object for files that all overrides treat alike. */
  settings(file: string): LintSettings
}

/** Rules that are set for all files, or for those that a test accepts. The later one counts. */
interface Layer {
  readonly applies?: PathTest
  readonly rules: RuleEntries
}

/** How many configurations may stand in one chain, each extending the next. */
const MOST_EXTENDED = 30

export function loadConfig(uri: string, texts: ConfigTexts): Config | undefined {
  const root = texts.text(uri)
  if (root === undefined) return undefined
  const files = new Map<string, ConfigText>()
  const problems: Problem[] = []
  // The last layer first: what is extended in several ways counts where it would count last, and is read once.
  const layers: Layer[] = []
  const ignores: PathTest[] = []

  const add = (config: ConfigText, chain: readonly string[]) => {
    files.set(config.uri, config)
    problems.push(...config.problems)
    const below = (patterns: readonly string[]) => inFolder(config.uri, patterns, texts)
    if (config.ignore.length > 0) ignores.push(below(config.ignore))
    for (const { files, rules } of config.overrides.toReversed())
      layers.push({ applies: below(files), rules })
    layers.push({ rules: config.rules })
    for (const extended of config.extends.toReversed()) {
      const preset = findPreset(extended.name)
      if (preset === undefined) addFile(config, extended, chain)
      else layers.push({ rules: presetEntries(preset) })
    }
  }

  const addFile = (from: ConfigText, { name, node }: Extended, chain: readonly string[]) => {
    const target = texts.resolve(from.uri, name)
    const place = { file: from.uri, range: rangeOf(node) }
    const start = chain.indexOf(target)
    if (start >= 0) {
      const names = [...chain.slice(start), target].map((each) => fileName(texts.pathOf(each)))
      const data = { chain: names.length < 3 ? [] : names }
      return void problems.push(configProblem(configExtendsCycle, data, place))
    }
    if (files.has(target)) return
    if (chain.length >= MOST_EXTENDED) {
      return void problems.push(configProblem(configExtendsCycle, { chain: [], limit: MOST_EXTENDED }, place))
    }
    const config = texts.text(target)
    if (config !== undefined) return add(config, [...chain, target])
    problems.push(configProblem(configExtendsNotFound, notFound(name), place))
  }

  add(root, [uri])
  return {
    uri,
    files,
    problems: distinctPlaces(problems.sort(byFile)),
    ignores: (file) => ignores.some((test) => test(texts.pathOf(file))),
    settings: settingsBy(layers.toReversed(), texts.pathOf),
  }
}

/** The test for patterns that a configuration has: relative to its folder, or from the root for files elsewhere. */
function inFolder(uri: string, patterns: readonly string[], { pathOf }: ConfigTexts): PathTest {
  const path = pathOf(uri)
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const test = pathTest(patterns)
  return (file) => test(file.startsWith(folder) ? file.slice(folder.length) : file.replace(/^\/+/, ''))
}

function notFound(name: string) {
  const presets = PRESETS.map((preset) => preset.name)
  const isPath = /[/.\\]/.test(name)
  return { name, isPath, presets, suggestions: isPath ? [] : closest(name, presets) }
}

/** By their files' names, then by their places. */
function byFile(a: Problem, b: Problem): number {
  return a.file === b.file ? byPlace(a, b) : a.file < b.file ? -1 : 1
}

/** A file that is extended in two ways has its mistakes once. */
function distinctPlaces(problems: readonly Problem[]): readonly Problem[] {
  const keyOf = ({ code, file, range }: Problem) => `${code} ${range.start} ${file}`
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()]
}

function settingsBy(layers: readonly Layer[], pathOf: (file: string) => string) {
  const known = new Map<string, LintSettings>()
  return (file: string): LintSettings => {
    const path = pathOf(file)
    const applied = layers.map(({ applies }) => applies?.(path) ?? true)
    const key = applied.map(Number).join('')
    const settings = known.get(key) ?? merged(layers.filter((_, i) => applied[i]))
    known.set(key, settings)
    return settings
  }
}

function merged(layers: readonly Layer[]): LintSettings {
  const settings = new Map<string, RuleSetting>()
  for (const { rules } of layers) {
    for (const [code, { severity, options }] of rules) {
      const rule = findRule(code)
      if (rule === undefined) continue
      const standard = defaultSetting(rule).options
      const before = settings.get(code)?.options ?? standard
      settings.set(code, { severity, options: options === undefined ? before : { ...standard, ...options } })
    }
  }
  return settings
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
