/**
 * The catalogue of codes: of every problem that a network text can have, whoever finds it, with its page. The
 * mistakes of a configuration are added by `config/`.
 */
import { PROBLEM_KINDS } from '../check/problems'
import { SYNTAX_KINDS, type SyntaxKind } from '../check/problems/syntax'
import { errorClasses } from '../fixes/index'
import { LAYERS } from '../layers/index'
import type { FixClass } from '../model/problem'
import type { AnyRule, RuleOptions, RuleOptionValues, RuleSeverity } from '../rules/frame/rule'
import { RULES } from '../rules/index'
import { classesOf } from './offer'

/** What is known of a diagnostic by its code: of a design rule, or of a mistake that the analysis reports. */
export interface DescribedCode {
  readonly code: string
  readonly kind: 'rule' | 'error'
  readonly category: string
  readonly severity: RuleSeverity
  readonly title: string
  /** Why it is reported and what to do, in Markdown. */
  readonly explanation: string
  readonly source?: string
  readonly example: string
  /** The example without the finding; left out where the first fix of the example gives it. */
  readonly instead?: string
  /** What its fixes may be, the strongest first; empty where it gets none. */
  readonly fixes: readonly FixClass[]
  /** The options of a rule, and those with which its example has the finding. */
  readonly options?: RuleOptions
  readonly exampleOptions?: RuleOptionValues
}

/** The description of a kind of mistake. */
export function describeKind(kind: SyntaxKind, category: string): DescribedCode {
  const { code, severity, title, explanation, example, instead } = kind
  return {
    code,
    kind: 'error',
    category,
    severity,
    title,
    explanation,
    example,
    ...(instead === undefined ? {} : { instead }),
    fixes: errorClasses(kind),
  }
}

/** Every code of a network text: the constraints of the layers, the mistakes, the faults of a text, and the rules. */
export const CODES: ReadonlyMap<string, DescribedCode> = new Map(
  [
    ...constraintCodes(),
    ...PROBLEM_KINDS.map((kind) => describeKind(kind, 'Mistakes')),
    // A fix for a fault of the text depends on what stands there.
    ...SYNTAX_KINDS.map((kind) => describeKind(kind, 'Faults of the text')),
    ...RULES.map(describeRule),
  ].map((described) => [described.code, described]),
)

/** Where the page of a code is, relative to the project's root: rules have theirs apart from all others. */
export function pagePath(code: string): string {
  return `docs/${CODES.get(code)?.kind === 'rule' ? 'rules' : 'diagnostics'}/${code}.md`
}

/** The address of the page of a code: what an editor opens when the code is clicked. */
export function pageUrl(code: string): string {
  return `https://github.com/cnnlint/cnnlint/blob/main/${pagePath(code)}`
}

function describeRule(rule: AnyRule): DescribedCode {
  const { code, category, severity, title, explanation, source, example, instead } = rule
  const { options, exampleOptions } = rule
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
    fixes: classesOf(rule),
    ...(options ? { options } : {}),
    ...(exampleOptions ? { exampleOptions } : {}),
  }
}

function constraintCodes(): DescribedCode[] {
  return LAYERS.flatMap(({ constraints }) =>
    constraints.map((constraint) =>
      describeKind({ severity: 'error', ...constraint }, 'Constraints of layers'),
    ),
  )
}
