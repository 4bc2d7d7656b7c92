import { windowsOf } from '../fixes/window-options'
import { isEnlarging } from '../layers/traits'
import { greatestCommonDivisor } from '../model/axis-map'
import type { LayerNode, Tensor } from '../model/graph'
import { axisNames } from '../model/shape'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'
import { growth } from './read/enlarging'
import { readsOwnPlace } from './read/pointwise'
import { isStriding } from './read/windows'

interface Undone {
  readonly axis: string
  readonly enlarging: string
  /** By how much the one enlarges and the other reduces. */
  readonly factor: number
  readonly stride: number
}

export const upsamplingUndoneByStride = rule<Undone>({
  code: 'upsampling-undone-by-stride',
  category: 'Upsampling',
  severity: 'warning',
  title: 'A stride undoes the upsampling before it',
  explanation: [
    'The map is enlarged and made smaller again right away, with nothing between that looks at more than one',
    'position: this adds no detail, and the layers between work on the larger map for nothing. Most often it is a',
    'stride left over from the encoder. It is found where the factor and the stride share a divisor and nothing else',
    'reads the enlarged map; a rational factor (3 up, 2 down) is fine. Networks without aliasing that filter at twice',
    'the rate on purpose (Karras et al. 2021) silence it.',
  ].join('\n'),
  source: 'Dumoulin & Visin 2016, §4: a transposed convolution has the shapes of a strided one, reversed',
  example:
    'network N {\n  input x: [64, 16, 16]\n  output y = x -> upsample(2) -> conv(32, 3, stride=2, padding=1)\n}\n',
  instead: 'network N {\n  input x: [64, 16, 16]\n  output y = x -> conv(32, 3, padding=1)\n}\n',
  words: ({ axis, enlarging, factor, stride }) => ({
    what: `stride ${stride} along the ${axis} undoes ${enlarging}, which has just enlarged the map ${factor} times`,
    why: 'no layer between them looks at more than one position, so that nothing is won by the larger map',
    todo: 'leave both out, or put the convolutions between them that need the larger map',
  }),
  check({ survey }, report) {
    for (const network of survey.networks) {
      for (const node of network.having(isEnlarging)) {
        const reader = stridedReader(network, node)
        const data = reader && undone(node, reader)
        if (data === undefined) continue
        const enlarged = { file: node.file, range: node.site, message: 'the map is enlarged here' }
        report({ node: reader as LayerNode, option: 'stride', data, related: [enlarged] })
      }
    }
  },
})

/** The layer with a stride that alone reads what an enlarging layer makes, layers that work on every position alone between. */
function stridedReader(network: SurveyedNetwork, node: LayerNode): LayerNode | undefined {
  let at: Tensor | undefined = node.outputs[0]
  while (at !== undefined) {
    const reader = network.onlyReader(at)
    if (reader === undefined || reader.inputs.length > 1) return undefined
    if (!readsOwnPlace(reader, 0)) return isStriding(reader.layer) ? reader : undefined
    at = reader.outputs[0]
  }
  return undefined
}

function undone(node: LayerNode, reader: LayerNode): Undone | undefined {
  const axes = windowsOf(reader)
  for (const [i, { stride }] of axes.entries()) {
    const factor = growth(node, i)
    if (stride === 1 || factor === 1 || greatestCommonDivisor(factor, stride) === 1) continue
    return { axis: axisNames(axes.length)[i] as string, enlarging: node.layer.name, factor, stride }
  }
  return undefined
}
