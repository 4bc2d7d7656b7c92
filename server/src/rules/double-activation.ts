import { removeLayer } from '../fixes/flow-text'
import { isElementwiseActivation, isSoftmax } from '../layers/traits'
import type { LayerNode, Tensor } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { rule } from './frame/rule'
import { type Survey, type SurveyedNetwork, surveyOf } from './frame/survey'
import { softmaxAxis } from './read/activations'
import { madeBy, madeOnlyFor, rearranges } from './read/chains'
import { standsForThese } from './read/everywhere'

interface Doubled {
  readonly node: LayerNode
  readonly before: LayerNode
  /** Whether nothing but the second reads what the first gives. */
  readonly alone: boolean
}

export const doubleActivation = rule<Doubled>({
  code: 'double-activation',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'The same activation twice in a row',
  explanation: [
    'A function that is applied to its own result is another function: a softmax of shares that sum to 1 makes',
    'them nearly equal, a sigmoid of a sigmoid lies between 0.5 and 0.73, a leaky rectifier twice has the square of',
    'its slope. Nothing is gained, and gradients shrink in both. Most often the block before, or the loss that a',
    'framework computes from logits, has the activation already. Two softmaxes along different axes are fine.',
  ].join('\n'),
  source: 'Bridle 1990: one softmax makes scores probabilities; Glorot & Bengio 2010, §3 on saturation',
  example: 'network N {\n  input x: [64]\n  output y = x -> linear(10) -> softmax -> softmax\n}\n',
  instead: 'network N {\n  input x: [64]\n  output y = x -> linear(10) -> softmax\n}\n',
  words: ({ node, before }) => ({
    what: `\`${node.layer.name}\` is applied to the result of \`${before.layer.name}\``,
    why: whyAnother(before.layer),
    todo: 'remove one of them',
  }),
  check({ survey }, report) {
    for (const data of doubled(survey)) {
      const { node, before } = data
      const message = `the first ${before.layer.name} is here`
      report({ node, data, related: [{ file: before.file, range: before.site, message }] })
    }
  },
  fix: function* ({ analysis }, { node, before }) {
    const survey = surveyOf(analysis)
    const all = [...doubled(survey)]
    // Where a text stands for other applications too, removing it there would leave those without one.
    const sound = [
      { at: node, nodes: all.map((each) => each.node) },
      { at: before, nodes: all.filter(({ alone }) => alone).map((each) => each.before) },
    ].filter(({ at, nodes }) => standsForThese(survey, at, nodes))
    for (const { at } of sound) {
      const edits = removeLayer(analysis, at)
      const which = at === node ? 'second' : 'first'
      const action = `Remove the ${which} ${at.layer.name}`
      if (edits) yield { action, file: at.file, edits, shows: null }
    }
  },
})

/** What becomes of the bounds of a value. */
const BOUNDS: ReadonlyMap<string, string> = new Map([
  ['sigmoid', 'the sigmoid of a value from 0 to 1 lies between 0.5 and 0.73'],
  ['tanh', 'the tanh of a value from −1 to 1 lies between −0.76 and 0.76'],
])

function whyAnother({ name, traits: { shares } }: AnyLayer): string {
  if (shares === 'plain') return 'the softmax of shares that sum to 1 makes them nearly equal'
  return BOUNDS.get(name) ?? 'twice it is another function than once, and gradients shrink in both'
}

/** Applied twice it computes something else than applied once. */
function isChangedTwice(layer: AnyLayer): boolean {
  return isElementwiseActivation(layer) && !layer.traits.idempotent
}

function* doubled(survey: Survey): Generator<Doubled> {
  for (const network of survey.networks) {
    for (const node of network.having(isChangedTwice)) {
      const before = madeBy(node.inputs[0] as Tensor, rearranges)
      if (before?.layer === node.layer) yield found(node, before, network)
    }
    for (const node of network.having(isSoftmax)) {
      const { source } = node.inputs[0] as Tensor
      if (source.kind !== 'layer' || source.layer.traits.shares !== 'plain') continue
      if (softmaxAxis(source) === softmaxAxis(node)) yield found(node, source, network)
    }
  }
}

function found(node: LayerNode, before: LayerNode, network: SurveyedNetwork): Doubled {
  return { node, before, alone: madeOnlyFor(node, network, rearranges) === before }
}
