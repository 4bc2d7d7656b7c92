import { summaryCsv } from './summary-csv'
import type { SummaryFormat } from './summary-format'
import { summaryJson } from './summary-json'
import { summaryMarkdown } from './summary-markdown'
import { summaryTable } from './summary-table'

export const SUMMARY_FORMATS = {
  table: summaryTable,
  json: summaryJson,
  markdown: summaryMarkdown,
  csv: summaryCsv,
} satisfies Record<string, SummaryFormat>
