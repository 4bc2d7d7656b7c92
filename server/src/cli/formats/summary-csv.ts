import type { Analysis } from '../../check/analysis'
import type { LayerNode, NetworkGraph } from '../../model/graph'
import { seenField } from '../../model/seen'
import { locate } from '../findings'
import { printable } from '../printable'
import { namesOfLayers, numbering, pathOf } from './numbering'

const HEAD = [
  'network',
  'id',
  'op',
  'name',
  'path',
  'file',
  'line',
  'column',
  'inputs',
  'in',
  'out',
  'items',
  'params',
  'fixed',
  'macs',
  'rf_size',
  'rf_stride',
  'rf_padding',
  'rf_context',
  'rf_seen',
]

type Cell = string | number | boolean | null

/** One record a layer, for spreadsheets; shapes are written `64x56x56`, a global receptive field `global`. */
export function summaryCsv(analysis: Analysis): string {
  const records = analysis.networks.flatMap((graph) => recordsOf(graph, analysis))
  return [HEAD, ...records].map((cells) => `${cells.map(quote).join(',')}\n`).join('')
}

function recordsOf(graph: NetworkGraph, analysis: Analysis): Cell[][] {
  const idOf = numbering(graph)
  const names = namesOfLayers(graph)
  return graph.layers.map((node) => {
    const { line, column } = locate(analysis.files.get(node.file), node.site)
    const [output] = node.outputs
    return [
      graph.name,
      idOf(node.id),
      node.layer.name,
      names.get(node.id)?.name ?? null,
      pathOf(node).join('/'),
      node.file,
      line,
      column,
      node.inputs.map(({ source }) => idOf(source.id)).join(' '),
      node.inputs.map(({ shape }) => size(shape)).join(' '),
      output ? size(output.shape) : null,
      output?.items ?? null,
      node.params,
      node.fixed,
      node.macs,
      ...fieldCells(node, graph),
    ]
  })
}

function fieldCells({ outputs }: LayerNode, graph: NetworkGraph): Cell[] {
  const field = outputs[0] ? seenField(outputs[0], graph) : null
  if (field === null) return [null, null, null, null, null]
  if (field === 'global') return ['global', null, null, false, null]
  return [size(field.size), size(field.stride), size(field.padding), field.context, size(field.seen)]
}

function size(entries: readonly (number | null)[]): string {
  return entries.map((entry) => entry ?? '').join('x')
}

/** RFC 4180, section 2: a cell with a comma, a quote or a line end stands in quotes, quotes are doubled. */
function quote(cell: Cell): string {
  const text = cell === null ? '' : printable(String(cell))
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
