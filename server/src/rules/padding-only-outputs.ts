import { halfAmounts, paddingAmounts, windowsOf } from '../fixes/window-options'
import { span } from '../layers/padding'
import { floorCount, type WindowAxis, windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import { showCount } from '../model/show'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import { setNumber } from './read/set-number'
import { isPadded, isPaddedBlank, outputsOnPadding } from './read/windows'

interface Blank {
  readonly node: LayerNode
  readonly axis: WindowAxis
  readonly outputs: number
  /** How many of the outputs along the axis see nothing of the map. */
  readonly blank: number
}

export const paddingOnlyOutputs = rule<Blank>({
  code: 'padding-only-outputs',
  category: 'Padding and sampling',
  severity: 'warning',
  title: 'Some outputs see nothing but padding',
  explanation: [
    'Padding of as many positions as the window spans, or more, makes outputs whose windows lie in the padding',
    'only. They say nothing about the input: the map has a border of constants, which costs time and disturbs what',
    'later layers and means compute. `padding=full`, d(k − 1), is the largest padding with which every output sees one',
    'position of the map. For windows of one position there is the rule `padding-on-pointwise-kernel`.',
  ].join('\n'),
  source: 'Dumoulin & Visin 2016, §2.3: full padding covers every partial overlap of kernel and input',
  example: 'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3, padding=4)\n}\n',
  instead: 'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 3, padding=1)\n}\n',
  words: ({ axis, outputs, blank }) => ({
    what: `${showCount(blank)} of the ${showCount(outputs)} outputs along the ${axis.name} see only padding`,
    why: `padding ${sides(axis)} leaves no position of the map to a window that spans ${span(axis)}`,
    todo: `use a padding of at most ${mostThatSees(axis)}`,
  }),
  check({ survey }, report) {
    for (const node of layersHaving(survey, isPadded)) {
      const data = mayBeBlank(node) ? firstBlank(node) : undefined
      if (data) report({ node, option: 'padding', data })
    }
  },
  fix: function* (context, { node }) {
    const axes = windowsOf(node)
    const most = axes.map(mostThatSees)
    const largest = paddingAmounts(
      axes.map(({ begin }, i) => Math.min(begin, most[i] as number)),
      axes.map(({ end }, i) => Math.min(end, most[i] as number)),
    )
    for (const { text } of [largest, halfAmounts(axes)]) {
      yield* setNumber(context, node, 'padding', text)
    }
  },
})

/** Sorts out what is certainly sound by its options alone: nearly all. */
function mayBeBlank(node: LayerNode): boolean {
  const { kernel = [], padding, dilation } = windowOptionsOf(node)
  if (padding === undefined) return false
  for (let i = 0; i < kernel.length; i++) {
    const step = dilation?.[i] ?? 1
    if (step > 1 && step > (node.inputs[0]?.shape[i + 1] as number)) return true
    if ('name' in padding) continue
    const most = step * ((kernel[i] as number) - 1)
    if ((padding.begin[i] as number) > most || (padding.end[i] as number) > most) return true
  }
  return false
}

function firstBlank(node: LayerNode): Blank | undefined {
  if (!isPaddedBlank(node)) return undefined
  let found: Blank | undefined
  for (const [i, axis] of windowsOf(node).entries()) {
    const outputs = node.outputs[0]?.shape[i + 1] as number
    const blank = outputsOnPadding(axis, outputs)
    // The same padding around a window of one position is another fault, and one fault is reported once.
    if (blank > 0 && axis.kernel === 1) return undefined
    if (blank > 0) found ??= { node, axis, outputs, blank }
  }
  return found
}

/** The largest amount on both sides with which every output sees the map. */
function mostThatSees(axis: WindowAxis): number {
  for (let amount = Math.min(Math.max(axis.begin, axis.end), span(axis) - 1); amount > 0; amount--) {
    const padded = { ...axis, begin: amount, end: amount }
    if (outputsOnPadding(padded, floorCount(padded)) === 0) return amount
  }
  return 0
}

function sides({ begin, end }: WindowAxis): string {
  return begin === end ? String(begin) : `${begin} and ${end}`
}
