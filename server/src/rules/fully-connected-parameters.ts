import { addLayers } from '../fixes/flow-text'
import { isConvolution, isFullyConnected } from '../layers/traits'
import type { LayerNode } from '../model/graph'
import { product, showShape, spatial } from '../model/shape'
import { showCount } from '../model/show'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'
import { flattens } from './read/chains'
import { channelsOf, isMap, keepsPlaces, positionsOf } from './read/convolutions'
import { showShare } from './read/saving'

interface Flattened {
  /** The layer that reads a flattened map. */
  readonly node: LayerNode
  readonly flatten: LayerNode
  /** The parameters of all fully connected layers, and of the network. */
  readonly connected: number
  readonly all: number
}

export const fullyConnectedParameters = rule({
  code: 'fully-connected-parameters',
  category: 'Width, depth and cost',
  severity: 'hint',
  title: 'Most parameters sit in fully connected layers where global average pooling would do',
  explanation: [
    'A fully connected layer on a flattened map has a weight for every channel at every position. It holds most of',
    'the parameters of many networks, is prone to overfitting, and fixes the size of the image. Global average',
    'pooling before it leaves one value per channel: it has no parameters, and since it averages over all positions,',
    'the network reacts less when the input is moved. Heads whose output becomes a map or boxes for regions again',
    '(YOLO, Fast R-CNN) need the positions, and the rule ignores them.',
  ].join('\n'),
  source: 'Lin, Chen & Yan 2014 (Network in Network), §3.2',
  example: network('flatten'),
  instead: network('global_avgpool -> flatten'),
  options: {
    share: {
      type: 'number',
      default: 0.5,
      min: 0,
      documentation: 'the part of the network’s parameters that fully connected layers may hold',
    },
    least: {
      type: 'number',
      default: 100_000,
      min: 0,
      documentation: 'layers that read a flattened map with fewer parameters than this are ignored',
    },
  },
  everywhere: true,
  words: (data: Flattened) => ({
    what: `fully connected layers hold ${showCount(data.connected)} of the network’s ${showCount(data.all)} parameters (${showShare(data.connected, data.all)}), ${showCount(data.node.params)} of them that which reads this flattened map`,
    why: `it has a weight for each channel at each of the ${showShape(spatial(data.flatten.inputs[0]?.shape ?? []))} positions`,
    todo: `global average pooling before it saves ${showCount(saved(data))} of them`,
  }),
  check({ survey, options }, report) {
    const limits = { share: options.share, least: options.least }
    for (const network of survey.networks) {
      for (const data of flattened(network, limits)) report({ node: data.flatten, data })
    }
  },
  fix: function* ({ analysis }, data) {
    const { node, flatten } = data
    const edits = addLayers(analysis, flatten, 'before', 'global_avgpool')
    if (edits === undefined) return
    yield {
      action: `Pool globally before flatten (saves ${showCount(saved(data))} parameters)`,
      file: flatten.file,
      edits,
      shows: { file: node.file, range: node.site },
    }
  },
})

function network(flatten: string): string {
  return [
    'network N {',
    '  input image: [3, 8, 8]',
    '  features = image -> conv(64, 3, padding=1, bias=false) -> batchnorm -> relu -> maxpool(2)',
    `  output logits = features -> ${flatten} -> linear(128) -> relu -> linear(10)`,
    '}',
    '',
  ].join('\n')
}

/** The weights of all positions but one. */
function saved({ node, flatten }: Flattened): number {
  const [map] = flatten.inputs
  return (positionsOf(map) - 1) * channelsOf(map) * channelsOf(node.outputs[0])
}

function* flattened(
  network: SurveyedNetwork,
  { share, least }: { readonly share: number; readonly least: number },
): Generator<Flattened> {
  const all = network.graph.totals?.params
  if (all === undefined) return
  let connected = 0
  for (const { params } of network.having(isFullyConnected)) connected += params
  if (connected <= share * all) return
  for (const node of network.having(isFullyConnected)) {
    if (weightsOf(node) < Math.max(1, least)) continue
    const flatten = flattenBefore(node)
    if (flatten === undefined || !isFeatureMap(flatten) || makesMap(network, node)) continue
    yield { node, flatten, connected, all }
  }
}

/** How many weights it reads; those of a shared layer are counted where it is used first. */
function weightsOf({ weights }: LayerNode): number {
  let sum = 0
  for (const { shape } of weights) sum += product(shape)
  return sum
}

/** The flattening whose values a layer reads, dropped out or activated between. */
function flattenBefore(node: LayerNode): LayerNode | undefined {
  let source = node.inputs[0]?.source
  while (source?.kind === 'layer' && keepsPlaces(source)) source = source.inputs[0]?.source
  return source?.kind === 'layer' && flattens(source) ? source : undefined
}

/** Whether it flattens what convolutions made of the image: one map, not one for each region. */
function isFeatureMap({ inputs }: LayerNode): boolean {
  const [map] = inputs
  if (map === undefined || !isMap(map) || map.items !== 1) return false
  let { source } = map
  while (source.kind === 'layer') {
    if (isConvolution(source.layer)) return true
    const [before] = source.inputs
    if (before === undefined) return false
    source = before.source
  }
  return false
}

/** Whether anything that depends on the layer is a map again: it then needs to know where things are. */
function makesMap(network: SurveyedNetwork, node: LayerNode): boolean {
  const met = new Set([node])
  for (const each of met) {
    for (const output of each.outputs) {
      if (output.shape.length > 1) return true
      for (const reader of network.readers(output)) met.add(reader)
    }
  }
  return false
}
