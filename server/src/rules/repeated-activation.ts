import { removeLayer } from '../fixes/flow-text'
import { valueRangeOf } from '../layers/traits'
import type { LayerNode, Tensor } from '../model/graph'
import { isWithin, NON_NEGATIVE } from '../model/traits'
import { rule } from './frame/rule'
import { softmaxAxis } from './read/activations'
import { madeBy } from './read/chains'

interface Repeated {
  readonly node: LayerNode
  readonly before: LayerNode
}

export const repeatedActivation = rule<Repeated>({
  code: 'repeated-activation',
  category: 'Order and redundancy',
  severity: 'hint',
  title: 'An activation of values that it leaves as they are',
  explanation: [
    'A rectifier of values that are not negative changes none of them: after another rectifier, a sigmoid or a',
    'softmax it has no effect, also with pooling, dropout and reshaping between them. `relu6` after `relu6` and',
    '`log_softmax` after itself change nothing either. Often the layer before it was removed, or the block before it',
    'already ends with the activation.',
  ].join('\n'),
  source: 'Nair & Hinton 2010, §2: max(0, x) of a value that is not negative is the value',
  example:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3) -> relu -> maxpool(2) -> relu\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3) -> relu -> maxpool(2)\n}\n',
  unnecessary: true,
  everywhere: true,
  words: ({ node, before }) => ({
    what: `\`${node.layer.name}\` has no effect after \`${before.layer.name}\``,
    why:
      node.layer.traits.shares === 'logarithms'
        ? 'the values are logarithms of shares that sum to 1 already'
        : `no value is below 0 there${upperBound(node)}`,
    todo: `remove \`${node.layer.name}\``,
  }),
  check({ survey }, report) {
    for (const network of survey.networks) {
      for (const node of network.having(({ traits }) => traits.keeps !== undefined)) {
        const { keeps = NON_NEGATIVE } = node.layer.traits
        const before = madeBy(
          node.inputs[0] as Tensor,
          keeps.most === Number.POSITIVE_INFINITY ? keepsSigns : keepsBounds,
        )
        const range = before && valueRangeOf(before)
        if (before && typeof range === 'object' && isWithin(range, keeps)) report(finding(node, before))
      }
      for (const node of network.having(({ traits }) => traits.shares === 'logarithms')) {
        const { source } = node.inputs[0] as Tensor
        if (source.kind !== 'layer' || source.layer !== node.layer) continue
        if (softmaxAxis(node) === softmaxAxis(source)) report(finding(node, source))
      }
    }
  },
  fixes: ['same-network'],
  fix: function* ({ analysis }, { node }) {
    const edits = removeLayer(analysis, node)
    if (edits) yield { action: `Remove ${node.layer.name}`, file: node.file, edits, shows: null }
  },
})

function finding(node: LayerNode, before: LayerNode) {
  const message = `${before.layer.name} is here`
  return { node, data: { node, before }, related: [{ file: before.file, range: before.site, message }] }
}

/** What is kept is scaled up in training: no value changes its sign, but some leave an upper bound. */
function keepsBounds(node: LayerNode): boolean {
  return valueRangeOf(node) === 'kept' && node.layer.traits.training !== 'drops'
}

function keepsSigns(node: LayerNode): boolean {
  return valueRangeOf(node) === 'kept'
}

/** `, and none above 6`. */
function upperBound({ layer }: LayerNode): string {
  const { keeps = NON_NEGATIVE } = layer.traits
  return keeps.most === Number.POSITIVE_INFINITY ? '' : `, and none above ${keeps.most}`
}
