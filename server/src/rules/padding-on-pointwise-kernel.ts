import { halfAmounts, paddingAmounts, windowsOf } from '../fixes/window-options'
import { type WindowAxis, windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import { showCount } from '../model/show'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import { setNumber } from './read/set-number'
import { isPadded, isPaddedBlank, outputsOnPadding } from './read/windows'

interface Framed {
  readonly node: LayerNode
  readonly axis: WindowAxis
  readonly outputs: number
  /** How many of the outputs along the axis see nothing of the map. */
  readonly blank: number
}

export const paddingOnPointwiseKernel = rule<Framed>({
  code: 'padding-on-pointwise-kernel',
  category: 'Padding and sampling',
  severity: 'warning',
  title: 'A window of one position is padded',
  explanation: [
    'A window of one position reads either the map or the padding, never both. Padding it only puts a frame around',
    'the map in which every value is the bias; the next layers take it for a part of the image. It mostly comes from',
    'a kernel that was changed from 3 to 1, or from one amount for a window that is wide along one axis alone: `1x3`',
    'wants `padding=[0, 1]`.',
  ].join('\n'),
  source: 'Dumoulin & Visin 2016, §2.3: half padding of a kernel of 1 is 0; Lin et al. 2014 (NIN), §3.1',
  example: 'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 1, padding=1)\n}\n',
  instead: 'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 1)\n}\n',
  words: ({ axis, outputs, blank }) => ({
    what: `${showCount(blank)} of the ${showCount(outputs)} outputs along the ${axis.name} are the bias alone`,
    why: `the window is 1 along the ${axis.name}, and where it lies in the padding it sees nothing of the map`,
    todo: `use no padding along the ${axis.name}, or \`half\``,
  }),
  check({ survey }, report) {
    for (const node of layersHaving(survey, isPadded)) {
      const data = isPaddedPoint(node) ? firstFramed(node) : undefined
      if (data) report({ node, option: 'padding', data })
    }
  },
  fix: function* (context, { node }) {
    const axes = windowsOf(node)
    const unpadded = paddingAmounts(
      axes.map(({ kernel, begin }) => (kernel === 1 ? 0 : begin)),
      axes.map(({ kernel, end }) => (kernel === 1 ? 0 : end)),
    )
    // `half` suits a text that serves other windows too.
    for (const text of [unpadded.text, halfAmounts(axes).text, 'half']) {
      yield* setNumber(context, node, 'padding', text)
    }
  },
})

function isPaddedPoint(node: LayerNode): boolean {
  const { kernel = [], padding } = windowOptionsOf(node)
  // Every named padding is 0 for a window of one position.
  if (padding === undefined || 'name' in padding) return false
  for (let i = 0; i < kernel.length; i++) {
    if (kernel[i] === 1 && ((padding.begin[i] as number) > 0 || (padding.end[i] as number) > 0)) return true
  }
  return false
}

function firstFramed(node: LayerNode): Framed | undefined {
  if (!isPaddedBlank(node)) return undefined
  for (const [i, axis] of windowsOf(node).entries()) {
    const outputs = node.outputs[0]?.shape[i + 1] as number
    const blank = axis.kernel === 1 ? outputsOnPadding(axis, outputs) : 0
    if (blank > 0) return { node, axis, outputs, blank }
  }
  return undefined
}
