import { addLayers } from '../fixes/flow-text'
import { numberOption } from '../layers/options'
import { isElementwiseActivation, isEnlarging, isGate, isLearnedLinear } from '../layers/traits'
import { windowOptionsOf } from '../layers/window'
import type { LayerNode, NetworkGraph, Tensor } from '../model/graph'
import { product } from '../model/shape'
import { showCall } from '../model/show-call'
import { rule } from './frame/rule'
import { type Survey, surveyOf } from './frame/survey'
import { flattens, madeBy, madeOnlyFor } from './read/chains'
import { standsForThese } from './read/everywhere'

interface LinearPair {
  readonly node: LayerNode
  readonly before: LayerNode
  readonly graph: NetworkGraph
}

/** What is inserted when the network has no activation to take after. */
const USUAL = 'relu'

export const linearConvolutions = rule<LinearPair>({
  code: 'linear-convolutions',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'Two linear layers with nothing non-linear between them',
  explanation: [
    'A linear function of a linear function is linear: two convolutions with nothing but normalisation or dropout',
    'between them compute nothing that one alone could not, with more weights. Most often an activation was',
    'forgotten. The rule ignores factorisations that save weights: a depthwise convolution and a pointwise one, `1×k`',
    'and `k×1`, a bottleneck narrower than what comes before and after it (the linear bottlenecks of MobileNetV2, a',
    'truncated SVD, the linear code of an autoencoder), and a transposed convolution that enlarges a map of scores.',
    'It also ignores a tensor that something else reads, too, such as a level of a feature pyramid.',
  ].join('\n'),
  source: 'Goodfellow, Bengio & Courville 2016, §6.1: a composition of linear functions is linear',
  example: [
    'network N {',
    '  input image: [3, 32, 32]',
    '  output y = image -> conv(16, 3, padding=1) -> conv(16, 3, padding=1) -> relu',
    '}',
    '',
  ].join('\n'),
  instead: [
    'network N {',
    '  input image: [3, 32, 32]',
    '  output y = image -> conv(16, 3, padding=1) -> relu -> conv(16, 3, padding=1) -> relu',
    '}',
    '',
  ].join('\n'),
  words: ({ node, before }) => ({
    what: `nothing non-linear stands between \`${showCall(before)}\` and \`${showCall(node)}\``,
    why: 'a linear function of a linear function is linear: one layer could compute the same',
    todo: 'put an activation between them',
  }),
  check({ survey }, report) {
    for (const data of linearPairs(survey)) {
      const { node, before } = data
      const message = `the linear layer before it is here: ${showCall(before)}`
      report({ node, data, related: [{ file: before.file, range: before.site, message }] })
    }
  },
  fix: function* ({ analysis }, { node, graph }) {
    const survey = surveyOf(analysis)
    const all = [...linearPairs(survey)]
    const last = (node.inputs[0] as Tensor).source as LayerNode
    const activation = mostUsed(graph)
    const places = [
      {
        at: last,
        side: 'after',
        nodes: all.map((each) => each.node.inputs[0]?.source as LayerNode),
      },
      { at: node, side: 'before', nodes: all.map((each) => each.node) },
    ] as const
    for (const { at, side, nodes } of places) {
      // Where the text stands for other applications too, they would get a second activation.
      const edits = standsForThese(survey, at, nodes) && addLayers(analysis, at, side, activation)
      if (edits)
        yield { action: `Insert ${activation} ${side} ${at.layer.name}`, file: at.file, edits, shows: null }
    }
  },
})

function* linearPairs(survey: Survey): Generator<LinearPair> {
  for (const network of survey.networks) {
    for (const node of network.having(isLearnedLinear)) {
      const before = madeBy(node.inputs[0] as Tensor, staysLinear)
      if (before === undefined || !isLearnedLinear(before.layer)) continue
      if (madeOnlyFor(node, network, staysLinear) === undefined) continue
      if (!isFactorisation(before, node)) yield { node, before, graph: network.graph }
    }
  }
}

/** Linear as well, value by value; batch normalisation is at inference. */
function staysLinear(node: LayerNode): boolean {
  const { linear, elementwise } = node.layer.traits
  return flattens(node) || (linear === true && elementwise === true)
}

/** Whether two linear layers are meant to be two. */
function isFactorisation(before: LayerNode, node: LayerNode): boolean {
  return (
    groupsOf(before) !== groupsOf(node) ||
    narrowsBetween(before, node) ||
    windowsOnOtherAxes(before, node) ||
    enlargesScores(node) ||
    isLinearCode(before, node)
  )
}

/** 1 where every output sees all channels, 0 where it sees one, else the number of groups. */
function groupsOf(node: LayerNode): number {
  if (node.layer.traits.channelwise) return 0
  const groups = numberOption(node, 'groups') ?? 1
  return groups > 1 && groups === node.inputs[0]?.shape[0] ? 0 : groups
}

/** A bottleneck: fewer channels than go in and than come out. */
function narrowsBetween(before: LayerNode, node: LayerNode): boolean {
  return (
    widthOf(before, before.outputs) < widthOf(before, before.inputs) &&
    widthOf(node, node.inputs) < widthOf(node, node.outputs)
  )
}

/** Linear layers take rank 2 as rows of features. */
function widthOf({ layer }: LayerNode, [tensor]: readonly Tensor[]): number {
  const { shape } = tensor as Tensor
  return shape[layer.traits.reads === 'rows' ? shape.length - 1 : 0] as number
}

/** A large window in two parts: no axis has a window in both, as in `1×k` and `k×1`. */
function windowsOnOtherAxes(before: LayerNode, node: LayerNode): boolean {
  const [first, second] = [windowOptionsOf(before).kernel, windowOptionsOf(node).kernel]
  if (first === undefined || second === undefined) return false
  const isLarge = (size: number) => size > 1
  return (
    first.some(isLarge) && second.some(isLarge) && first.every((size, i) => size === 1 || second[i] === 1)
  )
}

/** An upsampling of each class with learned weights, as in a fully convolutional network (Long et al. 2015). */
function enlargesScores(node: LayerNode): boolean {
  const { layer, inputs, outputs } = node
  if (layer.traits.enlarges === undefined || widthOf(node, inputs) !== widthOf(node, outputs)) return false
  return windowOptionsOf(node).stride?.some((stride) => stride > 1) ?? false
}

/** Where an encoder ends and a decoder begins: fewer values than go in and than come out. */
function isLinearCode(before: LayerNode, node: LayerNode): boolean {
  const sizeOf = ([tensor]: readonly Tensor[]) => product((tensor as Tensor).shape)
  return (
    isEnlarging(node.layer) &&
    sizeOf(before.outputs) < sizeOf(before.inputs) &&
    sizeOf(node.inputs) < sizeOf(node.outputs)
  )
}

/** The activation that the network applies most often between layers, as it is written with its numbers. */
function mostUsed({ layers }: NetworkGraph): string {
  const counts = new Map<string, number>()
  for (const node of layers) {
    if (!isElementwiseActivation(node.layer) || isGate(node.layer)) continue
    const call = showCall(node)
    counts.set(call, (counts.get(call) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? USUAL
}
