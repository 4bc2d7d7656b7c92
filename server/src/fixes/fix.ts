import type { Analysis, Host } from '../check/analysis'
import type { Fix, FixClass, Place, Problem, TextEdit } from '../model/problem'

/** What a fix is made from. */
export interface FixContext {
  readonly analysis: Analysis
  readonly host: Host
  readonly problem: Problem
  /** Analyses of other files that a change may affect: they must not get worse. */
  readonly others?: readonly Analysis[]
  /** Whether a fix that leaves nothing wrong has been found already: the search for detours can be spared. */
  readonly solved?: () => boolean
}

/** A change that may fix a problem; the proof decides whether it does. */
export interface Candidate {
  /** What it does, in the imperative, without its result: `Set padding=1`. */
  readonly action: string
  readonly file: string
  readonly edits: readonly TextEdit[]
  /** What it is to the network that was meant; a choice when absent. */
  readonly class?: FixClass
  /** The stage whose output the title shows: the problem's own when absent, none when null. */
  readonly shows?: Place | null
  /** The title says how many parameters follow: those of the first layer with weights from the stage shown on. */
  readonly costs?: true
  /** Worth trying only while nothing better was found, and worth offering only when it uncovers no error. */
  readonly fallback?: boolean
  /** The rest of the text shows that this was meant: it comes first, whatever else of the same text is at fault then. */
  readonly meant?: boolean
  /** Offered but never applied unasked: it changes what the network computes more than the mistake did. */
  readonly drastic?: boolean
}

/** Proposes candidates for the problems of one code, the most likely first. They are drawn one by one. */
export type FixMaker = (context: FixContext) => Iterable<Candidate>

/** A candidate that analysis has confirmed. */
export interface ProvenFix extends Fix {
  readonly problem: Problem
  /** How many errors show that the problem had hidden; 0 for most. */
  readonly uncovered: number
  /** How many errors the file has with the fix applied. */
  readonly errors: number
  readonly drastic: boolean
}
