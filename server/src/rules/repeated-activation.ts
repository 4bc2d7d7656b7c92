import { removeLayer } from '../fixes/flow-text'
import type { LayerNode, Tensor } from '../model/graph'
import { rule } from './frame/rule'
import { IDENTITY_AFTER, softmaxAxis } from './read/activations'
import { DROPPING, madeBy, REARRANGING } from './read/chains'

interface Repeated {
  readonly node: LayerNode
  readonly before: LayerNode
}

/** They keep values within the bounds that they came with. */
const KEEP_BOUNDS: readonly string[] = [
  ...REARRANGING,
  ...[
    'adaptive_avgpool',
    'adaptive_maxpool',
    'avgpool',
    'crop',
    'global_avgpool',
    'global_maxpool',
    'maxpool',
  ],
]

const THROUGH = new Set(KEEP_BOUNDS)

/** What is kept is scaled up in training: no value changes its sign, but some leave an upper bound. */
const THROUGH_NON_NEGATIVE = new Set([...KEEP_BOUNDS, ...DROPPING])

export const repeatedActivation = rule<Repeated>({
  code: 'repeated-activation',
  category: 'Order and redundancy',
  severity: 'hint',
  title: 'An activation of values that it leaves as they are',
  explanation: [
    'A rectifier of values that are not negative changes none of them: after another rectifier, a sigmoid or a',
    'softmax it is without effect, pooling, dropout and reshaping between them included. `relu6` after `relu6` and',
    '`log_softmax` after itself change nothing either. Such a line is often what is left of a layer that was taken',
    'out, or an activation that the block before already has.',
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
      node.layer.name === 'log_softmax'
        ? 'the values are logarithms of shares that sum to 1 already'
        : `no value is below 0 there${node.layer.name === 'relu6' ? ', and none above 6' : ''}`,
    todo: `remove ${node.layer.name}`,
  }),
  check({ survey }, report) {
    for (const network of survey.networks) {
      for (const [name, inner] of IDENTITY_AFTER) {
        const through = name === 'relu6' ? THROUGH : THROUGH_NON_NEGATIVE
        for (const node of network.named(name)) {
          const before = madeBy(node.inputs[0] as Tensor, through)
          if (before && inner.has(before.layer.name)) report(finding(node, before))
        }
      }
      for (const node of network.named('log_softmax')) {
        const { source } = node.inputs[0] as Tensor
        if (source.kind !== 'layer' || source.layer.name !== 'log_softmax') continue
        if (softmaxAxis(node) === softmaxAxis(source)) report(finding(node, source))
      }
    }
  },
  fixes: 'safe',
  fix: function* ({ analysis }, { node }) {
    const edits = removeLayer(analysis, node)
    if (edits) yield { action: `Remove ${node.layer.name}`, file: node.file, edits, shows: null }
  },
})

function finding(node: LayerNode, before: LayerNode) {
  const message = `${before.layer.name} is here`
  return { node, data: { node, before }, related: [{ file: before.file, range: before.site, message }] }
}
