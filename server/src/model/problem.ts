import type { Range, SyntaxProblem } from '../../../grammar/tree'
import type { FaultyStage } from './graph'
import type { Words } from './words'

export type Severity = 'error' | 'warning' | 'info' | 'hint'

/** A range in one of the analysed files. */
export interface Place {
  readonly file: string
  readonly range: Range
}

export interface RelatedPlace extends Place {
  readonly message: string
  /** What is wrong began here: fixes are offered at this place too. */
  readonly isCause?: true
}

/** A finding of the analysis or of a rule. Fixes read `data`, never the message. */
export interface Problem extends Place {
  /** Kebab-case; it never changes, and it names the documentation page. */
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** The parts of the message; a fault of the text has none. */
  readonly words?: Words
  readonly related: readonly RelatedPlace[]
  /** Where the fault itself is, when that is in an imported file and this place is the call that led there. */
  readonly origin?: Place
  readonly data?: unknown
  /** Where a layer violates one of its constraints; `data` is then the violation's. */
  readonly stage?: FaultyStage
  /** The text is without effect: editors fade it. */
  readonly unnecessary?: boolean
  /** The replacement that the parser is certain of. */
  readonly syntaxFix?: SyntaxProblem['fix']
}

/** Orders the problems of one file as they are listed: by place, at one place by code. */
export function byPlace(a: Problem, b: Problem): number {
  const byRange = a.range.start - b.range.start || a.range.end - b.range.end
  if (byRange !== 0 || a.code === b.code) return byRange
  return a.code < b.code ? -1 : 1
}

export interface TextEdit extends Range {
  readonly text: string
}

/**
 * What a fix is to its author's network. `certain`: there is one thing that the text can have meant.
 * `same-network`: the parameters, their order and the outputs stay. `same-function`: the outputs can be the same,
 * but parameters or inner shapes change. `choice`: anything else.
 */
export type FixClass = 'certain' | 'same-network' | 'same-function' | 'choice'

/** A change of one file that a fix proposes; it is offered only after the changed file has been analysed. */
export interface Fix {
  readonly title: string
  readonly class: FixClass
  readonly file: string
  readonly edits: readonly TextEdit[]
}

/** The text with the edits applied; edits must not overlap, their order does not matter. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  let result = ''
  let at = 0
  for (const edit of sorted) {
    if (edit.start < at) throw new Error(`edits overlap at ${edit.start}`)
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}
