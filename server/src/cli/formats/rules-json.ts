import { type DescribedCode, pageUrl } from '../../lint/codes'
import { repairedExample } from '../../lint/examples'
import { printJson } from './json'

/** All codes for programs: the rules, and the diagnostics that no configuration sets. */
export function rulesJson(codes: readonly DescribedCode[]): string {
  const ofKind = (kind: DescribedCode['kind']) => codes.filter((code) => code.kind === kind).map(toJson)
  return printJson({ version: 1, rules: ofKind('rule'), diagnostics: ofKind('error') })
}

/** One code, its repaired example too where a fix has to be proven to know it. */
export function ruleJson(rule: DescribedCode): string {
  return printJson({ version: 1, rule: { ...toJson(rule), instead: repairedExample(rule) ?? null } })
}

function toJson(rule: DescribedCode) {
  return {
    code: rule.code,
    kind: rule.kind,
    category: rule.category,
    severity: rule.severity,
    title: rule.title,
    explanation: rule.explanation,
    source: rule.source ?? null,
    example: rule.example,
    instead: rule.instead ?? null,
    fixes: rule.fixes,
    options: rule.options ?? {},
    url: pageUrl(rule.code),
  }
}
