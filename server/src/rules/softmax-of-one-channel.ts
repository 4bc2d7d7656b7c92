import { callChain } from '../../../grammar/calls'
import { removeArgument } from '../check/binding/call-edits'
import { calleeName } from '../fixes/call-text'
import { isCallOnTensors, tensorArgument } from '../fixes/flow-text'
import { numbersOption } from '../layers/options'
import { isSoftmax } from '../layers/traits'
import type { LayerNode, Tensor } from '../model/graph'
import { showShape } from '../model/shape'
import { rule } from './frame/rule'
import { type Survey, surveyOf } from './frame/survey'
import { softmaxAxis } from './read/activations'
import { standsForThese } from './read/everywhere'

export const softmaxOfOneChannel = rule<LayerNode>({
  code: 'softmax-of-one-channel',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'A softmax over a single value',
  explanation: [
    'Softmax divides eˣ by the sum of eˣ along an axis. Where the axis has one position the sum is that value, and',
    'the result is 1 whatever the network computes (0 for `log_softmax`): no gradient passes, nothing is learned.',
    'One score that says yes or no needs a sigmoid; a softmax needs a score for each of the two answers.',
  ].join('\n'),
  source:
    'Bridle 1990: with two classes the softmax of their scores is the sigmoid of the scores’ difference',
  example: 'network N {\n  input x: [64]\n  output y = x -> linear(1) -> softmax\n}\n',
  instead: 'network N {\n  input x: [64]\n  output y = x -> linear(1) -> sigmoid\n}\n',
  words: (node) => ({
    what: `\`${node.layer.name}\` makes every value ${node.layer.traits.shares === 'logarithms' ? 0 : 1}`,
    why: `axis ${softmaxAxis(node)} of ${showShape(shapeOf(node))} ${isGrouped(node) ? 'falls into groups of one' : 'has one position, which is the whole sum'}`,
    todo: 'use sigmoid, or one score for each class',
  }),
  check({ survey }, report) {
    for (const node of constant(survey)) report({ node, data: node })
  },
  fix: function* ({ analysis }, node) {
    const { layer, site, file } = node
    const name = calleeName(site)
    const survey = surveyOf(analysis)
    // Sigmoid has no logarithm among the layers.
    if (layer.traits.shares === 'logarithms' || !standsForThese(survey, node, constant(survey))) return
    if (name !== layer.name && !layer.aliases.includes(name ?? '')) return
    const calls = callChain(site)
    const callee = calls[0]?.callee ?? site
    const tensor = isCallOnTensors(node) ? tensorArgument(node) : undefined
    const options = calls.flatMap((call) =>
      call.args.filter(({ value }) => value !== tensor).flatMap((arg) => removeArgument(call, arg)),
    )
    const edits = [{ start: callee.start, end: callee.end, text: 'sigmoid' }, ...options]
    yield { action: 'Use sigmoid', file, edits, shows: null }
  },
})

function* constant({ networks }: Survey): Generator<LayerNode> {
  for (const network of networks) {
    for (const node of network.having(isSoftmax)) {
      if (shapeOf(node)[softmaxAxis(node)] === 1 || isGrouped(node)) yield node
    }
  }
}

/** Whether every group is of one value. A tree of words may well have a few such groups among others. */
function isGrouped(node: LayerNode): boolean {
  const groups = numbersOption(node, 'groups')
  if (groups === undefined) return false
  const size = shapeOf(node)[softmaxAxis(node)]
  return size !== 1 && (groups.length === 1 ? groups[0] === size : groups.length === size)
}

function shapeOf({ inputs }: LayerNode) {
  return (inputs[0] as Tensor).shape
}
