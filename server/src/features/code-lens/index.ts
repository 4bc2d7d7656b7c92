import type { CodeLens } from 'vscode-languageserver-types'
import type { Block, Network } from '../../../../grammar/tree'
import { errorCount, graphsOf, runsOf } from '../../check/semantics/runs'
import type { NetworkGraph, Tensor, Totals } from '../../model/graph'
import { receptiveField } from '../../model/seen'
import { showCount, showCountOf, showField, showMacs, showShort } from '../../model/show'
import { showTried, triedIn } from '../input-sizes/tried'
import type { Settings } from '../support/settings'
import { toRange, type View } from '../support/view'
import { blockUses } from './uses'

/**
 * The command of the extension by which a lens leads to the uses of a block, or to all that is known of a network: it
 * takes a URI, a position and which of the two.
 */
export const SHOW_AT = '_cnnlint.showAt'

/**
 * A line above every network and block: what it costs and sees, and how often a block is used. It leads somewhere where
 * the editor knows {@link SHOW_AT}; elsewhere it is text.
 */
export function codeLenses(view: View, settings: Settings['codeLens'], leads = false): CodeLens[] {
  if (!settings.enable) return []
  const { file, uri } = view.analysis
  const lines = view.lines(uri)
  const uses = blockUses(view)
  return file.items.flatMap((item) => {
    if ((item.kind !== 'block' && item.kind !== 'network') || item.name.name === '') return []
    const used = item.kind === 'block' ? [showCountOf(uses.get(item) ?? 0, 'use')] : []
    const parts = [...used, ...declarationParts(view, item)]
    const range = toRange(lines, item.name)
    const title = parts.join(' · ')
    if (!leads) return [{ range, command: { title, command: '' } }]
    const what = item.kind === 'block' ? 'uses' : 'details'
    return [{ range, command: { title, command: SHOW_AT, arguments: [uri, range.start, what] } }]
  })
}

/** What a network, or the runs of a block, come to. */
export function declarationParts(view: View, declaration: Block | Network): readonly string[] {
  return declaration.kind === 'network'
    ? networkParts(view, declaration)
    : totalsParts(totalsOf(view, declaration))
}

function networkParts(view: View, declaration: Network): readonly string[] {
  const graph = graphsOf(view).find((each) => each.declaration === declaration)
  // A network with parameters to be given has totals only where another one applies it.
  const totals = graph?.totals === undefined ? totalsOf(view, declaration) : [graph.totals]
  if (totals.length === 0) return graph === undefined ? [whyOpen(declaration)] : boundParts(view, graph)
  const [cost = '', macs = '', ...layers] = totalsParts(totals)
  const tried = graph === undefined ? [] : triedIn(graph).map((node) => `for the tried ${showTried(node)}`)
  return [cost, macs, ...(graph === undefined ? [] : fieldParts(graph)), ...layers, ...tried]
}

function whyOpen({ params }: Network): string {
  const open = params.filter((param) => param.default === undefined).map(({ name }) => name.name)
  return open.length === 0 ? '✗ a part of the network is not known' : `depends on ${open.join(', ')}`
}

/** `≥ 25.1M parameters`, `1 error`: what a network is at least of which a part is not known. */
function boundParts(view: View, graph: NetworkGraph): readonly string[] {
  const { bounds, declaration } = graph
  const errors = errorCount(view.analysis, graph)
  const params =
    bounds === undefined || bounds.params === 0 ? [] : [`≥ ${showShort(bounds.params)} parameters`]
  if (errors === 0) return params.length === 0 || hasOpen(declaration) ? [whyOpen(declaration)] : params
  return [...params, showCountOf(errors, 'error')]
}

function hasOpen({ params }: Network): boolean {
  return params.some((param) => param.default === undefined)
}

function totalsOf(view: View, declaration: Block | Network): readonly Totals[] {
  return runsOf(view, declaration).flatMap(({ run }) => (run.totals === undefined ? [] : [run.totals]))
}

/** `6.42 MMACs–118 MMACs` needs its unit once. */
const SAME_UNIT = / (\S+)–(\S+) \1$/

/** `70.4K params`, `218 MMACs`, `3 weight layers`; where runs differ, from the least to the most. */
function totalsParts(totals: readonly Totals[]): readonly string[] {
  if (totals.length === 0) return []
  const span = (read: (one: Totals) => number, show: (count: number) => string) => {
    const counts = totals.map(read)
    const ends = [counts.reduce((a, b) => Math.min(a, b)), counts.reduce((a, b) => Math.max(a, b))].map(show)
    return ends[0] === ends[1] ? `${ends[0]}` : ends.join('–').replace(SAME_UNIT, '–$2 $1')
  }
  const layers = span(({ weightLayers }) => weightLayers, showCount)
  const depth = span((one) => one.depth, showCount)
  const noun = layers === '1' ? 'weight layer' : 'weight layers'
  return [
    `${span(({ params }) => params, showShort)} params`,
    span(({ macs }) => macs, showMacs),
    depth === layers ? `${layers} ${noun}` : `${layers} ${noun}, ${depth} deep`,
  ]
}

/** `rf 427`: what one value sees before the network looks at all of the map. */
function fieldParts(graph: NetworkGraph): readonly string[] {
  const [output] = graph.outputs
  let tensor: Tensor | undefined = output?.tensor
  while (tensor !== undefined) {
    const field = receptiveField(tensor, graph)
    if (field === null) return []
    const { source }: Tensor = tensor
    const before = source.kind === 'layer' ? source.inputs.find((each) => sees(each, graph)) : undefined
    if (field !== 'global' || before === undefined) {
      const { size } = showField(field)
      const [axis] = field === 'global' ? [] : field.size
      const isSquare =
        field !== 'global' && typeof axis === 'number' && field.size.every((each) => each === axis)
      return [`rf ${isSquare ? size.replace(/^[^ ]*/, showCount(axis)) : size}`]
    }
    tensor = before
  }
  return []
}

function sees(tensor: Tensor, graph: NetworkGraph): boolean {
  return receptiveField(tensor, graph) !== null
}
