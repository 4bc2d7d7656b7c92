import { removeArgument } from '../check/binding/call-edits'
import { ownArgument } from '../fixes/call-text'
import type { Candidate, FixContext } from '../fixes/fix'
import { addLayers } from '../fixes/flow-text'
import { paddingAmounts, windowsOf } from '../fixes/window-options'
import { span } from '../layers/padding'
import { isConvolution } from '../layers/traits'
import { type WindowAxis, windowOptionsOf } from '../layers/window'
import type { LayerNode, Tensor } from '../model/graph'
import { showShape } from '../model/shape'
import { showCount } from '../model/show'
import { rule } from './frame/rule'
import { setNumber } from './read/set-number'
import { onlySkippers, origin, skips } from './read/skipping'
import { isStriding } from './read/windows'

interface Skipped {
  readonly node: LayerNode
}

export const strideSkipsPixels = rule<Skipped>({
  code: 'stride-skips-pixels',
  category: 'Padding and sampling',
  severity: 'warning',
  title: 'A stride larger than the window skips positions that nothing else reads',
  explanation: [
    'Between one window and the next lie positions that no window reads. What the layers before computed there is',
    'lost: a 1x1 window with stride 2 loses three of four values. A shortcut or a branch may do so if another',
    'layer reads the same map with windows that leave nothing out, as the 3x3 window does beside the projection of a',
    'residual unit: then nothing is lost, and nothing is found. It is found where all readers skip, once for the map',
    'that they read, as in the first bottleneck of each stage of the original ResNet-50.',
  ].join('\n'),
  source:
    'He et al. 2019, Bag of Tricks for Image Classification, §4.1 (ResNet-B, ResNet-D), on He et al. 2016, ResNet',
  example:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3, padding=1) -> relu -> conv(16, 1, stride=2)\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3, padding=1) -> relu -> avgpool(2) -> conv(16, 1)\n}\n',
  words: ({ node }) => {
    const axes = windowsOf(node)
    const axis = axes.find(leavesGaps) as WindowAxis
    const sizes = axes.map(({ input }) => input)
    const all = sizes.reduce((product, size) => product * size, 1)
    const read = axes.reduce((product, each, i) => product * positionsRead(each, outputs(node, i)), 1)
    return {
      what: `${showCount(all - read)} of the ${showCount(all)} positions of the map ${showShape(sizes)} are read by nothing`,
      why: `stride ${axis.stride} along the ${axis.name} is larger than the window, which spans ${span(axis)}, and no other layer reads the map`,
      todo: 'widen the kernel, put the stride into a layer with a larger one, or pool before',
    }
  },
  check({ survey }, report) {
    for (const network of survey.networks) {
      const found = new Set<Tensor>()
      for (const node of network.having(isStriding)) {
        if (!isWide(node) || !skips(node, 0)) continue
        const map = origin(node.inputs[0] as Tensor)
        if (found.has(map)) continue
        found.add(map)
        const skippers = onlySkippers(network, map)
        const first = skippers?.reduce((least, each) => (each.id < least.id ? each : least))
        if (first !== undefined) report({ node: first, option: 'stride', data: { node: first } })
      }
    }
  },
  fix: function* (context, { node }) {
    const axes = windowsOf(node)
    const wide = axes.map((axis) => Math.max(axis.kernel, axis.stride))
    const narrow = axes.map((axis) => Math.min(axis.stride, span(axis)))
    yield* poolBefore(context, node, axes)
    yield* setNumber(context, node, 'kernel', sizeText(wide))
    yield* setNumber(context, node, 'stride', sizeText(narrow))
  },
})

/** By the options alone, which sort out nearly all layers. */
function isWide(node: LayerNode): boolean {
  const { stride = [], kernel = [] } = windowOptionsOf(node)
  for (let i = 0; i < stride.length; i++) if ((stride[i] as number) > (kernel[i] as number)) return true
  return false
}

function leavesGaps(axis: WindowAxis): boolean {
  return axis.stride > span(axis) && span(axis) - axis.begin < axis.input
}

function outputs(node: LayerNode, axis: number): number {
  return node.outputs[0]?.shape[axis + 1] as number
}

/** How many positions of an axis lie in some window; counted without visiting them, for an axis may be long. */
function positionsRead({ kernel, dilation, stride, begin, input }: WindowAxis, windows: number): number {
  // Taps whose offsets differ by a multiple of the stride read positions of the same remainder: there the n-th
  // window reads number `n + offset / stride`, so that each tap reads one run of them.
  const runsByRemainder = new Map<number, number[]>()
  for (let tap = 0; tap < kernel; tap++) {
    const offset = tap * dilation
    const remainder = offset % stride
    const runs = runsByRemainder.get(remainder)
    const run = Math.floor(offset / stride)
    if (runs === undefined) runsByRemainder.set(remainder, [run])
    else runs.push(run)
  }
  let count = 0
  for (const [remainder, runs] of runsByRemainder) {
    let next = Math.ceil((begin - remainder) / stride)
    const last = Math.ceil((input + begin - remainder) / stride) - 1
    for (const run of runs) {
      const from = Math.max(run, next)
      const to = Math.min(run + windows - 1, last)
      if (to < from) continue
      count += to - from + 1
      next = to + 1
    }
  }
  return count
}

/** Average pooling takes the stride over from a convolution that reads single positions (ResNet-D). */
function* poolBefore(
  context: FixContext,
  node: LayerNode,
  axes: readonly WindowAxis[],
): Generator<Candidate> {
  if (!isConvolution(node.layer) || axes.some((axis) => axis.kernel > 1 || axis.begin > 0)) return
  const { analysis } = context
  const given = ownArgument(node.written, 'stride')
  // A stride that comes from elsewhere may be 1 for others.
  if (given === undefined || !isWritten(given.argument.value.kind)) return
  const { argument, call } = given
  const stride = sizeText(axes.map((axis) => axis.stride))
  const ceil = axes.some((axis) => axis.input % axis.stride !== 0)
  const pool = `avgpool(${stride}${ceil ? ', ceil=true' : ''})`
  const pooled = addLayers(analysis, node, 'before', pool)
  if (pooled === undefined) return
  const shows = { file: node.file, range: node.site }
  yield {
    action: `Put ${pool} before`,
    file: node.file,
    edits: [...pooled, ...removeArgument(call, argument)],
    shows,
  }
}

function isWritten(kind: string): boolean {
  return kind === 'number' || kind === 'size' || kind === 'list'
}

/** One number where all axes agree. */
function sizeText(sizes: readonly number[]): string {
  return paddingAmounts(sizes, sizes).text
}
