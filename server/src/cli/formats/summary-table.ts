import type { Analysis } from '../../check/analysis'
import { errorCount } from '../../check/semantics/runs'
import type { NetworkGraph, Tensor } from '../../model/graph'
import type { Outline } from '../../model/outline'
import { receptiveField } from '../../model/seen'
import { showCount, showField, showKnown, showTensor } from '../../model/show'
import type { Output } from '../terminal'
import { displayWidth, pad, truncate } from '../width'
import { type Row, rowsOf } from './rows'
import type { SummaryOptions } from './summary-format'
import { totalsOf } from './totals'

const HEAD = ['Layer', 'Output', 'Parameters', 'MACs', 'Receptive field']
const NUMBERS = new Set([2, 3])
const GAP = '  '
const NONE = '–'
/** Below this width the first column is not cut any more. */
const MIN_LABEL = 20

/** A table a network, as wide as the terminal allows. */
export function summaryTable(analysis: Analysis, { depth }: SummaryOptions, out: Output): string {
  return analysis.networks.map((graph) => networkTable(graph, analysis, depth, out)).join('\n')
}

function networkTable(
  graph: NetworkGraph,
  analysis: Analysis,
  maxDepth: number,
  { paint, columns }: Output,
): string {
  const rows = rowsOf(graph, analysis, maxDepth)
  const cells = [
    ...graph.inputs.map(({ name, node }) => [
      `input ${name.name}`,
      node ? showTensor(node.tensor) : 'unknown',
      '',
      '',
      '',
    ]),
    ...rows.map((row) => rowCells(row, graph)),
  ]
  const styles = [...graph.inputs.map(() => 'dim' as const), ...rows.map(styleOf)]
  const widths = HEAD.map((head, column) =>
    Math.max(...[head, ...cells.map((row) => row[column] ?? '')].map(displayWidth)),
  )
  const others = widths.slice(1).reduce((sum, width) => sum + width + GAP.length, 0)
  if (columns !== undefined) {
    widths[0] = Math.min(widths[0] as number, Math.max(MIN_LABEL, columns - others))
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => pad(truncate(cell, widths[i] as number), widths[i] as number, align(i)))
      .join(GAP)
      .trimEnd()
  const rule = '─'.repeat(Math.min((widths[0] as number) + others, columns ?? Number.POSITIVE_INFINITY))
  const totals = totalsOf(graph, errorCount(analysis, graph))
  const label = Math.max(...totals.map(([name]) => name.length))
  return [
    paint('bold', graph.name),
    paint('dim', rule),
    paint('bold', line(HEAD)),
    paint('dim', rule),
    ...cells.map((row, i) => (styles[i] ? paint(styles[i], line(row)) : line(row))),
    paint('dim', rule),
    ...totals.map(([name, text]) => `${pad(name, label)}${GAP}${text}`),
    '',
  ].join('\n')
}

function align(column: number): 'left' | 'right' {
  return NUMBERS.has(column) ? 'right' : 'left'
}

function styleOf(row: Row): 'bold' | undefined {
  return row.kind === 'block' ? 'bold' : undefined
}

function rowCells(row: Row, graph: NetworkGraph): string[] {
  return [`${'  '.repeat(row.depth)}${labelOf(row)}`, ...numbersOf(row, graph)]
}

/** `3 × bottleneck(64) → c2`. */
export function labelOf({ label, names, times }: Row): string {
  const bound = names.length === 0 ? '' : ` → ${names.join(', ')}`
  return `${times === 1 ? '' : `${times} × `}${label}${bound}`
}

/** Output, parameters, MACs and receptive field; a layer without weights or products has a dash. */
export function numbersOf({ outputs, params, macs, shared, times }: Row, graph: NetworkGraph): string[] {
  const fields = outputs.map((tensor) =>
    'firm' in tensor ? NONE : showField(receptiveField(tensor, graph)).short,
  )
  return [
    showOutputs(outputs),
    shared ? 'shared' : showAmount(params, times),
    showAmount(macs, times),
    outputs.length === 0 ? 'unknown' : (common(fields) ?? NONE),
  ]
}

function showOutputs(outputs: readonly (Tensor | Outline)[]): string {
  const texts = outputs.map(showKnown)
  const [first = 'unknown'] = texts
  if (texts.length <= 1) return first
  const all = common(texts)
  return `${texts.length} tensors${all === undefined ? '' : ` ${all}`}`
}

/** The text that all are, if they are. */
function common(texts: readonly string[]): string | undefined {
  return texts.every((text) => text === texts[0]) ? texts[0] : undefined
}

function showAmount(amount: number | null, times: number): string {
  if (amount === null) return '?'
  return amount === 0 ? NONE : showCount(amount * times)
}
