/** The report on a model for a terminal: what it is, what its parts cost, and what was found, on one screen. */
import type { ModelFault } from '../../features/model-check/fault'
import type { ModelFinding, ModelPart, ModelReport } from '../../features/model-check/report'
import { receptiveField } from '../../model/seen'
import { showCount, showField, showKnown, showMacs, showShort } from '../../model/show'
import { printable } from '../printable'
import type { Output } from '../terminal'
import { displayWidth, pad, truncate } from '../width'

const COLUMNS = 80
/** How many findings are told; the others are counted. */
const MOST_FINDINGS = 3
const BAR = 8

/** @param next the command that comes next, as it is typed */
export function modelText(report: ModelReport, next: string, { paint }: Output): string {
  const { name, origin, network, parts, findings, fault } = report
  const head = `${paint('bold', printable(name))}  ${flow(report)}`
  const lines = [head, paint('dim', truncate(printable(origin), COLUMNS))]
  if (network?.totals !== undefined) {
    const { params, macs } = network.totals
    const flops = showShort(2 * macs).replace(/([KMGT]?)$/, ' $1FLOPs')
    lines.push(`${showShort(params)} params · ${showMacs(macs)} (${flops})`)
  }
  lines.push('', ...table(parts, report, paint), '')
  if (fault === undefined) lines.push(...found(findings, paint), ...notes(report), '', paint('dim', next))
  else lines.push(...failed(fault, paint))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

/** `3×224×224 → 1000`. */
function flow({ network, fault }: ModelReport): string {
  if (network === undefined) return ''
  const inputs = network.inputs.map(({ node }) => (node === undefined ? '?' : showKnown(node.tensor)))
  if (fault !== undefined) return `${short(inputs)} → does not run`
  const outputs = network.outputs.map(({ tensor }) => (tensor === undefined ? '?' : showKnown(tensor)))
  return `${short(inputs)} → ${short(outputs)}`
}

/** The first of a list, with how many more there are. */
function short(texts: readonly string[]): string {
  const [first = '', ...others] = texts
  return others.length === 0 ? first : `${first} and ${showCount(others.length)} more`
}

const HEAD = ['module', 'output', 'params', '', 'MACs', '', '', 'field']

function table(
  parts: readonly ModelPart[],
  { network }: ModelReport,
  paint: Output['paint'],
): readonly string[] {
  const params = network?.totals?.params ?? parts.reduce((sum, part) => sum + part.params, 0)
  const macs = network?.totals?.macs ?? parts.reduce((sum, part) => sum + part.macs, 0)
  const most = Math.max(1, ...parts.map((part) => part.macs))
  const rows = parts.map((part) => [
    printable(part.name),
    part.output === undefined ? '?' : showKnown(part.output),
    showShort(part.params),
    share(part.params, params),
    showShort(part.macs),
    share(part.macs, macs),
    bar(part.macs / most),
    part.output === undefined ? '' : fieldOf(part, network),
  ])
  const all = [HEAD, ...rows]
  const widths = HEAD.map((_, i) => Math.max(...all.map((row) => displayWidth(row[i] as string))))
  const spare = widths.slice(1).reduce((sum, width) => sum + width + 2, 0)
  widths[0] = Math.min(widths[0] as number, Math.max(12, COLUMNS - spare))
  const numbers = [2, 3, 4, 5, 7]
  return all.map((row, line) => {
    const cells = row.map((cell, i) =>
      pad(truncate(cell, widths[i] as number), widths[i] as number, numbers.includes(i) ? 'right' : 'left'),
    )
    const text = cells.join('  ')
    return line === 0 ? paint('dim', text) : text
  })
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${Math.round((100 * part) / whole)}%`
}

/** A bar in eighths of a block, which shows without colour. */
function bar(part: number): string {
  const eighths = Math.round(part * BAR * 8)
  const rest = eighths % 8
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : (' ▏▎▍▌▋▊▉'[rest] as string))
}

/** A receptive field in as few columns as tell it: one number where all axes agree. */
function fieldOf({ output }: ModelPart, network: ModelReport['network']): string {
  const field = output === undefined || network === undefined ? null : receptiveField(output, network)
  if (field === null || field === 'global') return showField(field).size
  // What it sees by way of everything is all that it sees.
  if (field.size.every((size) => size === 0)) return 'global'
  const [first] = field.size
  const isSquare = field.size.every((size) => size === first)
  return showField(isSquare ? { ...field, size: [first as number | null] } : field).size
}

/** Why the model did not run, and what would make it run. */
function failed(
  { place, what, remedies, line, original }: ModelFault,
  paint: Output['paint'],
): readonly string[] {
  const where = line === undefined ? '' : ` (${printable(line.file)}:${line.line})`
  return [
    `${paint('red', 'error')}  it does not run beyond ${printable(place)}${where}`,
    ...wrapped(what, 6),
    ...remedies.flatMap((remedy) => wrapped(`help: ${remedy}`, 4)),
    ...wrapped(original).map((text) => paint('dim', text)),
  ]
}

/** Findings grouped by rule, each with its number, its places and its remedy. */
function found(findings: readonly ModelFinding[], paint: Output['paint']): readonly string[] {
  if (findings.length === 0) return ['Nothing was found.']
  const told = findings.slice(0, MOST_FINDINGS).flatMap((finding) => {
    const colour = finding.severity === 'error' ? 'red' : finding.severity === 'warning' ? 'yellow' : 'blue'
    const head = `${paint(colour, finding.severity)}  ${finding.code}  ${places(finding)}`
    return [head, ...wrapped(finding.message)]
  })
  const left = findings.length - MOST_FINDINGS
  return left > 0 ? [...told, `and ${showCount(left)} more kinds of finding: --format json lists all`] : told
}

/** `4× up1.up … up4.up`. */
function places({ places: paths, line }: ModelFinding): string {
  const [first, last] = [paths[0], paths.at(-1)]
  const where = line === undefined ? '' : ` (${printable(line.file.split('/').at(-1) ?? '')}:${line.line})`
  if (first === undefined) return ''
  const names = paths.length === 1 ? first : `${paths.length}× ${first} … ${last}`
  return `${printable(names)}${where}`
}

/** A message in lines below its head; of a long one only the first two are shown. */
function wrapped(message: string, most = 2): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of printable(message).split(/\s+/)) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > COLUMNS - 6) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines
    .slice(0, most)
    .map((text, i) => `    ${text}${i === most - 1 && lines.length > most ? ' …' : ''}`)
}

function notes({ opaque, remarks }: ModelReport): readonly string[] {
  const unread =
    opaque === 0
      ? []
      : [`${showCount(opaque)} operations have no counterpart here: their cost is not counted.`]
  return [...remarks, ...unread]
}
