import type { Analysis } from '../../check/analysis'
import { errorCount } from '../../check/semantics/runs'
import type { NetworkGraph } from '../../model/graph'
import { showTensor } from '../../model/show'
import { printable } from '../printable'
import { rowsOf } from './rows'
import type { SummaryOptions } from './summary-format'
import { labelOf, numbersOf } from './summary-table'
import { totalsOf } from './totals'

const INDENT = '&nbsp;&nbsp;'

/** A section a network with a table of its layers, for a README or an issue. */
export function summaryMarkdown(analysis: Analysis, { depth }: SummaryOptions): string {
  return analysis.networks.map((graph) => section(graph, analysis, depth)).join('\n')
}

function section(graph: NetworkGraph, analysis: Analysis, maxDepth: number): string {
  const rows = [
    ...graph.inputs.map(({ name, node }) => [
      `input ${code(name.name)}`,
      node ? showTensor(node.tensor) : 'unknown',
      '',
      '',
      '',
    ]),
    ...rowsOf(graph, analysis, maxDepth).map((row) => [
      INDENT.repeat(row.depth) + (row.kind === 'block' ? `**${code(labelOf(row))}**` : code(labelOf(row))),
      ...numbersOf(row, graph),
    ]),
  ]
  return `${[
    `## ${graph.name}`,
    '',
    '| Layer | Output | Parameters | MACs | Receptive field |',
    '|:--|:--|--:|--:|:--|',
    ...rows.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`),
    '',
    ...totalsOf(graph, errorCount(analysis, graph)).map(([label, text]) => `- ${label}: ${text}`),
  ].join('\n')}\n`
}

/** A code span; its fence is longer than any run of backquotes inside. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = longest > 0 ? ' ' : ''
  return fence + space + text + space + fence
}

/** A bar ends a cell even inside a code span. */
function escapeCell(text: string): string {
  return printable(text).replaceAll('|', '\\|')
}
