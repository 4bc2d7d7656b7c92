import type { Origin } from '../../server/src/model/layer'
import type { Shape } from '../../server/src/model/shape'

/** A call that violates a constraint, and what is said of it. */
export interface ConstraintCase {
  readonly call: string
  readonly shapes: readonly Shape[]
  readonly code: string
  /** The option or tensor that is blamed. */
  readonly at?: string | number
  /** A part of what is said to be wrong. */
  readonly what: string
  /** A part of what is said to do. */
  readonly todo?: string
  readonly origin?: Origin
}

export const MAP: Shape = [8, 6, 6]
export const VECTOR: Shape = [8]
