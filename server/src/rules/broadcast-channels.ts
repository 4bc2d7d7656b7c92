import { valueRangeOf } from '../layers/traits'
import type { LayerNode, Tensor } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { type Shape, sameShape, showShape } from '../model/shape'
import { isWithin } from '../model/traits'
import { rule } from './frame/rule'
import { axesOf } from './read/axes'

interface Broadcast {
  readonly layer: AnyLayer
  readonly narrow: Shape
  readonly wide: Shape
}

export const broadcastChannels = rule<Broadcast>({
  code: 'broadcast-channels',
  category: 'Axes and inputs',
  severity: 'info',
  title: 'One channel is combined with many',
  explanation: [
    'Where maps of 1 and of 32 channels are added, the one channel is added to each of the 32. That is allowed, and is',
    'what an attention map is for; with maps of features it is most often a convolution with the wrong number of',
    'channels, or a grey image in place of its features.',
    '',
    'The rule ignores it if one of the two has a single position (a value for each channel), or if the last layers',
    'of one, those that keep its shape or only resize it, include a sigmoid, a softmax, a tanh or another activation',
    'that bounds its values: then it is a gate. A mask that is an input and is multiplied is ignored, too.',
  ].join('\n'),
  source: 'Woo et al. 2018 (CBAM), §3: the spatial attention map has one channel and ends in a sigmoid',
  example: file(1),
  instead: file(32),
  words: ({ layer, narrow, wide }) => ({
    what: `\`${layer.name}\` takes the one channel of ${showShape(narrow)} for each of the ${wide[0]} channels of ${showShape(wide)}`,
    why: 'along an axis of size 1 the value meets all others',
    todo: `give both ${wide[0]} channels if that is not meant`,
  }),
  check({ survey }, report) {
    for (const { graph, having } of survey.networks) {
      for (const node of having(({ traits }) => traits.merges !== undefined && traits.elementwise === true)) {
        const { kindOf } = axesOf(graph)
        const maps = node.inputs.filter((input) => input.shape.length > 2 || kindOf(input) === 'signal')
        const wide = maps.find(({ shape }) => shape[0] !== 1)
        const narrow = maps.find(({ shape }) => shape[0] === 1)
        if (wide === undefined || narrow === undefined) continue
        if ([wide, narrow].some((each) => hasOnePosition(each) || isGate(each))) continue
        if (node.layer.traits.merges === 'multiplied' && narrow.source.kind === 'input') continue
        report({ node, data: { layer: node.layer, narrow: narrow.shape, wide: wide.shape } })
      }
    }
  },
})

function file(channels: number): string {
  return [
    'network N {',
    '  input image: 3x64x64',
    '  x = image -> conv(32, 3, padding=1) -> relu',
    `  y = image -> conv(${channels}, 3, padding=1) -> relu`,
    '  output z = add(x, y)',
    '}',
    '',
  ].join('\n')
}

function hasOnePosition({ shape }: Tensor): boolean {
  return shape.slice(1).every((size) => size === 1)
}

/** Whether one of the last layers, as far as they keep the shape or the values, bounds the values to −1 to 1 as a gate does. */
function isGate({ source }: Tensor): boolean {
  for (let at = source; at.kind === 'layer'; ) {
    if (bounds(at)) return true
    const [input] = at.inputs
    const [output] = at.outputs
    if (input === undefined || output === undefined) return false
    if (!sameShape(input.shape, output.shape) && valueRangeOf(at) !== 'kept') return false
    at = input.source
  }
  return false
}

function bounds(node: LayerNode): boolean {
  const range = valueRangeOf(node)
  return (
    node.layer.traits.activation === true &&
    typeof range === 'object' &&
    isWithin(range, { least: -1, most: 1 })
  )
}
