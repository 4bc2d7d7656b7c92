import { windowsOf } from '../fixes/window-options'
import { span } from '../layers/padding'
import { type WindowAxis, windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import { rule } from './frame/rule'
import { analyseFields, growingOf } from './read/unproductive'

interface Covered {
  readonly kernel: readonly number[]
  readonly map: readonly number[]
  readonly dilated: boolean
  /** How many of the kernel's taps there are, and how many of them read padding in every output. */
  readonly taps: number
  readonly idle: number
}

export const kernelCoversMap = rule<Covered>({
  code: 'kernel-covers-map',
  category: 'Receptive field',
  severity: 'info',
  title: 'The kernel is larger than the map',
  explanation: [
    'If a padded kernel covers the whole map at every position, sharing weights over positions has no meaning left:',
    'the layer acts as a dense one. Weights that lie on padding in every output are stored and computed with but',
    'never meet a value: on a 1×1 map a 3×3 kernel uses one weight of nine. A dilated kernel whose taps reach beyond',
    'the map becomes a 1×1 kernel in the same way.',
    '',
    'A kernel without padding that fits the map exactly is meant as a dense layer (C5 of LeNet-5, the fully connected',
    'layers of a fully convolutional network) and is not found, nor is a layer that is found unproductive.',
  ].join('\n'),
  source:
    'Chen et al. 2017, Rethinking Atrous Convolution for Semantic Image Segmentation, §3.3 (valid weights); LeCun et al. 1998, §II.B (C5)',
  example: file('3, padding=1'),
  instead: file('1'),
  words: ({ kernel, map, dilated, taps, idle }) => {
    const name = `the ${dilated ? 'dilated ' : ''}${kernel.join('×')} kernel`
    const size = `${map.join('×')} map`
    if (idle > 0) {
      return {
        what: `${idle} of the ${taps} taps of ${name} never meet a value of the ${size}`,
        why: 'they lie on padding wherever the kernel stands',
        todo: 'use a smaller kernel, a smaller dilation, or an input whose map is larger here',
      }
    }
    return {
      what: `${name} covers the whole ${size} wherever it stands`,
      why: 'every output reads every value, as in a dense layer',
      todo: 'use a smaller kernel, or stop before the map is that small',
    }
  },
  check({ survey }, report) {
    for (const network of survey.networks) {
      for (const node of growingOf(network)) {
        const data = covered(node)
        if (data === undefined) continue
        const { unproductive } = analyseFields(network)
        if (!unproductive.some((each) => each.node === node))
          report({ node, option: data.dilated ? 'dilation' : 'kernel', data })
      }
    }
  },
})

function file(window: string): string {
  return [
    'network N {',
    '  input image: [3, 4, 4]',
    '  x = image -> conv(8, 3, padding=1) -> relu -> global_avgpool',
    `  output y = x -> conv(16, ${window}) -> relu -> flatten -> linear(10)`,
    '}',
    '',
  ].join('\n')
}

function covered(node: LayerNode): Covered | undefined {
  if (!isSmall(node)) return undefined
  const map = (node.inputs[0]?.shape ?? []).slice(1)
  const { kernel = [], dilation } = windowOptionsOf(node)
  const axes = windowsOf(node)
  const output = node.outputs[0]?.shape ?? []
  const taps = kernel.reduce((product, size) => product * size, 1)
  const used = axes.reduce((product, axis, i) => product * usedTaps(axis, output[i + 1] as number), 1)
  const padded = axes.some(({ begin, end }) => begin > 0 || end > 0)
  const covers = padded && axes.every((axis, i) => coversAll(axis, output[i + 1] as number))
  if (used === taps && !covers) return undefined
  return { kernel, map, dilated: dilation?.some((each) => each > 1) ?? false, taps, idle: taps - used }
}

/** Whether the map is no larger than a kernel along some axis, which few are. */
function isSmall(node: LayerNode): boolean {
  const shape = node.inputs[0]?.shape ?? []
  const { kernel = [], dilation } = windowOptionsOf(node)
  for (let i = 1; i < shape.length; i++) {
    if ((shape[i] as number) <= (kernel[i - 1] as number) * (dilation?.[i - 1] ?? 1)) return true
  }
  return false
}

/** How many taps read a value in some output. */
function usedTaps({ input, kernel, stride, dilation, begin }: WindowAxis, outputs: number): number {
  let used = 0
  for (let tap = 0; tap < kernel; tap++) {
    const first = dilation * tap - begin
    // The first output in which the tap does not lie before the map.
    const n = Math.max(0, Math.ceil(-first / stride))
    if (n < outputs && first + n * stride < input) used++
  }
  return used
}

/** Whether every output reads every value along an axis. */
function coversAll(axis: WindowAxis, outputs: number): boolean {
  const { input, stride, dilation, begin } = axis
  if (input > 1 && dilation > 1) return false
  const last = (outputs - 1) * stride - begin
  return last <= 0 && span(axis) - begin >= input
}
