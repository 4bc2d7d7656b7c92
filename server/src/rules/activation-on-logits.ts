import { removeLayer } from '../fixes/flow-text'
import type { LayerNode, Tensor } from '../model/graph'
import { rule } from './frame/rule'
import { type Survey, surveyOf } from './frame/survey'
import { SOFTMAXES, softmaxAxis } from './read/activations'
import { DROPPING, madeBy, REARRANGING } from './read/chains'
import { standsForThese } from './read/everywhere'
import { LINEAR_LAYERS } from './read/linear-layers'

interface OnLogits {
  readonly node: LayerNode
  /** The softmax that gets the scores; absent where they are the network's output. */
  readonly softmax?: LayerNode
}

/** From the layer that makes the scores to the activation. */
const FROM_LINEAR = new Set([
  ...REARRANGING,
  ...DROPPING,
  ...['batchnorm', 'global_avgpool', 'global_maxpool'],
])

/** From the activation to the output. */
const TO_OUTPUT = new Set(REARRANGING)

/** From the activation to a softmax, at the size of the image where each pixel has scores. */
const TO_SOFTMAX = new Set([...REARRANGING, ...DROPPING, 'center_crop', 'crop', 'resize', 'upsample'])

/** Give 0 for all that is below. */
const CUTTING: readonly string[] = ['relu', 'relu6']

/** Give values from 0 to 1. */
const SQUEEZING: readonly string[] = ['hardsigmoid', 'sigmoid']

export const activationOnLogits = rule<OnLogits>({
  code: 'activation-on-logits',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'An activation cuts off the scores of the classes',
  explanation: [
    'A softmax, or the loss that contains it, takes scores of any size and sign, as a linear layer gives them. After',
    'a rectifier no class can have a score below 0: all that should be rejected get the same share, and no gradient',
    'reaches them. After a sigmoid the scores lie between 0 and 1, so that no share of many classes comes near 1.',
    'Found are such activations between a linear layer and a softmax, and rectifiers on a linear layer whose vector',
    'is an output. A sigmoid, a tanh or a softmax as the last layer is fine, and so are rectified maps that are',
    'averaged to scores (Lin et al. 2014). Where the output is no score but a rectified feature, silence the rule.',
  ].join('\n'),
  source:
    'Goodfellow, Bengio & Courville 2016, §6.2.2: a linear layer predicts the unnormalised log probabilities',
  example: 'network N {\n  input x: [64]\n  output y = x -> linear(10) -> relu -> softmax\n}\n',
  instead: 'network N {\n  input x: [64]\n  output y = x -> linear(10) -> softmax\n}\n',
  words: (data) => ({
    what: whatHappens(data),
    why: consequence(data),
    todo: `remove ${data.node.layer.name}`,
  }),
  check({ survey }, report) {
    for (const data of onLogits(survey)) {
      const { node, softmax } = data
      const message = `${softmax?.layer.name} gets the scores here`
      report({ node, data, related: softmax ? [{ file: softmax.file, range: softmax.site, message }] : [] })
    }
  },
  fixes: 'suggestion',
  fix: function* ({ analysis }, { node }) {
    const survey = surveyOf(analysis)
    const all = [...onLogits(survey)].map((each) => each.node)
    const edits = standsForThese(survey, node, all) ? removeLayer(analysis, node) : undefined
    if (edits) yield { action: `Remove ${node.layer.name}`, file: node.file, edits, shows: null }
  },
})

function* onLogits({ networks }: Survey): Generator<OnLogits> {
  for (const network of networks) {
    for (const softmax of network.named(...SOFTMAXES, 'log_softmax')) {
      const node = madeBy(softmax.inputs[0] as Tensor, TO_SOFTMAX)
      const harms = node && (CUTTING.includes(node.layer.name) || SQUEEZING.includes(node.layer.name))
      if (harms && LINEAR_LAYERS.includes(scoring(node) ?? '')) yield { node, softmax }
    }
    for (const { tensor } of network.graph.outputs) {
      const node = tensor && madeBy(tensor, TO_OUTPUT)
      if (node === undefined || !CUTTING.includes(node.layer.name) || scoring(node) !== 'linear') continue
      // One value is no score among others but a quantity, which may have to be positive: an age, a count.
      if (tensor?.shape[0] === 1) continue
      // What another layer reads as well is a hidden layer that is shown.
      if (network.readers(node.outputs[0] as Tensor).every(({ layer }) => TO_OUTPUT.has(layer.name)))
        yield { node }
    }
  }
}

/** The name of the layer that made what the activation is applied to. */
function scoring({ inputs }: LayerNode): string | undefined {
  return madeBy(inputs[0] as Tensor, FROM_LINEAR)?.layer.name
}

function whatHappens({ node, softmax }: OnLogits): string {
  const { name } = node.layer
  const target = softmax ? `the scores that ${softmax.layer.name} gets` : 'the scores that the network gives'
  return CUTTING.includes(name)
    ? `\`${name}\` cuts off ${target} at 0`
    : `\`${name}\` squeezes ${target} between 0 and 1`
}

function consequence({ node, softmax }: OnLogits): string {
  if (softmax && SQUEEZING.includes(node.layer.name)) {
    const classes = softmax.inputs[0]?.shape[softmaxAxis(softmax)] as number
    const share = (100 * Math.E) / (Math.E + classes - 1)
    return `among ${classes} classes the share of none can then exceed ${Number(share.toPrecision(2))} %`
  }
  return 'scores below 0 all become the same, and no gradient reaches them'
}
