/** Reads one configuration: a text becomes what it sets, and the mistakes in it. */
import { byPlace, type Problem } from '../model/problem'
import { describeJson, itemsOf, type Node, parseJson } from './json'
import { findPreset, type RuleEntries } from './presets'
import { configSyntax, configValue } from './problems'
import { readRules } from './read-rules'
import { collector, configProblem, type Report } from './report'
import { expectObject, readGlobs, valuesByKey } from './values'

/** What a configuration extends: a preset by its name, or another configuration by its path. */
export interface Extended {
  readonly name: string
  readonly node: Node
}

interface Override {
  readonly files: readonly string[]
  readonly rules: RuleEntries
}

/** One configuration as it is written. */
export interface ConfigText {
  readonly uri: string
  readonly text: string
  readonly extends: readonly Extended[]
  readonly rules: RuleEntries
  readonly ignore: readonly string[]
  readonly overrides: readonly Override[]
  readonly problems: readonly Problem[]
}

export const CONFIG_KEYS = ['$schema', 'extends', 'rules', 'ignore', 'overrides'] as const
export const OVERRIDE_KEYS = ['files', 'rules'] as const

const NO_RULES: RuleEntries = new Map()

export function readConfig(uri: string, text: string): ConfigText {
  const { root, fault } = parseJson(text)
  const { problems, report } = collector(uri)
  const { extends: extended, rules, ignore, overrides } = root === undefined ? {} : topValues(root, report)
  const read = {
    uri,
    text,
    extends: extended === undefined ? [] : readExtends(extended, report),
    rules: rules === undefined ? NO_RULES : readRules(rules, report),
    ignore: ignore === undefined ? [] : readGlobs(ignore, '`ignore`', report),
    overrides: overrides === undefined ? [] : readOverrides(overrides, report),
  }
  const all =
    fault === undefined
      ? problems
      : // What is read around a fault of the text may be half of what was meant.
        [configProblem(configSyntax, { fault: fault.text }, { file: uri, range: fault.range })]
  return { ...read, problems: all.sort(byPlace) }
}

function topValues(root: Node, report: Report): { readonly [K in (typeof CONFIG_KEYS)[number]]?: Node } {
  const isObject = expectObject(root, 'the configuration', 'an object', report)
  return isObject ? valuesByKey(root, CONFIG_KEYS, report) : {}
}

function readExtends(node: Node, report: Report): readonly Extended[] {
  const items = node.type === 'array' ? itemsOf(node) : [node]
  return items.flatMap((item) => {
    if (typeof item.value === 'string' && item.value !== '') return [{ name: item.value, node: item }]
    const what = item === node ? '`extends`' : 'an item of `extends`'
    const expected = 'the name of a preset or the path of a configuration, or a list of these'
    report(configValue, { what, found: describeJson(item), expected }, item)
    return []
  })
}

function readOverrides(node: Node, report: Report): readonly Override[] {
  const expected = 'a list of objects with `files` and `rules`'
  if (node.type !== 'array') {
    report(configValue, { what: '`overrides`', found: describeJson(node), expected }, node)
    return []
  }
  return itemsOf(node).flatMap((item) => {
    if (!expectObject(item, 'an item of `overrides`', 'an object with `files` and `rules`', report)) return []
    const { files, rules } = valuesByKey(item, OVERRIDE_KEYS, report)
    const globs = files === undefined ? [] : readGlobs(files, '`files`', report)
    if (files === undefined || (files.type === 'array' && itemsOf(files).length === 0)) {
      const found = files === undefined ? 'missing' : 'an empty list'
      const data = { what: '`files`', found, expected: 'a list of at least one glob pattern' }
      // Not all of an object of many lines, only where it begins.
      report(configValue, data, files ?? { ...item, length: 1 })
    }
    return [{ files: globs, rules: rules === undefined ? NO_RULES : readRules(rules, report) }]
  })
}

/** The paths of the configurations that a configuration extends, presets left out. */
export function extendedPaths(config: ConfigText): readonly Extended[] {
  return config.extends.filter(({ name }) => findPreset(name) === undefined)
}
