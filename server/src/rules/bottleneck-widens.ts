import type { LayerNode } from '../model/graph'
import { showCount } from '../model/show'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'
import {
  channelsOf,
  isAlways,
  isDense,
  isPointwiseConvolution,
  keepsPlaces,
  nextWeighing,
  onlyReaderOf,
  showKernel,
} from './read/convolutions'
import { showShare } from './read/saving'

interface Widened {
  /** The three convolutions. */
  readonly reduce: LayerNode
  readonly middle: LayerNode
  readonly expand: LayerNode
}

export const bottleneckWidens = rule<Widened>({
  code: 'bottleneck-widens',
  category: 'Width, depth and cost',
  severity: 'info',
  title: 'A 1×1 bottleneck widens instead of narrowing',
  explanation: [
    'In a bottleneck a 1×1 convolution reduces the channels, so that the costly convolution in the middle has few,',
    'and another restores them. When the middle is wider than both ends, the 1×1 convolutions make it more expensive',
    'instead. Inverted residuals (MobileNetV2) are wide in the middle by design, because a depthwise convolution',
    'stands there; the rule ignores depthwise and grouped convolutions in the middle.',
  ].join('\n'),
  source:
    'He et al. 2016 (Deep Residual Learning), §4.1 and figure 5; Sandler et al. 2018 (MobileNetV2), §3.3',
  example: network(256),
  instead: network(16),
  words: ({ reduce, middle, expand }) => ({
    what: `the bottleneck widens ${channelsOf(reduce.inputs[0])} channels to ${channelsOf(reduce.outputs[0])} for its ${showKernel(middle)} convolution, and ends in ${channelsOf(expand.outputs[0])}`,
    why: `that convolution takes ${showCount(middle.macs)} of the branch’s ${showCount(cost({ reduce, middle, expand }))} multiply–accumulates (${showShare(middle.macs, cost({ reduce, middle, expand }))})`,
    todo: 'reduce the channels before it, or make it depthwise',
  }),
  check({ survey }, report) {
    for (const network of survey.networks) {
      for (const node of network.named('conv')) {
        const data = widened(network, node)
        if (data) report({ node, option: 'channels', data })
      }
    }
  },
})

function network(width: number): string {
  return [
    'network N {',
    '  input x: [64, 32, 32]',
    '  y = x',
    `    -> conv(${width}, 1, bias=false) -> batchnorm -> relu`,
    `    -> conv(${width}, 3, padding=1, bias=false) -> batchnorm -> relu`,
    '    -> conv(64, 1, bias=false) -> batchnorm',
    '  output z = add(x, y) -> relu',
    '}',
    '',
  ].join('\n')
}

function cost({ reduce, middle, expand }: Widened): number {
  return reduce.macs + middle.macs + expand.macs
}

/** The bottleneck that begins at a 1×1 convolution, when it is wider than what goes in and what comes out. */
function widened(network: SurveyedNetwork, reduce: LayerNode): Widened | undefined {
  const width = channelsOf(reduce.outputs[0])
  if (width <= channelsOf(reduce.inputs[0]) || !isPointwiseConvolution(reduce) || !isDense(reduce))
    return undefined
  const middle = nextWeighing(network, reduce)
  if (middle === undefined || !isDense(middle) || isAlways(middle, 'kernel', 1)) return undefined
  const expand = nextWeighing(network, middle)
  if (expand === undefined || !isPointwiseConvolution(expand) || channelsOf(expand.outputs[0]) >= width)
    return undefined
  return isResidual(network, expand) ? { reduce, middle, expand } : undefined
}

/** Whether what a layer makes is added to something else, before any activation. */
function isResidual(network: SurveyedNetwork, node: LayerNode): boolean {
  let at = onlyReaderOf(network, node)
  while (at !== undefined && keepsPlaces(at) && !at.layer.traits.activation) {
    at = onlyReaderOf(network, at)
  }
  return at?.layer.traits.merges === 'added'
}
