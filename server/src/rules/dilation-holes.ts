import { isConvolution } from '../layers/traits'
import { windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { axisNames } from '../model/shape'
import { showCount, showCountOf } from '../model/show'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'
import { schedules } from './read/schedule'
import { type Stack, stacksWithHoles } from './read/stacks'
import { holes, type Taps } from './read/taps'

interface Gridding {
  /** The layer that opened the holes. */
  readonly by: LayerNode
  /** The axis of the map along which positions are left out: `height`, `width`, … */
  readonly axis: string
  /** Its dilation. */
  readonly dilation: number
  /** How many neighbours are read without a hole before that layer. */
  readonly before: number
  /** The dilations of the stacked layers with a kernel above one, first to last. */
  readonly rates: readonly number[]
  /** How many positions lie from the first to the last that an output reads, and how many of them it never reads. */
  readonly extent: number
  readonly unread: number
  readonly stacked: readonly LayerNode[]
}

export const dilationHoles = rule<Gridding>({
  code: 'dilation-holes',
  category: 'Receptive field',
  severity: 'warning',
  title: 'Dilated layers leave holes in what they read',
  explanation: [
    'A dilated kernel reads every d-th value. What stacked layers read follows from the sums of their steps: with the',
    'dilations 2, 2, 2 it is only every second value, in a checked pattern. The values between are never seen, and',
    'neighbouring outputs depend on different values (gridding).',
    '',
    'The rule computes exactly which values are read, over all layers that are stacked on a map, those without dilation',
    'among them: they fill the holes of a dilation before or after them, behind a stride too. Where paths merge, what one',
    'of them reads is read. A single layer is no stack. Branches of different dilations side by side (ASPP, ESPNet) read',
    'few values far away and more near by on purpose: what such a pyramid reads counts as read without holes, whether or',
    'not a pooling of the whole map, or of its parts, is beside them.',
    '',
    'As a rule of thumb, a layer may be dilated by as many positions as the layers before it read in a row: 1, 1, 2,',
    '4, 8, 16 (Yu & Koltun 2016) or 1, 2, 5. Wang et al. ask that, for n layers of kernel k and dilations r, the',
    'largest distance between two values that are read, Mᵢ = max[Mᵢ₊₁ − 2rᵢ, Mᵢ₊₁ − 2(Mᵢ₊₁ − rᵢ), rᵢ] with Mₙ = rₙ,',
    'has M₂ ≤ k, and that the dilations have no common factor.',
  ].join('\n'),
  source:
    'Wang et al. 2018, Understanding Convolution for Semantic Segmentation, §3.2 (hybrid dilated convolution); Yu, Koltun & Funkhouser 2017, Dilated Residual Networks, §4',
  example: file([2, 2, 2]),
  instead: file([1, 2, 3]),
  words: ({ axis, dilation, before, rates, extent, unread }) => ({
    what: `of the ${showCount(extent)} positions of the ${axis} from the first to the last that an output reads, ${unread} are never read: dilations ${rates.join(', ')}`,
    why: `a dilation of ${dilation} leaves holes where only ${showCountOf(before, 'position')} in a row ${before === 1 ? 'is' : 'are'} read before it, and no layer after it fills them`,
    todo: `let dilations grow from 1, each at most as large as what is read in a row before it`,
  }),
  check({ survey }, report) {
    for (const network of survey.networks) {
      if (!isDilated(network)) continue
      for (const stack of stacksWithHoles(network)) {
        const data = gridding(stack)
        if (data) report({ node: data.by, option: 'dilation', data })
      }
    }
  },
  fix: (context, { stacked }) => schedules(context, stacked),
})

function file(dilations: readonly number[]): string {
  const layers = dilations.map((d) => `    -> conv(8, 3, dilation=${d}, padding=${d}) -> relu`)
  return `network N {\n  input image: [3, 64, 64]\n  output y = image\n${layers.join('\n')}\n}\n`
}

function isDilated(network: SurveyedNetwork): boolean {
  return network.having(mayBeDilated).some(dilated)
}

function mayBeDilated(layer: AnyLayer): boolean {
  return layer.options.dilation !== undefined && layer.traits.window === 'slides' && isConvolution(layer)
}

function dilated(node: LayerNode): boolean {
  return windowOptionsOf(node).dilation?.some((dilation) => dilation > 1) ?? false
}

function gridding({ taps, last, opened }: Stack): Gridding | undefined {
  const axis = opened.findIndex((each) => each !== undefined)
  const at = opened[axis]
  const along = taps[axis]
  if (along === undefined || at === undefined) return undefined
  const stacked: LayerNode[] = []
  for (let each = last; each; each = each.before) stacked.unshift(each.node)
  if (stacked.length < 2) return undefined
  const [low] = along[0] as Taps[number]
  const [, high] = along.at(-1) as Taps[number]
  return {
    by: at.by,
    axis: axisNames(taps.length)[axis] as string,
    dilation: at.dilation,
    before: at.before,
    rates: stacked.map((node) => windowOptionsOf(node).dilation?.[axis] ?? 1),
    extent: high - low + 1,
    unread: holes(along).length,
    stacked,
  }
}
