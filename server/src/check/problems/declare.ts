import type { Severity } from '../../model/problem'
import type { Words } from '../../model/words'

/** A kind of problem: its code, what its documentation page says, and the words for one finding's data. */
export interface ProblemKind<D> {
  /** Kebab-case; it never changes. */
  readonly code: string
  readonly severity: Severity
  readonly title: string
  /** Why this is a problem and what to do, in Markdown. */
  readonly explanation: string
  /** A whole file that has this problem and no other. */
  readonly example: string
  /** The example repaired, where no fix does it. */
  readonly instead?: string
  readonly words: (data: D) => Words
}

export function problem<D>(kind: Omit<ProblemKind<D>, 'severity'> & { severity?: Severity }): ProblemKind<D> {
  return { severity: 'error', ...kind }
}
