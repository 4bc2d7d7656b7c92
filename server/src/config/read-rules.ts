/** Reads the `rules` of a configuration: severities and options by code. */
import { closest } from '../check/words'
import { CODES } from '../lint/codes'
import type { AnyRule, RuleOption, RuleSeverity } from '../rules/frame/rule'
import { findRule, RULES } from '../rules/index'
import { similarCodes } from './codes'
import { describeJson, itemsOf, type Node, type Property } from './json'
import { FOREIGN_SEVERITIES, isSeverity, SEVERITIES } from './names'
import type { RuleEntries, RuleEntry } from './presets'
import {
  configOptionValue,
  configSeverity,
  configUnknownOption,
  configUnknownRule,
  configValue,
} from './problems'
import type { Report } from './report'
import { distinct, expectObject } from './values'

const RULE_VALUE = 'a severity, or a list of a severity and an object of options'

export function readRules(node: Node, report: Report): RuleEntries {
  const entries = new Map<string, RuleEntry>()
  if (!expectObject(node, '`rules`', 'an object with severities by the codes of rules', report))
    return entries
  for (const property of distinct(node, report)) {
    const rule = knownRule(property, report)
    const entry = rule && property.value && readEntry(rule, property.value, report)
    if (rule && entry) entries.set(rule.code, entry)
  }
  return entries
}

function knownRule({ key, keyNode }: Property, report: Report): AnyRule | undefined {
  const rule = findRule(key)
  if (rule !== undefined) return rule
  const suggestions = similarCodes(
    key,
    RULES.map(({ code }) => code),
  )
  report(configUnknownRule, { name: key, isError: CODES.has(key), suggestions }, keyNode)
  return undefined
}

function readEntry(rule: AnyRule, node: Node, report: Report): RuleEntry | undefined {
  if (node.type !== 'array') {
    const severity = readSeverity(rule, node, report)
    return severity && { severity }
  }
  const [first, second, third] = itemsOf(node)
  if (first === undefined || third !== undefined) {
    const found = third === undefined ? 'an empty list' : `a list of ${itemsOf(node).length}`
    report(configValue, { what: `\`${rule.code}\``, found, expected: RULE_VALUE }, third ?? node)
  }
  const severity = first && readSeverity(rule, first, report)
  const options = second && readOptions(rule, second, report)
  return severity && { severity, ...(options ? { options } : {}) }
}

function readSeverity({ code }: AnyRule, node: Node, report: Report): RuleSeverity | undefined {
  if (isSeverity(node.value)) return node.value
  if (node.type === 'object' || node.type === 'array') {
    const data = { what: `the severity of \`${code}\``, found: describeJson(node), expected: RULE_VALUE }
    report(configValue, data, node)
    return undefined
  }
  const foreign = FOREIGN_SEVERITIES[String(node.value)]
  const suggestions = foreign === undefined ? closest(String(node.value), SEVERITIES) : [foreign]
  report(configSeverity, { found: describeJson(node), known: SEVERITIES, suggestions }, node)
  return undefined
}

function readOptions(rule: AnyRule, node: Node, report: Report): RuleEntry['options'] {
  const what = `the second item of \`${rule.code}\``
  if (!expectObject(node, what, 'an object with the options of the rule', report)) return undefined
  const declared = rule.options ?? {}
  const known = Object.keys(declared)
  const options: Record<string, number | boolean> = {}
  for (const { key, keyNode, value } of distinct(node, report)) {
    const option = Object.hasOwn(declared, key) ? declared[key] : undefined
    if (option === undefined) {
      const suggestions = closest(key, known)
      report(configUnknownOption, { rule: rule.code, name: key, known, suggestions }, keyNode)
    } else if (value !== undefined) {
      if (fits(option, value.value)) options[key] = value.value
      else {
        const data = {
          rule: rule.code,
          option: key,
          found: describeJson(value),
          expected: describeOption(option),
        }
        report(configOptionValue, data, value)
      }
    }
  }
  return options
}

function fits(option: RuleOption, value: unknown): value is number | boolean {
  if (option.type === 'boolean') return typeof value === 'boolean'
  return (
    typeof value === 'number' && Number.isFinite(value) && value >= (option.min ?? Number.NEGATIVE_INFINITY)
  )
}

function describeOption(option: RuleOption): string {
  if (option.type === 'boolean') return '`true` or `false`'
  return option.min === undefined ? 'a number' : `a number of at least ${option.min}`
}
