import { callChain } from '../../../grammar/calls'
import { windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import { product } from '../model/shape'
import { showCount } from '../model/show'
import { rule } from './frame/rule'
import { layersNamed } from './frame/survey'
import { channelsOf, isDense, positionsOf, readsImage, showKernel } from './read/convolutions'
import { showLess, showSaving } from './read/saving'

interface Separable {
  readonly node: LayerNode
  /** The multiply–accumulates of a separable convolution in its place. */
  readonly after: number
}

export const depthwiseSeparableSaving = rule({
  code: 'depthwise-separable-saving',
  category: 'Width, depth and cost',
  // Most networks of the literature have standard convolutions, for their accuracy: this is for small devices.
  severity: 'off',
  title: 'A separable convolution saves most of the cost of a standard one',
  explanation: [
    'A depthwise convolution followed by a 1×1 convolution takes 1/N + 1/k² of the multiply–accumulates of a standard',
    'k×k convolution with N output channels: for 3×3 between eight and nine times fewer, at a small loss of',
    'accuracy. Networks for phones and smaller devices consist of them. The first layer, which',
    'reads the image, stays a standard one in MobileNets too.',
  ].join('\n'),
  source: 'Howard et al. 2017 (MobileNets), §3.1',
  example:
    'network N {\n  input x: [64, 32, 32]\n  output y = x -> conv(128, 3, padding=1, bias=false) -> batchnorm -> relu\n}\n',
  instead:
    'network N {\n  input x: [64, 32, 32]\n  output y = x -> separable_conv(128, 3, padding=1, bias=false) -> batchnorm -> relu\n}\n',
  options: {
    saving: {
      type: 'number',
      default: 0.8,
      min: 0,
      documentation: 'the smallest part of the multiply–accumulates that must be saved',
    },
  },
  everywhere: true,
  words: ({ node, after }: Separable) => ({
    what: `this ${showKernel(node)} convolution takes ${showCount(node.macs)} multiply–accumulates`,
    why: `a separable one takes ${showLess(node.macs, after)}`,
    todo: 'use separable_conv where cost matters more than the last bit of accuracy',
  }),
  check({ survey, options }, report) {
    for (const node of layersNamed(survey, 'conv')) {
      const data = separable(node, options.saving)
      if (data) report({ node, data })
    }
  },
  fix: function* (_, { node, after }) {
    const { site, file } = node
    const callee = callChain(site)[0]?.callee
    const names: readonly string[] = [node.layer.name, ...node.layer.aliases]
    if (callee?.kind !== 'name' || !names.includes(callee.name)) return
    yield {
      action: `Use separable_conv (${showSaving(node.macs, after, 'multiply–accumulates')})`,
      file,
      edits: [{ start: callee.start, end: callee.end, text: 'separable_conv' }],
      shows: { file, range: site },
    }
  },
})

function separable(node: LayerNode, saving: number): Separable | undefined {
  const kernel = product(windowOptionsOf(node).kernel ?? [])
  const [input, output] = [node.inputs[0], node.outputs[0]]
  const channels = channelsOf(input)
  if (kernel === 1 || readsImage(node) || output === undefined) return undefined
  if (!isDense(node) || node.options.padding_mode !== 'zeros') return undefined
  const after = output.items * positionsOf(output) * channels * (kernel + channelsOf(output))
  return node.macs - after >= saving * node.macs && after < node.macs ? { node, after } : undefined
}
