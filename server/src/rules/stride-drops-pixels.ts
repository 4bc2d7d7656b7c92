import { setOptionOf } from '../fixes/set-option'
import { infer, UNCHANGED } from '../fixes/simulate'
import {
  mostPadding,
  namedPadding,
  type PaddingChoice,
  paddingAmounts,
  windowsOf,
} from '../fixes/window-options'
import { span } from '../layers/padding'
import { spellFloor } from '../layers/spell'
import { leftOut, paddedSize, type WindowAxis } from '../layers/window'
import type { LayerNode } from '../model/graph'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import { setNumber } from './read/set-number'
import { isPadded, isStrided } from './read/windows'

interface Dropped {
  readonly node: LayerNode
  readonly axis: WindowAxis
  readonly pixels: number
}

export const strideDropsPixels = rule<Dropped>({
  code: 'stride-drops-pixels',
  category: 'Padding and sampling',
  severity: 'info',
  title: 'The stride leaves input pixels at the border unread',
  explanation: [
    'The number of windows is rounded down: when the stride does not divide what remains after the first window,',
    'the last rows or columns of the input are read by no window. What they show is lost, and the output lies a',
    'little off the input’s centre. Padding that is left over does not count, nor do the pixels that a stride',
    'larger than the window skips everywhere.',
  ].join('\n'),
  source: 'Dumoulin & Visin 2016, §2.4, relationship 6, whose floor leaves them out',
  example:
    'network N {\n  input image: [3, 33, 33]\n  output y = image -> conv(8, 3, padding=1) -> maxpool(2)\n}\n',
  instead:
    'network N {\n  input image: [3, 33, 33]\n  output y = image -> conv(8, 3, padding=1) -> maxpool(2, ceil=true)\n}\n',
  words: ({ axis, pixels }) => ({
    what: `the last ${pixels === 1 ? 'position' : `${pixels} positions`} of the ${axis.name} ${axis.input} ${pixels === 1 ? 'is' : 'are'} read by no window: ${spellFloor(axis)}`,
    why: `stride ${axis.stride} does not divide ${paddedSize(axis) - span(axis)}, and the division rounds down`,
    todo: 'choose a padding with which it divides, or another input size',
  }),
  check({ survey }, report) {
    for (const node of layersHaving(survey, isPadded)) {
      const data = firstDropped(node, node.outputs[0]?.shape)
      if (data) report({ node, option: 'stride', data })
    }
  },
  fix: function* (context, { node }) {
    const more = { own: node.site, shows: { file: node.file, range: node.site } }
    if (isExact(node, 'ceil', true)) yield* setOptionOf(context, node, 'ceil', 'true', more)
    for (const choices of [evenPaddings(node), samePadding(node), endPaddings(node)]) {
      const exact = choices.find(({ padding }) => isExact(node, 'padding', padding))
      if (exact) yield* setNumber(context, node, 'padding', exact.text)
    }
  },
})

/** The first axis along which real positions at the end are read by no window. */
function firstDropped(node: LayerNode, output: readonly number[] | undefined): Dropped | undefined {
  // Steps of one position leave nothing over, and most layers make no others.
  if (output === undefined || !isStrided(node)) return undefined
  for (const [i, axis] of windowsOf(node).entries()) {
    const pixels = leftOut(axis, output[i + 1] as number)
    if (pixels > 0) return { node, axis, pixels }
  }
  return undefined
}

/** Whether no position would be dropped with this option. */
function isExact(node: LayerNode, option: string, value: unknown): boolean {
  if (node.layer.options[option] === undefined) return false
  const changed = { ...node, options: { ...node.options, [option]: value } }
  const result = infer(changed, UNCHANGED)
  return result !== undefined && firstDropped(changed, result.shapes[0]) === undefined
}

/** The same amount on all sides, the nearest to the present one first. */
function evenPaddings(node: LayerNode): readonly PaddingChoice[] {
  const axes = windowsOf(node)
  const most = Math.min(...axes.map((axis) => mostPadding(node.layer, axis)))
  const now = Math.max(...axes.flatMap(({ begin, end }) => [begin, end]))
  const amounts = Array.from({ length: most + 1 }, (_, amount) => amount)
  amounts.sort((a, b) => Math.abs(a - now) - Math.abs(b - now) || b - a)
  return amounts.map((amount) => {
    const all = axes.map(() => amount)
    return paddingAmounts(all, all)
  })
}

/** `same`, where it pads both sides alike; elsewhere amounts say what it does. */
function samePadding(node: LayerNode): readonly PaddingChoice[] {
  const same = namedPadding('same')
  const padded = windowsOf({ ...node, options: { ...node.options, padding: same.padding } })
  return padded.every(({ begin, end }) => begin === end) ? [same] : []
}

/** More at the end alone, the least first. */
function endPaddings(node: LayerNode): readonly PaddingChoice[] {
  const axes = windowsOf(node)
  const room = Math.max(...axes.map((axis) => mostPadding(node.layer, axis) - axis.end))
  return Array.from({ length: Math.max(0, room) }, (_, more) =>
    paddingAmounts(
      axes.map(({ begin }) => begin),
      axes.map((axis) => Math.min(mostPadding(node.layer, axis), axis.end + more + 1)),
    ),
  )
}
