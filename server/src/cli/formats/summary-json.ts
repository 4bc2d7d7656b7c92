import type { Analysis } from '../../check/analysis'
import type { NetworkGraph, Tensor, Value } from '../../model/graph'
import { seenField, seenOfInput } from '../../model/seen'
import { isTensor, isUnknown } from '../../model/value'
import { locate, toJson } from '../findings'
import { printJson } from './json'
import { namesOfLayers, numbering, pathOf } from './numbering'
import type { SummaryOptions } from './summary-format'

/** Everything that is known about the networks of a file, for programs; what is unknown is null. */
export function summaryJson(analysis: Analysis, { findings }: SummaryOptions): string {
  const { uri, networks } = analysis
  const json = {
    version: 1,
    file: uri,
    networks: networks.map((graph) => networkJson(graph, analysis)),
    diagnostics: findings.map((finding) => toJson(finding, uri)),
  }
  return printJson(json)
}

function networkJson(graph: NetworkGraph, analysis: Analysis) {
  const { name, declaration, inputs, outputs, totals } = graph
  return {
    name,
    line: locate(analysis.files.get(graph.file), declaration.name).line,
    inputs: inputs.map(({ name, node }, i) => ({
      id: i,
      name: name.name,
      shape: node?.tensor.shape ?? null,
    })),
    outputs: outputs.map(({ name, tensor }) => ({ name: name.name, ...sizeJson(tensor) })),
    params: totals?.params ?? null,
    fixed: totals?.fixed ?? null,
    macs: totals?.macs ?? null,
    weightLayers: totals?.weightLayers ?? null,
    depth: totals?.depth ?? null,
    layers: layersJson(graph, analysis),
    bindings: bindingsJson(graph),
  }
}

function layersJson(graph: NetworkGraph, analysis: Analysis) {
  const idOf = numbering(graph)
  const names = namesOfLayers(graph)
  return graph.layers.map((node) => {
    const { line, column } = locate(analysis.files.get(node.file), node.site)
    const [first] = node.outputs
    return {
      id: idOf(node.id),
      op: node.layer.name,
      name: names.get(node)?.name ?? null,
      ...(node.file === analysis.uri ? {} : { file: node.file }),
      line,
      column,
      path: pathOf(node),
      inputs: node.inputs.map(({ source }) => idOf(source.id)),
      in: node.inputs.map(({ shape }) => shape),
      out: first?.shape ?? null,
      outs: node.outputs.map(({ shape }) => shape),
      items: first?.items ?? null,
      params: node.params,
      fixed: node.fixed,
      macs: node.macs,
      sharedWith: node.sharedWith === undefined ? null : idOf(node.sharedWith),
      receptiveField: first ? seenField(first, graph) : null,
      receptiveFields: graph.inputs.map((_, i) => (first ? seenOfInput(first, i) : null)),
    }
  })
}

/** The tensors that the network's own names stood for at its end. */
function bindingsJson(graph: NetworkGraph) {
  const last = new Map<string, Value>()
  for (const { name, frame, value, local } of graph.bindings) {
    if (frame === graph.frame && !local) last.set(name.name, value)
  }
  return Object.fromEntries(
    [...last].flatMap(([name, value]) => {
      if (isTensor(value)) {
        const { tensor, measure } = value
        const measured = { params: measure?.params ?? null, macs: measure?.macs ?? null }
        return [[name, { ...sizeJson(tensor), ...measured, rf: seenField(tensor, graph) }]]
      }
      return isUnknown(value) ? [[name, UNKNOWN]] : []
    }),
  )
}

const UNKNOWN = { shape: null, items: null, params: null, macs: null, rf: null }

function sizeJson(tensor: Tensor | undefined) {
  return { shape: tensor?.shape ?? null, items: tensor?.items ?? null }
}
