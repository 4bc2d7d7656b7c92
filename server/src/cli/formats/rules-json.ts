import { type DescribedCode, pageUrl } from '../../lint/codes'
import { printJson } from './json'

/** Rules for programs. */
export function rulesJson(rules: readonly DescribedCode[]): string {
  return printJson({ version: 1, rules: rules.map(toJson) })
}

export function ruleJson(rule: DescribedCode): string {
  return printJson({ version: 1, rule: toJson(rule) })
}

function toJson(rule: DescribedCode) {
  return {
    code: rule.code,
    kind: rule.kind,
    category: rule.category,
    severity: rule.severity,
    title: rule.title,
    explanation: rule.explanation ?? null,
    source: rule.source ?? null,
    example: rule.example ?? null,
    instead: rule.instead ?? null,
    fixes: rule.fixes,
    options: rule.options ?? {},
    url: pageUrl(rule.code),
  }
}
