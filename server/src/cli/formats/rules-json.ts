import { type DescribedCode, pageUrl } from '../../lint/codes'
import { printJson } from './json'

/** All codes for programs: the rules, and the diagnostics that no configuration sets. */
export function rulesJson(codes: readonly DescribedCode[]): string {
  const ofKind = (kind: DescribedCode['kind']) => codes.filter((code) => code.kind === kind).map(toJson)
  return printJson({ version: 1, rules: ofKind('rule'), diagnostics: ofKind('error') })
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
