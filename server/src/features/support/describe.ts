/** What is known about layers, tensors and totals, as facts in words; hovers show them all, hints some. */
import type { Application } from '../../check/semantics/runs'
import type { LayerNode, Measure, NetworkGraph, Tensor, Totals } from '../../model/graph'
import type { Weight } from '../../model/layer'

import type { SeenField } from '../../model/measure-field'
import type { Outline } from '../../model/outline'
import { seenOfInput } from '../../model/seen'
import { product } from '../../model/shape'
import { showBytes, showCount, showField, showKnown, showSeen, showShort } from '../../model/show'
import { showFormula } from '../../model/show-formula'

import { code, plain } from './markdown'
import type { Lines } from './view'

/** One thing that is known, its text in Markdown. */
export interface Fact {
  readonly label: string
  readonly text: string
}

/** `3×224×224 → 64×112×112`; several tensors are separated by commas. */
export function showFlow(
  inputs: readonly (Tensor | Outline)[],
  outputs: readonly (Tensor | Outline)[],
): string {
  const ends = [inputs, outputs].filter((tensors) => tensors.length > 0)
  return ends.map((tensors) => tensors.map(showKnown).join(', ')).join(' → ')
}

/** All that is known about one application of a layer. */
export function layerFacts({ node, graph }: Application, lines: Lines): readonly Fact[] {
  return [
    ...showFormula(node).map((line) => ({ label: 'Output', text: plain(line) })),
    ...parameterFacts(node, graph, lines),
    ...macsFacts(node),
    ...node.outputs.slice(0, 1).flatMap((tensor) => tensorFacts(tensor, graph)),
  ]
}

/** The parameters, with the terms of weights and biases. */
function parameterFacts(node: LayerNode, graph: NetworkGraph, lines: Lines): readonly Fact[] {
  const { weights, params, fixed, sharedWith } = node
  if (weights.length === 0) return []
  const formula = weightFormula(weights)
  if (sharedWith !== undefined) {
    const first = graph.layers.find(({ id }) => id === sharedWith)
    const line = first === undefined ? undefined : lines(first.file).position(first.site.start).line + 1
    const where = first === undefined || first.site === node.site ? 'of its first use' : `of line ${line}`
    return [{ label: 'Parameters', text: `${formula}, shared: the weights ${where}, counted there` }]
  }
  const state =
    fixed === 0 ? '' : params === 0 ? ', not trained' : `, of which ${showCount(fixed)} are not trained`
  return [{ label: 'Parameters', text: formula + state }]
}

/** Above this many sets of weights (recurrent layers have many) only their sum is shown. */
const MAX_TERMS = 6

/** `64·3·7·7 + 64 = 9,472`. */
function weightFormula(weights: readonly Weight[]): string {
  const counts = weights.map(({ shape, count }) => count ?? product(shape))
  const total = showCount(counts.reduce((sum, count) => sum + count, 0))
  const terms = weights.map(({ shape, count }) => (count === undefined ? shape.join('·') : showCount(count)))
  const formula = terms.join(' + ')
  return terms.length > MAX_TERMS || formula === total ? total : `${formula} = ${total}`
}

function macsFacts({ macs }: Pick<Measure, 'macs'>): readonly Fact[] {
  return macs === 0 ? [] : [{ label: 'MACs', text: withShort(macs) }]
}

/** `118,013,952 (118M)`; what is short already stands alone. */
function withShort(count: number): string {
  return count < 10_000 ? showCount(count) : `${showCount(count)} (${showShort(count)})`
}

/** The size of a tensor in memory and what it sees of the inputs; an input sees itself, which needs no words. */
export function tensorFacts(tensor: Tensor, graph: NetworkGraph): readonly Fact[] {
  const values = tensor.items * product(tensor.shape)
  const activation = `${showCount(values)} values, ${showBytes(4 * values)} as float32`
  const fields = tensor.source.kind === 'input' ? [] : fieldFacts(tensor, graph)
  return [{ label: 'Activation', text: activation }, ...fields]
}

/** The receptive field, for each input that has spatial axes and is seen. */
function fieldFacts(tensor: Tensor, graph: NetworkGraph): readonly Fact[] {
  const spatial = graph.inputs.flatMap(({ name, node }, input) =>
    node !== undefined && node.tensor.shape.length > 1 ? [{ name: name.name, input }] : [],
  )
  return spatial.flatMap(({ name, input }) => {
    const field = seenOfInput(tensor, input)
    if (field === null) return []
    const text = showSeenField(field)
    return [{ label: `Receptive field${spatial.length > 1 ? ` on ${code(name)}` : ''}`, text }]
  })
}

/** `351×351, stride 16, padding 175; of this input a value sees at most 224×224`. */
export function showSeenField(field: SeenField | 'global'): string {
  if (field === 'global') return 'the whole input'
  const { full } = showField(field)
  const seen = showSeen(field)
  return seen === undefined ? full : `${full}; ${seen}`
}

/** What a flow cost. */
export function measureFacts(measure: Measure | undefined): readonly Fact[] {
  if (measure === undefined) return []
  const { params, fixed } = measure
  return [
    ...(params === 0 ? [] : [{ label: 'Parameters', text: withShort(params) }]),
    ...(fixed === 0 ? [] : [{ label: 'Not trained', text: withShort(fixed) }]),
    ...macsFacts(measure),
  ]
}

/** What a network or a run of a block comes to. */
export function totalsFacts(totals: Totals | undefined): readonly Fact[] {
  if (totals === undefined) return []
  const { weightLayers, depth } = totals
  return [
    ...measureFacts(totals),
    { label: 'Weight layers', text: `${showCount(weightLayers)}, at most ${showCount(depth)} on one path` },
  ]
}

/** What a part is at least, of which something is not known. */
export function boundsFacts(bounds: Totals | undefined): readonly Fact[] {
  if (bounds === undefined) return []
  return measureFacts(bounds).map(({ label, text }) => ({ label, text: `≥ ${text}` }))
}
