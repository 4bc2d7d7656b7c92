import type { Analysis } from '../check/analysis'
import type { FixMaker } from '../fixes/fix'
import type { LayerNode } from '../model/graph'
import type { Severity, Words } from '../model/problem'

export type RuleCategory =
  | 'Padding and sampling'
  | 'Receptive field'
  | 'Upsampling'
  | 'Width, depth and cost'
  | 'Order and redundancy'
  | 'Language'

/** What a rule has found at the application of a layer. */
export interface Finding<D> {
  readonly node: LayerNode
  /** The option that is the culprit; the layer's name is underlined when it is absent or not written. */
  readonly option?: string
  readonly data: D
}

/** A design rule: its meta, which its page is made from, its check, and its fix where there is one. */
export interface Rule<D> {
  /** Kebab-case; it never changes. It is the file's name too. */
  readonly code: string
  readonly category: RuleCategory
  /** Unless the configuration says otherwise. */
  readonly severity: Severity
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
  readonly words: (data: D) => Words
  readonly check: (analysis: Analysis, report: (finding: Finding<D>) => void) => void
  /** Proposes changes; what is offered is proven by analysis. It reads {@link RuleData}. */
  readonly fix?: FixMaker
}

/** What a problem that a rule found carries for its fix. */
export interface RuleData<D> {
  readonly node: LayerNode
  readonly finding: D
}

/** A rule among others, whatever its data. */
export type AnyRule = Omit<Rule<never>, 'check'> & {
  readonly check: (analysis: Analysis, report: (finding: Finding<never>) => void) => void
}

/** Declares a rule; the type of its data reaches its words. */
export function rule<D>(declared: Rule<D>): AnyRule {
  return declared as unknown as AnyRule
}

/** All applications of layers in the networks of a file. */
export function* layersOf({ networks }: Analysis): Generator<LayerNode> {
  for (const { layers } of networks) yield* layers
}
