import { removeLayer } from '../fixes/flow-text'
import { isFullyConnected, isGate, isLearnedLinear, isSoftmax } from '../layers/traits'
import type { LayerNode, Tensor } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { rule } from './frame/rule'
import { type Survey, surveyOf } from './frame/survey'
import { softmaxAxis } from './read/activations'
import { madeBy, passesThrough, rearranges } from './read/chains'
import { standsForThese } from './read/everywhere'

interface OnLogits {
  readonly node: LayerNode
  /** The softmax that gets the scores; absent where they are the network's output. */
  readonly softmax?: LayerNode
}

/** Between the layer that makes the scores and the activation. */
function followsScores(node: LayerNode): boolean {
  const { linear, elementwise, pools } = node.layer.traits
  return passesThrough(node) || (linear === true && elementwise === true) || pools?.over === 'map'
}

/** Between the activation and a softmax, at the size of the image where each pixel has scores. */
function precedesSoftmax(node: LayerNode): boolean {
  const { cuts, interpolates } = node.layer.traits
  return passesThrough(node) || cuts === 'part' || interpolates === true
}

/** It gives 0 for all that is below. */
function cutsOff({ layer }: LayerNode): boolean {
  return layer.traits.rectifies === true
}

export const activationOnLogits = rule<OnLogits>({
  code: 'activation-on-logits',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'An activation cuts off the scores of the classes',
  explanation: [
    'A softmax, or the loss that contains it, takes scores of any size and sign, as a linear layer gives them. After',
    'a rectifier no class can have a score below 0: all classes that should be rejected get the same share, and no',
    'gradient reaches them. After a sigmoid the scores lie between 0 and 1, and with many classes no share can come',
    'near 1. The rule finds such activations between a linear layer and a softmax, and rectifiers on a linear layer',
    'whose vector is an output. A sigmoid, a tanh or a softmax as the last layer is fine, and so are rectified maps',
    'that are averaged to scores (Lin et al. 2014). Where the output is no score but a rectified feature, silence the',
    'rule.',
  ].join('\n'),
  source:
    'Goodfellow, Bengio & Courville 2016, §6.2.2: a linear layer predicts the unnormalised log probabilities',
  example: 'network N {\n  input x: [64]\n  output y = x -> linear(10) -> relu -> softmax\n}\n',
  instead: 'network N {\n  input x: [64]\n  output y = x -> linear(10) -> softmax\n}\n',
  words: (data) => ({
    what: whatHappens(data),
    why: consequence(data),
    todo: `remove \`${data.node.layer.name}\``,
  }),
  check({ survey }, report) {
    for (const data of onLogits(survey)) {
      const { node, softmax } = data
      const message = `${softmax?.layer.name} gets the scores here`
      report({ node, data, related: softmax ? [{ file: softmax.file, range: softmax.site, message }] : [] })
    }
  },
  fix: function* ({ analysis }, { node }) {
    const survey = surveyOf(analysis)
    const all = [...onLogits(survey)].map((each) => each.node)
    const edits = standsForThese(survey, node, all) ? removeLayer(analysis, node) : undefined
    if (edits) yield { action: `Remove ${node.layer.name}`, file: node.file, edits, shows: null }
  },
})

function* onLogits({ networks }: Survey): Generator<OnLogits> {
  for (const network of networks) {
    for (const softmax of network.having(isSoftmax)) {
      const node = madeBy(softmax.inputs[0] as Tensor, precedesSoftmax)
      const harms = node && (cutsOff(node) || isGate(node.layer))
      const maker = harms ? scoring(node) : undefined
      if (node && maker && isLearnedLinear(maker)) yield { node, softmax }
    }
    for (const { tensor } of network.graph.outputs) {
      const node = tensor && madeBy(tensor, rearranges)
      if (node === undefined || !cutsOff(node)) continue
      const maker = scoring(node)
      if (maker === undefined || !isFullyConnected(maker)) continue
      // One value is no score among others but a quantity, which may have to be positive: an age, a count.
      if (tensor?.shape[0] === 1) continue
      // What another layer reads as well is a hidden layer that is shown.
      if (network.readers(node.outputs[0] as Tensor).every(rearranges)) yield { node }
    }
  }
}

/** The layer that made what the activation is applied to. */
function scoring({ inputs }: LayerNode): AnyLayer | undefined {
  return madeBy(inputs[0] as Tensor, followsScores)?.layer
}

function whatHappens({ node, softmax }: OnLogits): string {
  const { name } = node.layer
  const target = softmax ? `the scores that ${softmax.layer.name} gets` : 'the scores that the network gives'
  return cutsOff(node)
    ? `\`${name}\` cuts off ${target} at 0`
    : `\`${name}\` squeezes ${target} between 0 and 1`
}

function consequence({ node, softmax }: OnLogits): string {
  if (softmax && isGate(node.layer)) {
    const classes = softmax.inputs[0]?.shape[softmaxAxis(softmax)] as number
    const share = (100 * Math.E) / (Math.E + classes - 1)
    return `among ${classes} classes the share of none can then exceed ${Number(share.toPrecision(2))} %`
  }
  return 'scores below 0 all become the same, and no gradient reaches them'
}
