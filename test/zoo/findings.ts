/**
 * What the rules find in the examples, reviewed: each group is true of its networks, for the reason that is
 * given. Whatever else a rule finds in a classic architecture is a false positive, and fails the test.
 */

export interface ReviewedFindings {
  readonly code: string
  /** Why a reader of the papers accepts the finding. */
  readonly reason: string
  /** By example, the declaration and the text that is underlined. */
  readonly places: Readonly<Record<string, readonly string[]>>
}

export const REVIEWED: readonly ReviewedFindings[] = []
