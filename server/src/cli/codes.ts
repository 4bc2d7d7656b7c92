import { PROBLEM_KINDS } from '../check/problems'
import { LAYERS } from '../layers'
import { documentationUrl } from '../model/documentation'
import type { Severity } from '../model/problem'
import { RULES } from '../rules'

/** What is known of a diagnostic by its code: of a design rule, or of a mistake that the analysis reports. */
export interface DescribedCode {
  readonly code: string
  readonly kind: 'rule' | 'error'
  readonly category: string
  readonly severity: Severity
  readonly title: string
  /** Why it is reported and what to do, in Markdown. */
  readonly explanation?: string
  readonly source?: string
  readonly example?: string
  /** The example without the finding. */
  readonly instead?: string
  readonly fixable: boolean
}

/** Every described code: the rules, the kinds of problems, and the constraints of the layers. */
export function describedCodes(): readonly DescribedCode[] {
  return [...descriptions().values()]
}

/** Undefined for faults of the text itself, whose message says all that there is to say. */
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
    [...constraintCodes(), ...problemCodes(), ...ruleCodes()].map((described) => [described.code, described]),
  )
  return known
}

function ruleCodes(): DescribedCode[] {
  return RULES.map((rule) => {
    const { code, category, severity, title, explanation, source, example, instead, fix } = rule
    const fixable = fix !== undefined
    return { code, kind: 'rule', category, severity, title, explanation, source, example, instead, fixable }
  })
}

function problemCodes(): DescribedCode[] {
  return PROBLEM_KINDS.map(({ code, severity, title, explanation, example }) => ({
    code,
    kind: 'error',
    category: 'Mistakes',
    severity,
    title,
    explanation,
    example,
    fixable: false,
  }))
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
      fixable: false,
    })),
  )
}
