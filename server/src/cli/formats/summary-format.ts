import type { Analysis } from '../../check/analysis'
import type { ReportedProblem } from '../findings'
import type { Output } from '../terminal'

export interface SummaryOptions {
  readonly findings: readonly ReportedProblem[]
  /** Blocks below this depth are folded into one row each. */
  readonly depth: number
}

export type SummaryFormat = (analysis: Analysis, options: SummaryOptions, out: Output) => string
