import type { Analysis } from '../../check/analysis'
import type { Finding } from '../findings'
import type { Output } from '../terminal'
import { summaryCsv } from './summary-csv'
import { summaryJson } from './summary-json'
import { summaryMarkdown } from './summary-markdown'
import { summaryTable } from './summary-table'

export interface SummaryOptions {
  readonly findings: readonly Finding[]
  /** Blocks below this depth are folded into one row each. */
  readonly depth: number
}

export type SummaryFormat = (analysis: Analysis, options: SummaryOptions, out: Output) => string

export const SUMMARY_FORMATS = {
  table: summaryTable,
  json: summaryJson,
  markdown: summaryMarkdown,
  csv: summaryCsv,
} satisfies Record<string, SummaryFormat>
