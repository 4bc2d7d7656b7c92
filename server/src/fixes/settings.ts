/** Searches among the layers that lead to a fault for options with which it would not occur. */
import { span } from '../layers/padding'
import type { LayerNode } from '../model/graph'
import type { Padding } from '../model/layer'
import type { Candidate, FixContext } from './fix'
import { setOptionsOf } from './set-option'
import { type Simulation, simulate } from './simulate'
import { optionTargets } from './targets'
import { hasPadding, isPooling, isTransposed, paddingAmounts, windowsOf } from './window-options'

export interface SettingSearch {
  /** All layers that the fault depends on, in the order of application. */
  readonly layers: readonly LayerNode[]
  /** Whether the fault is gone. */
  readonly accept: (simulation: Simulation) => boolean
}

/** Options with other values: what a layer infers from, and how that is written. */
type Setting = Readonly<Record<string, { readonly value: unknown; readonly text: string }>>

/** The settings of a layer that are worth a trial; none for one that has no such option. */
type Settings = (node: LayerNode) => readonly Setting[]

/** How many layers a search may infer again. */
const BUDGET = 8_000

/** Rounding down where it is written that a pooling rounds up: the mark of a network that was brought over from Caffe. */
export function roundedDown(context: FixContext, search: SettingSearch): Generator<Candidate> {
  return settings(context, search, ({ options }) =>
    options.ceil === true ? [{ ceil: { value: false, text: 'false' } }] : [],
  )
}

/** Rounding up, where other poolings are rounded up, or where all that overlap are: as Caffe does it. */
export function* roundedUpLikeOthers(context: FixContext, search: SettingSearch): Generator<Candidate> {
  const poolings = search.layers.filter(({ options }) => typeof options.ceil === 'boolean')
  const overlapping = poolings.filter((node) =>
    windowsOf(node).every(({ kernel, stride }) => kernel > stride),
  )
  const isUsual = poolings.some(({ options }) => options.ceil === true)
  const alike = isUsual ? poolings : overlapping
  if (!isUsual && new Set(alike.map(({ site }) => site)).size < 2) return
  yield* settings(
    context,
    search,
    (node) => (alike.includes(node) && node.options.ceil === false ? [UP] : []),
    isUsual ? 'last' : 'first',
  )
}

/** Rounding up. */
export function roundedUp(context: FixContext, search: SettingSearch): Generator<Candidate> {
  return settings(context, search, ({ options }) => (options.ceil === false ? [UP] : []))
}

const UP: Setting = { ceil: { value: true, text: 'true' } }

/** Half of the window as padding, of all convolutions that have none. */
export function* halfPaddedTogether(context: FixContext, search: SettingSearch): Generator<Candidate> {
  const isLossy = (node: LayerNode) => {
    const axes = windowsOf(node)
    return losesBorder(node) && axes.every(({ begin, end }) => begin + end === 0)
  }
  const lossy = search.layers.filter(isLossy)
  if (new Set(lossy.map(({ site }) => site)).size < 2) return
  const all = settings(
    context,
    search,
    (node) => (lossy.includes(node) ? [{ padding: sides(halves(node)) }] : []),
    'first',
  )
  const [first] = all
  if (first) yield first
}

function halves(node: LayerNode): readonly number[] {
  return windowsOf(node).map((axis) => Math.floor((span(axis) - 1) / 2))
}

/** Whether a convolution makes the border of its map smaller. */
export function losesBorder(node: LayerNode): boolean {
  if (!hasPadding(node.layer) || isPooling(node.layer) || isTransposed(node.layer)) return false
  return windowsOf(node).some((axis) => axis.begin + axis.end < span(axis) - axis.stride)
}

/** `output_padding`, by which a transposed convolution chooses among the sizes that its stride leaves open. */
export function outputPadded(context: FixContext, search: SettingSearch): Generator<Candidate> {
  return settings(context, search, (node) => {
    if (!isTransposed(node.layer)) return []
    const axes = windowsOf(node)
    const most = Math.max(...axes.map(({ stride, dilation }) => Math.max(stride, dilation))) - 1
    return Array.from({ length: most }, (_, i) => ({
      output_padding: amounts(axes.map(() => i + 1)),
    }))
  })
}

/** The padding, and the `output_padding`, with which a transposed convolution makes s times the size. */
export function enlargedByStride(context: FixContext, search: SettingSearch): Generator<Candidate> {
  return settings(
    context,
    search,
    (node) => {
      const axes = isTransposed(node.layer) ? windowsOf(node) : []
      const surplus = axes.map(({ kernel, dilation, stride }) => dilation * (kernel - 1) + 1 - stride)
      const padding = surplus.map((size) => Math.ceil(size / 2))
      const odd = surplus.map((size) => size % 2)
      if (axes.length === 0 || surplus.some((size, i) => size < 0 || (odd[i] ?? 0) >= (axes[i]?.stride ?? 1)))
        return []
      const setting = { padding: sides(padding) }
      return [odd.every((amount) => amount === 0) ? setting : { ...setting, output_padding: amounts(odd) }]
    },
    'first',
  )
}

/** How large a kernel of a transposed convolution is tried. */
const MOST_KERNEL = 16

/** Another kernel of a transposed convolution: without padding, which takes away and adds nothing, before with it. */
export function otherKernels(context: FixContext, search: SettingSearch): Generator<Candidate> {
  return settings(context, search, (node) => {
    if (!isTransposed(node.layer)) return []
    const axes = windowsOf(node)
    const isPadded = axes.some(({ begin, end }) => begin + end > 0)
    const kernels = Array.from({ length: MOST_KERNEL }, (_, i) => ({
      kernel: amounts(axes.map(() => i + 1)),
    }))
    const bare = { padding: sides(axes.map(() => 0)) }
    return [...(isPadded ? kernels.map((kernel) => ({ ...kernel, ...bare })) : []), ...kernels]
  })
}

/** Another stride. */
export function otherStrides(context: FixContext, search: SettingSearch): Generator<Candidate> {
  return settings(
    context,
    search,
    (node) => {
      if (node.layer.options.stride?.type.kind !== 'size') return []
      const axes = windowsOf(node)
      return [1, 2, 3, 4].map((stride) => ({ stride: amounts(axes.map(() => stride)) }))
    },
    'never',
  )
}

/** Another number of channels or features. */
export function otherWidths(
  context: FixContext,
  search: SettingSearch,
  widths: readonly number[],
): Generator<Candidate> {
  return settings(
    context,
    search,
    ({ layer: { traits }, options }) => {
      const option = traits.width
      if (option === undefined || typeof options[option] !== 'number') return []
      return widths.map((width) => ({ [option]: { value: width, text: String(width) } }))
    },
    'never',
  )
}

function amounts(value: readonly number[]) {
  return { value, text: paddingAmounts(value, value).text }
}

function sides(all: readonly number[]): { readonly value: Padding; readonly text: string } {
  return { value: { begin: all, end: all }, text: paddingAmounts(all, all).text }
}

/** The applications whose options one text gives. */
type Group = readonly [LayerNode, ...LayerNode[]]

/** Whether all texts that may be at fault are changed together: before each of them alone, behind that, or never. */
type Together = 'first' | 'last' | 'never'

/** Each text alone, the last first, and all of them together. */
function* settings(
  context: FixContext,
  { layers, accept }: SettingSearch,
  settingsOf: Settings,
  together: Together = 'last',
): Generator<Candidate> {
  let budget = BUDGET
  const passes = (chosen: ReadonlyMap<LayerNode, Setting>) => {
    if (budget < 0) return false
    const options = new Map(
      [...chosen].map(([node, setting]) => {
        const values = Object.entries(setting).map(([option, { value }]) => [option, value])
        return [node, { ...node.options, ...Object.fromEntries(values) }] as const
      }),
    )
    const tried = simulate(layers, { options: (node) => options.get(node) })
    budget -= 1 + layers.length / 50 + (tried?.changed.size ?? 0)
    return tried !== undefined && accept(tried)
  }
  const groups = groupsOf(context, layers, settingsOf)
  function* joint() {
    const changes = groups.map(({ nodes, choices }) => ({ nodes, setting: choices[0] as Setting }))
    const all = changes.flatMap(({ nodes, setting }) => nodes.map((node) => [node, setting] as const))
    if (groups.length > 1 && passes(new Map(all))) yield* candidatesOf(context, changes)
  }
  if (together === 'first') yield* joint()
  for (const { nodes, choices } of groups) {
    for (const setting of choices) {
      if (!passes(new Map(nodes.map((node) => [node, setting])))) continue
      yield* candidatesOf(context, [{ nodes, setting }])
    }
  }
  if (together === 'last') yield* joint()
}

interface Choices {
  readonly nodes: Group
  readonly choices: readonly Setting[]
}

function groupsOf(
  { analysis }: FixContext,
  layers: readonly LayerNode[],
  settingsOf: Settings,
): readonly Choices[] {
  const groups = new Map<string, { nodes: [LayerNode, ...LayerNode[]]; choices: readonly Setting[] }>()
  for (const node of layers) {
    const choices = settingsOf(node).filter((setting) => isOther(node, setting))
    const [option] = Object.keys(choices[0] ?? {})
    const [target] = option === undefined ? [] : optionTargets(analysis, node, option)
    if (target === undefined) continue
    const group = groups.get(target.key)
    if (group) group.nodes.push(node)
    else groups.set(target.key, { nodes: [node], choices })
  }
  return [...groups.values()].reverse()
}

/** Whether a setting changes anything. */
function isOther(node: LayerNode, setting: Setting): boolean {
  const padding = (option: string) => {
    const axes = windowsOf(node)
    return option === 'padding'
      ? { begin: axes.map(({ begin }) => begin), end: axes.map(({ end }) => end) }
      : undefined
  }
  return Object.entries(setting).some(
    ([option, { value }]) =>
      JSON.stringify(padding(option) ?? node.options[option]) !== JSON.stringify(value),
  )
}

interface Change {
  readonly nodes: Group
  readonly setting: Setting
}

function candidatesOf(context: FixContext, changes: readonly Change[]): readonly Candidate[] {
  const made = changes.flatMap(({ nodes: [node], setting }) => {
    const values = new Map(Object.entries(setting).map(([option, { text }]) => [option, text]))
    const shows = { file: node.file, range: node.site }
    return setOptionsOf(context, node, values, context.problem.stage === undefined ? { shows } : {})
  })
  const [first] = made
  if (first === undefined || made.length < changes.length) return []
  if (made.length === 1) return [first]
  if (made.some(({ file }) => file !== first.file)) return []
  const texts = changes.map(({ setting }) =>
    Object.entries(setting)
      .map(([option, { text }]) => `${option}=${text}`)
      .join(', '),
  )
  const action = `Set ${[...new Set(texts)].join(' or ')} on ${made.length} layers`
  return [{ ...first, action, edits: made.flatMap(({ edits }) => edits) }]
}
