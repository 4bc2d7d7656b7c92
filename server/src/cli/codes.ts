import { PROBLEM_KINDS } from '../check/problems'
import { SYNTAX_KINDS, type SyntaxKind } from '../check/problems/syntax'
import { CONFIG_KINDS } from '../config/problems'
import { FIXES } from '../fixes/index'
import { LAYERS } from '../layers'
import { documentationUrl } from '../model/documentation'
import { RULES } from '../rules'
import type { AnyRule, RuleOptions, RuleOptionValues, RuleSeverity } from '../rules/frame/rule'

/** What is known of a diagnostic by its code: of a design rule, or of a mistake that the analysis reports. */
export interface DescribedCode {
  readonly code: string
  readonly kind: 'rule' | 'error'
  readonly category: string
  readonly severity: RuleSeverity
  readonly title: string
  /** Why it is reported and what to do, in Markdown. */
  readonly explanation?: string
  readonly source?: string
  readonly example?: string
  /** The example without the finding. */
  readonly instead?: string
  readonly fixable: boolean
  /** For a rule: whether its fixes are applied without asking. */
  readonly fixes?: AnyRule['fixes']
  /** The options of a rule, and those with which its example has the finding. */
  readonly options?: RuleOptions
  readonly exampleOptions?: RuleOptionValues
}

/** The category of mistakes in a configuration, whose examples are configurations too. */
export const CONFIGURATION = 'Configuration'

/** Every code: the constraints of the layers, the kinds of problems, the faults of a text, and the rules. */
export function describedCodes(): readonly DescribedCode[] {
  return [...descriptions().values()]
}

/** Undefined for what is no code. */
export function describeCode(code: string): DescribedCode | undefined {
  return descriptions().get(code)
}

/** The address of the documentation page. */
export function codeUrl(code: string): string {
  return documentationUrl(code, describeCode(code)?.kind === 'rule' ? 'rules' : 'diagnostics')
}

let known: ReadonlyMap<string, DescribedCode> | undefined

function descriptions(): ReadonlyMap<string, DescribedCode> {
  known ??= new Map(
    [...constraintCodes(), ...problemCodes(), ...syntaxCodes(), ...configCodes(), ...ruleCodes()].map(
      (described) => [described.code, described],
    ),
  )
  return known
}

function ruleCodes(): DescribedCode[] {
  return RULES.map((rule) => {
    const {
      code,
      category,
      severity,
      title,
      explanation,
      source,
      example,
      instead,
      fix,
      fixes,
      options,
      exampleOptions,
    } = rule
    const fixable = fix !== undefined
    return {
      code,
      kind: 'rule',
      category,
      severity,
      title,
      explanation,
      source,
      example,
      instead,
      fixable,
      ...(fixes && fixable ? { fixes } : {}),
      ...(options ? { options } : {}),
      ...(exampleOptions ? { exampleOptions } : {}),
    }
  })
}

function problemCodes(): DescribedCode[] {
  return PROBLEM_KINDS.map((kind) => ({ ...describeKind(kind), category: 'Mistakes' }))
}

/** A fix for a fault of the text depends on what stands there. */
function syntaxCodes(): DescribedCode[] {
  return SYNTAX_KINDS.map((kind) => ({ ...describeKind(kind), category: 'Faults of the text' }))
}

function configCodes(): DescribedCode[] {
  return CONFIG_KINDS.map((kind) => ({ ...describeKind(kind), category: CONFIGURATION }))
}

function describeKind({ code, severity, title, explanation, example }: SyntaxKind) {
  return { code, kind: 'error', severity, title, explanation, example, fixable: isFixable(code) } as const
}

function isFixable(code: string): boolean {
  return FIXES[code] !== undefined
}

function constraintCodes(): DescribedCode[] {
  return LAYERS.flatMap(({ constraints }) =>
    constraints.map(({ code, text, example }) => ({
      code,
      kind: 'error',
      category: 'Constraints of layers',
      severity: 'error',
      title: text,
      example,
      fixable: isFixable(code),
    })),
  )
}
