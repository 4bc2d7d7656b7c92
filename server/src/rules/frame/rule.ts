import type { Analysis } from '../../check/analysis'
import type { Candidate, FixContext } from '../../fixes/fix'
import type { Frame, LayerNode } from '../../model/graph'
import type { FixClass, Place, Problem, RelatedPlace, Severity } from '../../model/problem'
import type { Words } from '../../model/words'
import type { Survey } from './survey'

/** In the order in which lists show them. */
const RULE_CATEGORIES = [
  'Padding and sampling',
  'Receptive field',
  'Upsampling',
  'Width, depth and cost',
  'Order and redundancy',
  'Axes and inputs',
  'Language',
] as const

type RuleCategory = (typeof RULE_CATEGORIES)[number]

/** How severe a finding is by a configuration: `off` means that the rule does not run. */
export type RuleSeverity = Severity | 'off'

/** An option of a rule as data: it is checked, documented and offered from here. */
export type RuleOption =
  | {
      readonly type: 'number'
      /** Absent: unless it is set, what it is for is not checked. */
      readonly default?: number
      readonly min?: number
      readonly documentation: string
    }
  | { readonly type: 'boolean'; readonly default: boolean; readonly documentation: string }

export type RuleOptions = Readonly<Record<string, RuleOption>>

export type RuleOptionValues = Readonly<Record<string, number | boolean | undefined>>

/** The value of an option as its rule reads it: a number without a default may be missing. */
type ValueOf<O extends RuleOption> = O extends { readonly type: 'boolean' }
  ? boolean
  : O extends { readonly default: number }
    ? number
    : number | undefined

/** The values of the options that a rule declares. */
type DeclaredValues<O extends RuleOptions> = { readonly [K in keyof O]: ValueOf<O[K]> }

/** Where a finding stands: at the application of a layer, or somewhere else in a text. */
export type FindingPlace =
  | {
      readonly node: LayerNode
      /** The option that is the culprit; the layer's name is underlined when it is absent or not written. */
      readonly option?: string
    }
  | {
      readonly place: Place
      /** The run that shows it: the calls that led there are shown. */
      readonly frame?: Frame
    }

/** What a rule has found. */
export type Finding<D> = FindingPlace & {
  readonly data: D
  /** False where the text has an effect all the same, though the rule's texts are without one in general. */
  readonly faded?: false
  /** Other places that decided it. */
  readonly related?: readonly RelatedPlace[]
}

/**
 * The names that files import of which there is no analysis, since there are too many; or any name, where it is not
 * known which files there are.
 */
export type Unseen = readonly string[] | 'any'

/** What a rule reads; its options have the types that it declares. */
export interface RuleContext<O extends RuleOptions = RuleOptions> {
  readonly analysis: Analysis
  /** The networks of the analysis with what rules ask of them, made once for all rules. */
  readonly survey: Survey
  /** The analyses of files that import this one, as far as they are known. */
  readonly importers: readonly Analysis[]
  /** What files that are not among them may import. */
  readonly unseen?: Unseen
  readonly options: DeclaredValues<O>
  /** What the other rules have found; nothing unless the rule runs last. */
  readonly others: Others
}

/** The rules that ran before those that run last, and what they found before comments silence it. */
export interface Others {
  /** The codes of all rules. */
  readonly codes: readonly string[]
  readonly ran: ReadonlySet<string>
  readonly found: readonly Problem[]
}

export const NO_OTHERS: Others = { codes: [], ran: new Set(), found: [] }

/** A design rule: its meta, which its page is made from, its check, and its fix where there is one. */
export interface Rule<D, O extends RuleOptions = RuleOptions> {
  /** Kebab-case; it never changes. It is the file's name too. */
  readonly code: string
  readonly category: RuleCategory
  /** Unless the configuration says otherwise. */
  readonly severity: RuleSeverity
  /** The finding in a few words, for lists. */
  readonly title: string
  /** Why this is worth a finding, in Markdown. */
  readonly explanation: string
  /** The literature: paper and section. */
  readonly source: string
  /** A whole file that has this finding alone. */
  readonly example: string
  /** The same network without it. */
  readonly instead: string
  readonly options?: O
  /** With these options the example has its finding, where it has none by the defaults. */
  readonly exampleOptions?: RuleOptionValues
  /** The text is without effect: editors fade it. */
  readonly unnecessary?: true
  /**
   * A text that stands for several applications (in a block, in a repetition) is at fault only where each of
   * them is; otherwise one is enough.
   */
  readonly everywhere?: true
  /** It finds inputs, at their names, whose sizes mean something else than was meant. */
  readonly doubts?: 'inputs'
  /** It is about what the other rules find, and runs after them. */
  readonly last?: true
  /** A method, like `check` and `fix`, so that rules with whatever data stand in one list: each gets its own. */
  words(data: D): Words
  check(context: RuleContext<O>, report: (finding: Finding<D>) => void): void
  /**
   * What its fixes are to the network that was meant, the strongest first; the last is that of a candidate which names
   * none. Choices when absent. A fix that is proven to be less fails a test.
   */
  readonly fixes?: readonly [FixClass, ...FixClass[]]
  /** Proposes changes; what is offered is proven by analysis. */
  fix?(context: FixContext, data: D): Iterable<Candidate>
}

/** The categories of rules that read nothing off the sizes of maps. */
const SIZELESS: ReadonlySet<RuleCategory> = new Set(['Order and redundancy', 'Language'])

/** Whether what a rule finds may follow from an input whose sizes are wrong. */
export function readsSizes({ category, doubts }: AnyRule): boolean {
  return doubts === undefined && !SIZELESS.has(category)
}

/** A rule among others, whatever its data. */
export type AnyRule = Rule<unknown>

/**
 * Declares a rule; the type of its data reaches its words and its fix. Where it has options, it leaves out the type
 * argument and says the type of its data at `words`: then the options have their types too.
 */
export function rule<D, const O extends RuleOptions = RuleOptions>(declared: Rule<D, O>): AnyRule {
  return declared
}
