import { setOptionOf } from '../fixes/set-option'
import { paddingAmounts, windowsOf } from '../fixes/window-options'
import { span } from '../layers/padding'
import { type WindowAxis, windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import { isPadded } from './read/windows'

interface Grown {
  readonly node: LayerNode
  readonly axis: WindowAxis
  readonly output: number
}

export const evenKernelHalfGrows = rule<Grown>({
  code: 'even-kernel-half-grows',
  category: 'Padding and sampling',
  severity: 'info',
  title: 'Half padding of an even kernel makes the map grow by one',
  explanation: [
    '`padding=half` puts ⌊k/2⌋ positions on both sides. That keeps the size when the kernel is odd; an even one has',
    'no middle, and the map grows by one row and column. Maps that should meet later then differ in size, and the',
    'output is shifted by half a pixel against the input.',
  ].join('\n'),
  source: 'Dumoulin & Visin 2016, §2.3: half padding is defined for odd kernels',
  example: 'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 4, padding=half)\n}\n',
  instead: 'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(8, 4, padding=same)\n}\n',
  words: ({ axis, output }) => ({
    what: `with \`half\` the ${axis.name} grows from ${axis.input} to ${output}`,
    why: `a window of ${span(axis)} is even: ${span(axis) / 2} positions on both sides are one more than keep the size`,
    todo: 'use `same`, an odd kernel, or different amounts before and after',
  }),
  check({ survey }, report) {
    for (const node of layersHaving(survey, isPadded)) {
      const data = grown(node)
      if (data) report({ node, option: 'padding', data })
    }
  },
  fix: function* (context, { node }) {
    const axes = windowsOf(node)
    const before = axes.map((axis) => Math.floor((span(axis) - 1) / 2))
    const after = axes.map((axis) => Math.ceil((span(axis) - 1) / 2))
    for (const text of ['same', paddingAmounts(before, after).text]) {
      const shows = { file: node.file, range: node.site }
      yield* setOptionOf(context, node, 'padding', text, { own: node.site, shows })
    }
  },
})

function grown(node: LayerNode): Grown | undefined {
  const { padding } = windowOptionsOf(node)
  if (padding === undefined || !('name' in padding) || padding.name !== 'half') return undefined
  for (const [i, axis] of windowsOf(node).entries()) {
    const output = node.outputs[0]?.shape[i + 1] as number
    if (span(axis) % 2 === 0 && axis.stride === 1 && output > axis.input) return { node, axis, output }
  }
  return undefined
}
