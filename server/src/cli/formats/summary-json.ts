import type { Analysis } from '../../check/analysis'

import { inOrder, sourceId } from '../../model/applications'
import type { NetworkGraph, Tensor, UncertainNode, Value } from '../../model/graph'
import { hasRank, type Outline } from '../../model/outline'
import { seenField, seenOfInput } from '../../model/seen'
import { isTensor, isUnknown, outlineOf } from '../../model/value'

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
  const { name, declaration, inputs, outputs, totals, bounds } = graph
  // Where a part is not known, they are what it comes to at least.
  const figures = totals ?? bounds
  return {
    name,
    line: locate(analysis.files.get(graph.file), declaration.name).line,
    inputs: inputs.map(({ name, node }, i) => ({
      id: i,
      name: name.name,
      shape: node?.tensor.shape ?? null,
    })),
    outputs: outputs.map(({ name, tensor, outline }) => ({
      name: name.name,
      ...sizeJson(tensor ?? outline),
    })),
    params: figures?.params ?? null,
    fixed: figures?.fixed ?? null,
    macs: figures?.macs ?? null,
    weightLayers: figures?.weightLayers ?? null,
    depth: figures?.depth ?? null,
    ...(totals === undefined ? { complete: false } : {}),
    layers: layersJson(graph, analysis),
    bindings: bindingsJson(graph),
  }
}

function layersJson(graph: NetworkGraph, analysis: Analysis) {
  const idOf = numbering(graph)
  const names = namesOfLayers(graph)
  return inOrder(graph.layers, graph.uncertain).map((node) => {
    const { line, column } = locate(analysis.files.get(node.file), node.site)
    const place = {
      id: idOf(node.id),
      op: node.layer.name,
      name: names.get(node.id)?.name ?? null,
      ...(node.file === analysis.uri ? {} : { file: node.file }),
      line,
      column,
      path: pathOf(node),
    }
    if (node.kind === 'uncertain') return { ...place, ...uncertainJson(node, graph, idOf) }
    const [first] = node.outputs
    return {
      ...place,
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

/** What is certain of an application that fails or rests on a fault. */
function uncertainJson(
  { inputs, outputs, cost }: UncertainNode,
  graph: NetworkGraph,
  idOf: (id: number) => number | null,
) {
  const [first] = outputs
  return {
    inputs: inputs.map((input) => {
      const id = sourceId(input)
      return id === undefined ? null : idOf(id)
    }),
    in: inputs.map((input) => shapeJson(input)),
    out: first === undefined ? null : shapeJson(first),
    outs: outputs.map((output) => shapeJson(output)),
    items: first?.items ?? null,
    ...cost,
    sharedWith: null,
    receptiveField: null,
    receptiveFields: graph.inputs.map(() => null),
    certain: false,
  }
}

/** The sizes of a tensor, null where one is not known; null where their number is not. */
function shapeJson({ shape }: Tensor | Outline): readonly (number | null)[] | null {
  return hasRank(shape) ? shape : null
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
      const outline = outlineOf(value)
      if (outline !== undefined) return [[name, { ...UNKNOWN, ...sizeJson(outline) }]]
      return isUnknown(value) ? [[name, UNKNOWN]] : []
    }),
  )
}

const UNKNOWN = { shape: null, items: null, params: null, macs: null, rf: null, certain: false }

function sizeJson(tensor: Tensor | Outline | undefined) {
  return {
    shape: tensor === undefined ? null : shapeJson(tensor),
    items: tensor?.items ?? null,
  }
}
