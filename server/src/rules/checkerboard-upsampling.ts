import { callChain } from '../../../grammar/calls'
import { ownArgument } from '../fixes/call-text'
import type { Candidate, FixContext } from '../fixes/fix'
import { replaceLayer } from '../fixes/flow-text'
import { setOptionsOf } from '../fixes/set-option'
import { isPiped } from '../fixes/targets'
import { paddingAmounts, windowsOf } from '../fixes/window-options'
import { span } from '../layers/padding'
import { type WindowAxis, windowOptionsOf } from '../layers/window'
import { greatestCommonDivisor, transposedMap } from '../model/axis-map'
import type { LayerNode } from '../model/graph'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'

interface Uneven {
  readonly node: LayerNode
  readonly axis: WindowAxis
}

export const checkerboardUpsampling = rule<Uneven>({
  code: 'checkerboard-upsampling',
  category: 'Upsampling',
  severity: 'info',
  title: 'The kernel of a transposed convolution is no multiple of its stride',
  explanation: [
    'The windows that the inputs of a transposed convolution add to its output overlap. Where the stride does not',
    'divide the kernel, some outputs get more windows than their neighbours, and in two dimensions the numbers',
    'multiply: the output shows a checkerboard, which training can reduce but rarely removes. A kernel that is a',
    'multiple of the stride (2 and 2, 4 and 2) overlaps evenly; so does resizing before an ordinary convolution.',
    'Published decoders (LinkNet, ENet, FC-DenseNet, CycleGAN) still have such layers, and what follows may',
    'smooth the pattern, so that the finding is information.',
    '',
    'Layers whose weights are not trained (`trainable=false`), as a bilinear interpolation of 5 with stride 3, are',
    'ignored: their weights are chosen so that they add up evenly.',
  ].join('\n'),
  source: 'Odena, Dumoulin & Olah 2016, Deconvolution and Checkerboard Artifacts, Distill',
  example:
    'network N {\n  input x: [64, 16, 16]\n  output y = x -> conv_transpose(32, 3, stride=2, padding=1, output_padding=1)\n}\n',
  instead:
    'network N {\n  input x: [64, 16, 16]\n  output y = x -> conv_transpose(32, 4, stride=2, padding=1)\n}\n',
  words: ({ axis }) => {
    const [least, most] = overlaps(axis)
    const { kernel, stride, dilation } = axis
    const dilated = dilation === 1 ? '' : ` with dilation ${dilation}`
    return {
      what: `along the ${axis.name} some outputs get ${contributions(most)} and others ${least === 0 ? 'none' : least}: a checkerboard`,
      why: `kernel ${kernel}${dilated} does not spread evenly over stride ${stride}`,
      todo: `use kernel ${nextMultiple(axis)}, or upsample(${stride}) and an ordinary convolution`,
    }
  },
  check({ survey }, report) {
    for (const node of layersHaving(survey, ({ traits }) => traits.window === 'spreads')) {
      if (node.options.trainable === false) continue
      const axis = windowsOf(node).find(isUneven)
      if (axis) report({ node, option: 'kernel', data: { node, axis } })
    }
  },
  fix: function* (context, { node }) {
    yield* widerKernel(context, node)
    yield* resizedFirst(context, node)
  },
})

/** Each residue of the stride gets as many taps only if the stride divides the kernel and shares nothing with the dilation. */
function isUneven({ kernel, stride, dilation }: WindowAxis): boolean {
  return stride > 1 && (kernel % stride !== 0 || greatestCommonDivisor(stride, dilation) > 1)
}

/** The least and the most inputs that an output gets something from. */
function overlaps(axis: WindowAxis): readonly [number, number] {
  const map = transposedMap(axis)
  if (map.kind === 'periodic') {
    const counts = map.taps.map((taps) => taps.length)
    return [Math.min(...counts), Math.max(...counts)]
  }
  return [Math.floor(axis.kernel / axis.stride), Math.ceil(axis.kernel / axis.stride)]
}

function contributions(count: number): string {
  return count === 1 ? '1 contribution' : `${count} contributions`
}

function nextMultiple({ kernel, stride }: WindowAxis): number {
  return Math.ceil(kernel / stride) * stride
}

/** The next multiple as the kernel, and what it adds to the output taken away at its borders. */
function* widerKernel(context: FixContext, node: LayerNode): Generator<Candidate> {
  const axes = windowsOf(node)
  const kernels = axes.map((axis) => (isUneven(axis) ? nextMultiple(axis) : axis.kernel))
  const values = new Map([['kernel', paddingAmounts(kernels, kernels).text]])
  const { padding, output_padding: extra = [] } = windowOptionsOf(node)
  const isSame = padding !== undefined && 'name' in padding && padding.name === 'same'
  if (!isSame) {
    // What `output_padding` added at the end is the wider kernel's own now, as far as that goes.
    const totals = axes.map(
      (axis, i) =>
        axis.begin + axis.end + axis.dilation * ((kernels[i] as number) - axis.kernel) - (extra[i] ?? 0),
    )
    if (totals.some((total) => total < 0)) return
    const amounts = paddingAmounts(
      totals.map((total) => Math.floor(total / 2)),
      totals.map((total) => Math.ceil(total / 2)),
    )
    values.set('padding', amounts.text)
    if (extra.some((amount) => amount > 0)) values.set('output_padding', '0')
  }
  yield* setOptionsOf(context, node, values, { own: node.site, shows: { file: node.file, range: node.site } })
}

/** Nearest-neighbour sampling and an ordinary convolution, where that gives the same size. */
function* resizedFirst(context: FixContext, node: LayerNode): Generator<Candidate> {
  const axes = windowsOf(node)
  const grown = node.outputs[0]?.shape.slice(1) ?? []
  if (axes.some((axis, i) => axis.dilation > 1 || axis.input * axis.stride !== grown[i])) return
  if (node.options.groups !== 1 || callChain(node.site).length !== 1) return
  const file = context.analysis.files.get(node.file)
  const channels = ownArgument(node.written, 'channels')?.argument.value
  if (file === undefined || channels === undefined || !isPiped(node)) return
  const strides = axes.map((axis) => axis.stride)
  const kernels = axes.map((axis) => (span(axis) % 2 === 1 ? axis.kernel : axis.kernel + 1))
  const bias = node.options.bias === false ? ', bias=false' : ''
  const scale = `upsample(${paddingAmounts(strides, strides).text})`
  const text = `conv(${file.text.slice(channels.start, channels.end)}, ${paddingAmounts(kernels, kernels).text}, padding=half${bias})`
  yield {
    action: `Replace by ${scale} -> ${text}`,
    file: node.file,
    edits: replaceLayer(node, `${scale} -> ${text}`),
    shows: null,
  }
}
