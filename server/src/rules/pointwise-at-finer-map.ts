import { swapLayers } from '../fixes/flow-text'
import { windowsOf } from '../fixes/window-options'
import type { LayerNode } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { showShape, spatial } from '../model/shape'
import { showCount } from '../model/show'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'
import { channelsOf, isPointwiseConvolution, onlyReaderOf, positionsOf } from './read/convolutions'
import { showLess, showSaving } from './read/saving'

interface Swappable {
  readonly conv: LayerNode
  /** What changes the size of the map. */
  readonly resizing: LayerNode
  /** The convolution stands before it. */
  readonly isFirst: boolean
  /** The multiply–accumulates of the convolution on the smaller map. */
  readonly after: number
}

/** Each value of these is a weighted mean of values of the same channel, whose weights add up to 1. */
function takesMeans({ traits }: AnyLayer): boolean {
  return traits.pools?.by === 'average' || traits.interpolates === true
}

export const pointwiseAtFinerMap = rule<Swappable>({
  code: 'pointwise-at-finer-map',
  category: 'Width, depth and cost',
  severity: 'hint',
  title: 'A 1×1 convolution works on the larger side of a pooling or an enlargement',
  explanation: [
    'A 1×1 convolution mixes channels at each position; average pooling and interpolation mix positions in each',
    'channel, with weights that add up to 1. The result is the same in either order, bias included,',
    'but on the smaller map the convolution costs less. This is true if nothing stands between them.',
  ].join('\n'),
  source:
    'follows from linearity; Szegedy et al. 2016 (Rethinking the Inception Architecture), §5, weighs the two orders for layers that do not commute',
  example: network('conv(32, 1) -> avgpool(2)'),
  instead: network('avgpool(2) -> conv(32, 1)'),
  everywhere: true,
  words: ({ conv, resizing, isFirst, after }) => ({
    what: `the 1×1 convolution ${isFirst ? 'before' : 'after'} \`${resizing.layer.name}\` takes ${showCount(conv.macs)} multiply–accumulates at ${showPositions(conv)} positions`,
    why: `the two give the same in the other order, where it takes ${showLess(conv.macs, after)}`,
    todo: `put it ${isFirst ? 'after' : 'before'} \`${resizing.layer.name}\``,
  }),
  check({ survey }, report) {
    for (const network of survey.networks) {
      for (const node of network.having(takesMeans)) {
        const data = swappable(network, node)
        if (data) report({ node, data })
      }
    }
  },
  fixes: ['same-function'],
  fix: function* ({ analysis }, { conv, resizing, isFirst, after }) {
    const [first, second] = isFirst ? [conv, resizing] : [resizing, conv]
    const edits = swapLayers(analysis, first, second)
    if (edits === undefined) return
    yield {
      action: `Put ${second.layer.name} before ${first.layer.name} (${showSaving(conv.macs, after, 'multiply–accumulates')})`,
      file: first.file,
      edits,
      shows: { file: second.file, range: second.site },
    }
  },
})

function network(layers: string): string {
  return [
    'network N {',
    '  input x: [64, 32, 32]',
    `  output y = x -> conv(64, 3, padding=1) -> relu -> ${layers}`,
    '}',
    '',
  ].join('\n')
}

function showPositions({ inputs }: LayerNode): string {
  return showShape(spatial(inputs[0]?.shape ?? []))
}

function swappable(network: SurveyedNetwork, resizing: LayerNode): Swappable | undefined {
  const [input, output] = [resizing.inputs[0], resizing.outputs[0]]
  const [before, after] = [positionsOf(input), positionsOf(output)]
  if (before === after || !isMean(resizing)) return undefined
  const isFirst = after < before
  const source = input?.source
  const conv = isFirst ? source : onlyReaderOf(network, resizing)
  if (conv?.kind !== 'layer' || !isPointwiseConvolution(conv)) return undefined
  if (isFirst && onlyReaderOf(network, conv) !== resizing) return undefined
  // Enlarging what the convolution has widened would cost more than enlarging what it reads.
  if (!isFirst && channelsOf(conv.outputs[0]) > channelsOf(conv.inputs[0])) return undefined
  const least = Math.min(before, after)
  return { conv, resizing, isFirst, after: (conv.macs / Math.max(before, after)) * least }
}

/** Whether the weights of every value add up to 1: zeros of a padding that are counted take from them. */
function isMean(node: LayerNode): boolean {
  if (node.layer.traits.window === undefined) return true
  return windowsOf(node).every((axis) => axis.begin === 0 && axis.end === 0)
}
