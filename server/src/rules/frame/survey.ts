/** What rules ask of the networks of an analysis, made once for all of them and only when it is asked for. */
import { memo } from '../../../../grammar/memo'
import type { Expression } from '../../../../grammar/tree'
import type { Analysis } from '../../check/analysis'
import type { LayerKind } from '../../layers/traits'
import type { InputNode, LayerNode, NetworkGraph, Tensor } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'

/** One network with its layers by name and the readers of its tensors. */
export interface SurveyedNetwork {
  readonly graph: NetworkGraph
  /** The applications of these layers; of one name in the order of application. */
  named(...names: readonly string[]): readonly LayerNode[]
  /** The applications of layers of a kind; of one layer in the order of application. */
  having(kind: LayerKind): readonly LayerNode[]
  /** The applications that read a tensor, in order; one that reads it twice stands here once. */
  readers(tensor: Tensor): readonly LayerNode[]
  /** The one application that reads a tensor that is no output; undefined when there are none or several. */
  onlyReader(tensor: Tensor): LayerNode | undefined
  /** Whether a tensor is an output of the network. */
  isOutput(tensor: Tensor): boolean
}

export interface Survey {
  readonly networks: readonly SurveyedNetwork[]
  /** How many applications an expression stands for, over all networks. */
  applications(site: Expression): number
}

export const surveyOf = memo(({ networks }: Analysis): Survey => surveyed(networks.map(surveyNetwork)))

/** A survey without the networks that read one of these inputs. */
export function surveyWithout({ networks }: Survey, isLeftOut: (input: InputNode) => boolean): Survey {
  const reads = ({ graph }: SurveyedNetwork) => graph.inputs.some(({ node }) => node && isLeftOut(node))
  return surveyed(networks.filter((network) => !reads(network)))
}

function surveyed(networks: readonly SurveyedNetwork[]): Survey {
  let counts: Map<Expression, number> | undefined
  return {
    networks,
    applications(site) {
      counts ??= countSites(networks.map(({ graph }) => graph))
      return counts.get(site) ?? 0
    },
  }
}

function countSites(networks: readonly NetworkGraph[]): Map<Expression, number> {
  const counts = new Map<Expression, number>()
  for (const { layers } of networks) {
    for (const { site } of layers) counts.set(site, (counts.get(site) ?? 0) + 1)
  }
  return counts
}

const NONE: readonly LayerNode[] = []

function surveyNetwork(graph: NetworkGraph): SurveyedNetwork {
  let byLayer: Map<AnyLayer, LayerNode[]> | undefined
  /** By the id of what made a tensor, and by its index there. */
  let reading: (LayerNode[] | undefined)[][] | undefined
  let outputs: Set<Tensor | undefined> | undefined

  const readers = (tensor: Tensor): readonly LayerNode[] => {
    reading ??= readersOf(graph)
    return reading[tensor.source.id]?.[tensor.index] ?? NONE
  }
  const isOutput = (tensor: Tensor): boolean => {
    outputs ??= new Set(graph.outputs.map((output) => output.tensor))
    return outputs.has(tensor)
  }
  return {
    graph,
    named(...names) {
      byLayer ??= groupByLayer(graph.layers)
      return found(byLayer, ({ name }) => names.includes(name))
    },
    having(kind) {
      byLayer ??= groupByLayer(graph.layers)
      return found(byLayer, kind)
    },
    readers,
    isOutput,
    onlyReader(tensor) {
      const all = readers(tensor)
      return all.length === 1 && !isOutput(tensor) ? all[0] : undefined
    },
  }
}

function groupByLayer(layers: readonly LayerNode[]): Map<AnyLayer, LayerNode[]> {
  const groups = new Map<AnyLayer, LayerNode[]>()
  for (const node of layers) {
    const group = groups.get(node.layer)
    if (group) group.push(node)
    else groups.set(node.layer, [node])
  }
  return groups
}

/** A network has many applications of few layers: the kind is asked once for each layer. */
function found(groups: ReadonlyMap<AnyLayer, readonly LayerNode[]>, kind: LayerKind): readonly LayerNode[] {
  let all = NONE
  for (const [layer, nodes] of groups) {
    if (kind(layer)) all = all === NONE ? nodes : [...all, ...nodes]
  }
  return all
}

function readersOf({ layers }: NetworkGraph): (LayerNode[] | undefined)[][] {
  const found: (LayerNode[] | undefined)[][] = []
  for (const node of layers) {
    for (const { source, index } of node.inputs) {
      const all = found[source.id] ?? []
      found[source.id] = all
      const readers = all[index]
      if (readers === undefined) all[index] = [node]
      else if (readers.at(-1) !== node) readers.push(node)
    }
  }
  return found
}

/** All applications of the layers with these names. */
export function* layersNamed({ networks }: Survey, ...names: readonly string[]): Generator<LayerNode> {
  for (const network of networks) yield* network.named(...names)
}

/** All applications of layers of a kind. */
export function* layersHaving({ networks }: Survey, kind: LayerKind): Generator<LayerNode> {
  for (const network of networks) yield* network.having(kind)
}
