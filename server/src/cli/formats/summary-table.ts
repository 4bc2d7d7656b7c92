import type { Analysis } from '../../check/analysis'
import { errorCount } from '../../check/semantics/runs'
import type { NetworkGraph, Tensor } from '../../model/graph'
import type { Outline } from '../../model/outline'
import { receptiveField } from '../../model/seen'
import { showCount, showField, showKnown, showShort, showTensor } from '../../model/show'
import { printable } from '../printable'
import type { Output } from '../terminal'
import { displayWidth, pad, truncate } from '../width'
import { type Row, rowsOf } from './rows'
import type { SummaryOptions } from './summary-format'
import { totalsOf } from './totals'

const HEAD = ['Layer', 'Output', 'Parameters', 'MACs', 'Receptive field']
const SHORT_HEAD = ['Layer', 'Output', 'Params', 'MACs', 'Receptive field']
const NUMBERS = new Set([2, 3])
const GAP = '  '
const NONE = '–'
/** Amounts are rounded before the first column is narrower than this. */
const MIN_LABEL = 20
/** A terminal that has less room for it is too narrow for any table. */
const LEAST_LABEL = 12

/** How a receptive field is written, for those who see one first. */
const FIELD_LEGEND = 'Receptive field: its size in pixels, /its stride, +its padding'

/** A table a network, as wide as the terminal allows. */
export function summaryTable(analysis: Analysis, { depth }: SummaryOptions, out: Output): string {
  const tables = analysis.networks.map((graph) => networkTable(graph, analysis, depth, out))
  return tables.length === 0 ? '' : `${tables.join('\n')}${out.paint('dim', FIELD_LEGEND)}\n`
}

function networkTable(
  graph: NetworkGraph,
  analysis: Analysis,
  maxDepth: number,
  { paint, columns }: Output,
): string {
  const rows = rowsOf(graph, analysis, maxDepth)
  const cellsWith = (amount: Amount) => [
    ...graph.inputs.map(({ name, node }) => [
      `input ${name.name}`,
      node ? showTensor(node.tensor) : 'unknown',
      '',
      '',
      '',
    ]),
    ...rows.map((row) => rowCells(row, graph, amount)),
  ]
  const styles = [...graph.inputs.map(() => 'dim' as const), ...rows.map(styleOf)]
  const whole = laidOut(HEAD, cellsWith(showCount))
  const isTight = columns !== undefined && whole.others + MIN_LABEL > columns
  const { head, cells, widths, others } = isTight ? laidOut(SHORT_HEAD, cellsWith(showShort)) : whole
  if (columns !== undefined) {
    const room = columns - others
    widths[0] = Math.min(widths[0] as number, room < LEAST_LABEL ? MIN_LABEL : room)
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
    paint('bold', line(head)),
    paint('dim', rule),
    ...cells.map((row, i) => (styles[i] ? paint(styles[i], line(row)) : line(row))),
    paint('dim', rule),
    ...totals.map(([name, text]) => `${pad(name, label)}${GAP}${text}`),
    '',
  ].join('\n')
}

type Amount = (count: number) => string

/** The cells with the widths of their columns, and how wide all but the first are with the gaps before them. */
function laidOut(head: readonly string[], cells: readonly (readonly string[])[]) {
  const widths = head.map((name, column) =>
    [name, ...cells.map((row) => row[column] ?? '')].reduce(
      (most, text) => Math.max(most, displayWidth(text)),
      0,
    ),
  )
  const others = widths.slice(1).reduce((sum, width) => sum + width + GAP.length, 0)
  return { head, cells, widths, others }
}

function align(column: number): 'left' | 'right' {
  return NUMBERS.has(column) ? 'right' : 'left'
}

function styleOf(row: Row): 'bold' | undefined {
  return row.kind === 'block' ? 'bold' : undefined
}

function rowCells(row: Row, graph: NetworkGraph, amount: Amount): string[] {
  return [`${'  '.repeat(row.depth)}${printable(labelOf(row))}`, ...numbersOf(row, graph, amount)]
}

/** `3 × bottleneck(64) → c2`. */
export function labelOf({ label, names, times }: Row): string {
  const bound = names.length === 0 ? '' : ` → ${names.join(', ')}`
  return `${times === 1 ? '' : `${times} × `}${label}${bound}`
}

/** Output, parameters, MACs and receptive field; a layer without weights or products has a dash. */
export function numbersOf(
  { outputs, params, macs, shared, times }: Row,
  graph: NetworkGraph,
  amount: Amount = showCount,
): string[] {
  const fields = outputs.map((tensor) =>
    'firm' in tensor ? NONE : showField(receptiveField(tensor, graph)).short,
  )
  return [
    showOutputs(outputs),
    shared ? 'shared' : showAmount(params, times, amount),
    showAmount(macs, times, amount),
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

function showAmount(count: number | null, times: number, amount: Amount): string {
  if (count === null) return '?'
  return count === 0 ? NONE : amount(count * times)
}
