import { windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { showShape, spatial } from '../model/shape'
import { showCall } from '../model/show-call'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import { removal } from './read/removal'
import {
  isSinglePosition,
  type ShrinkingLayers,
  shrinkingLayer,
  shrinkingPlace,
} from './read/single-position'
import { whyUnchanged } from './read/unchanging'

export const poolingAfterGlobalPooling = rule<{ readonly node: LayerNode }>({
  code: 'pooling-after-global-pooling',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'A map of one position is pooled',
  explanation: [
    'After global pooling each channel is one value: a second pooling takes the mean or the maximum of that value',
    'alone. Either the pooling is left over, or the first one was meant to keep more positions.',
  ].join('\n'),
  source: 'Lin et al. 2014 (Network in Network), §3.2: global pooling takes each map as a whole',
  example:
    'network N {\n  input image: [3, 6, 6]\n  output y = image -> conv(16, 3, padding=1) -> relu -> global_avgpool -> global_maxpool -> flatten -> linear(10)\n}\n',
  instead:
    'network N {\n  input image: [3, 6, 6]\n  output y = image -> conv(16, 3, padding=1) -> relu -> global_avgpool -> flatten -> linear(10)\n}\n',
  unnecessary: true,
  everywhere: true,
  words: ({ node }) => ({
    what: `\`${showCall(node)}\` pools a map of ${showShape(node.inputs[0]?.shape ?? [])}`,
    why: 'there is one position along every axis, so that nothing is left to pool',
    todo: 'leave it out, or pool less before it',
  }),
  check({ analysis, survey }, report) {
    const known: ShrinkingLayers = new Map()
    for (const node of layersHaving(survey, isPooling)) {
      const [input] = node.inputs
      if (!isSinglePosition(input) || !isSinglePosition(node.outputs[0]) || scales(node)) continue
      // A window of one position is the identity on every map; and a block of another file meets larger ones.
      if (node.file !== analysis.uri || whyUnchanged(analysis, node)) continue
      const shrinking = shrinkingLayer(input, known)
      // With a larger input, global pooling would have something to do where strides alone made the map so small.
      if (isSizeless(node) && !(shrinking && isSizeless(shrinking))) continue
      report({ node, data: { node }, related: shrinkingPlace(shrinking) })
    }
  },
  fixes: ['same-network'],
  fix: (context, { node }) => removal(context, node),
})

/** A sum of one value with weights is no pooling of it. */
function isPooling({ traits, weighted }: AnyLayer): boolean {
  return traits.pools !== undefined && !weighted
}

/** Whether a pooling makes a map of one position of whatever size. */
function isSizeless({ layer, outputs }: LayerNode): boolean {
  const { pools } = layer.traits
  return pools !== undefined && pools.over !== 'windows' && isSinglePosition(outputs[0])
}

/** Whether a mean counts zeros of the padding beside the one value: it makes the value smaller. */
function scales(node: LayerNode): boolean {
  const { layer, options, inputs } = node
  const { kernel } = windowOptionsOf(node)
  const { pools } = layer.traits
  if (pools?.by !== 'average' || pools.over !== 'windows' || options.count_include_pad === false) return false
  return spatial(inputs[0]?.shape ?? []).some((_, axis) => kernel?.[axis] !== 1)
}
