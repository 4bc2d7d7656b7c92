import { mostPadding, paddingAmounts, windowsOf } from '../fixes/window-options'
import { type WindowAxis, windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import { setNumber } from './read/set-number'
import { isPadded, isStrided } from './read/windows'

interface Uneven {
  readonly node: LayerNode
  readonly axis: WindowAxis
}

export const asymmetricSamePadding = rule<Uneven>({
  code: 'asymmetric-same-padding',
  category: 'Padding and sampling',
  severity: 'info',
  title: '`same` under a stride pads one position more at the end',
  explanation: [
    '`padding=same` puts the odd position at the end, as TensorFlow does. Under a stride that depends on the size of',
    'the input: a 3x3 window with stride 2 gets 0 and 1 with an even size, 1 and 1 with an odd one. PyTorch and Caffe',
    'pad both sides equally. With weights from there, every window reads the map one position too late. Without a',
    'stride `same` is uneven only for even windows, which have no middle.',
  ].join('\n'),
  source:
    'Dumoulin & Visin 2016, §2.4, pad both sides alike; TensorFlow’s definition of SAME (tf.nn.convolution) does not',
  example:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3, stride=2, padding=same)\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3, stride=2, padding=1)\n}\n',
  words: ({ axis: { name, input, begin, end } }) => ({
    what: `\`same\` pads the ${name} ${input} by ${begin} before and ${end} after`,
    why: `the windows lie one position later than with ${end} on both sides, as PyTorch and Caffe pad, and half a position off the middle`,
    todo: `use padding=${end} where weights or results are to agree with those`,
  }),
  check({ survey }, report) {
    for (const node of layersHaving(survey, isPadded)) {
      const data = firstUneven(node)
      if (data) report({ node, option: 'padding', data })
    }
  },
  fix: function* (context, { node }) {
    const axes = windowsOf(node)
    const larger = axes.map((axis) => Math.min(axis.end, mostPadding(node.layer, axis)))
    const spelled = paddingAmounts(
      axes.map(({ begin }) => begin),
      axes.map(({ end }) => end),
    )
    for (const { text } of [paddingAmounts(larger, larger), spelled]) {
      yield* setNumber(context, node, 'padding', text)
    }
  },
})

function firstUneven(node: LayerNode): Uneven | undefined {
  if (!isStrided(node)) return undefined
  const { padding } = windowOptionsOf(node)
  if (padding === undefined || !('name' in padding) || padding.name !== 'same') return undefined
  const axis = windowsOf(node).find(({ stride, begin, end }) => stride > 1 && begin !== end)
  return axis && { node, axis }
}
