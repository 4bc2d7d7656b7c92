/** Which sizes the inputs of networks may have, in words, and sizes to try. */
import type { Identifier } from '../../../../grammar/tree'
import { nearestSound } from '../../fixes/input-sizes'
import { hasSize, isEverySize, nearestSizes, sameSizes, showSizes } from '../../fixes/size-sets'
import { type AxisSizes, type InputSizes, inputSizes, type SizeBudget } from '../../fixes/valid-sizes'
import type { InputNode, NetworkGraph } from '../../model/graph'
import { axisNames, type Shape } from '../../model/shape'
import type { Fact } from '../support/describe'
import { code } from '../support/markdown'
import type { View } from '../support/view'

/** The input of a network that runs by itself, by its name in the text. */
export function inputAt({ analysis }: View, name: Identifier): GraphInput | undefined {
  for (const graph of analysis.networks) {
    const node = graph.inputs.find((each) => each.name === name)?.node
    if (node !== undefined) return { graph, node }
  }
  return undefined
}

export interface GraphInput {
  readonly graph: NetworkGraph
  readonly node: InputNode
}

/** The sizes that an input may have; of a network with a fault, those that would fix it. */
export function sizesOf(
  { analysis, resolve }: View,
  { graph, node }: GraphInput,
  budget: SizeBudget,
): InputSizes | undefined {
  const sound = nearestSound(analysis, resolve, graph)
  const input = sound?.inputs.find(({ name }) => name === node.name)?.node
  return sound && input && inputSizes(analysis, resolve, sound, input, budget)
}

/** What is said about the sizes, one line for each group of axes. */
export function sizeFacts(view: View, input: GraphInput, budget: SizeBudget): readonly Fact[] {
  const sizes = sizesOf(view, input, budget)
  if (sizes === undefined) return []
  const works = clauses(sizes, ({ works }) => works)
  const whole = clauses(sizes, ({ whole }) => whole)
  const isWhole = sizes.axes.some((axis) => !sameSizes(axis.works, axis.whole) && axis.whole.period > 0)
  return [
    ...(isWhole ? [{ label: 'Sizes at which no stride leaves out pixels', text: whole }] : []),
    { label: 'Sizes that work', text: works + alongText(sizes) },
    ...weightFacts(view, sizes),
  ]
}

/** `H ≡ 12 (mod 16), H ≥ 188`, the same for W; of sets without a bound, that every size is in them. */
function clauses({ axes, shape }: InputSizes, of: (axis: AxisSizes) => AxisSizes['works']): string {
  if (axes.every((axis) => axis.axes.length === 1 && isEverySize(of(axis)))) return 'every size'
  const groups: { readonly axis: AxisSizes; readonly alike: string[] }[] = []
  for (const axis of axes) {
    const same = groups.find((each) => sameSizes(of(each.axis), of(axis)))
    const name = letter(shape, axis.axes[0] as number)
    if (same === undefined) groups.push({ axis, alike: [] })
    else same.alike.push(name)
  }
  return groups
    .map(({ axis, alike }) => {
      const [first = 1, ...others] = axis.axes
      const name = letter(shape, first)
      const bound = others.map(
        (other) => `, ${code(`${letter(shape, other)} = ${name}${offset(shape, first, other)}`)}`,
      )
      const same = alike.length === 0 ? '' : `, the same for ${alike.join(' and ')}`
      return code(showSizes(of(axis), name)) + bound.join('') + same
    })
    .join('; ')
}

/** ` + 12`: by how much an axis is longer than another that it changes with. */
function offset(shape: Shape, from: number, to: number): string {
  const more = (shape[to] as number) - (shape[from] as number)
  return more === 0 ? '' : more > 0 ? ` + ${more}` : ` − ${-more}`
}

/** `H` for the height. */
function letter(shape: Shape, axis: number): string {
  return (axisNames(shape.length - 1)[axis - 1] ?? '').charAt(0).toUpperCase()
}

function alongText({ along }: InputSizes): string {
  return along.length === 0 ? '' : `, together with ${along.map(({ name }) => code(name.name)).join(', ')}`
}

/** More layers are counted, not named. */
const MOST_NAMED = 3

function weightFacts({ lines }: View, { weights }: InputSizes): readonly Fact[] {
  if (weights.length === 0) return []
  const places = weights.slice(0, MOST_NAMED).map(({ layer, file, site }) => {
    return `${code(layer.name)} (line ${lines(file).position(site.start).line + 1})`
  })
  const rest = weights.length - places.length
  const more = rest === 0 ? '' : ` and of ${rest} more`
  return [{ label: 'Their weights depend on the size', text: places.join(', ') + more }]
}

/** Whether an input has a size with which the network works, and one at which no stride leaves out pixels. */
export function standing(
  sizes: InputSizes,
  shape: Shape,
): { readonly works: boolean; readonly whole: boolean } {
  const all = (of: (axis: AxisSizes) => AxisSizes['works']) =>
    sizes.axes.every((axis) => axis.axes.every((one, i) => i > 0 || hasSize(of(axis), shape[one] as number)))
  return { works: all(({ works }) => works), whole: all(({ whole }) => whole) }
}

/**
 * The nearest shapes below and above one, the sizes along all axes moved the same way: those at which no stride
 * leaves out pixels, where there are any.
 */
export function nearestOf({ axes }: InputSizes, shape: Shape): readonly Shape[] {
  const isWhole = axes.every(({ whole }) => whole.period > 0)
  const moved = [0, 1].map((side) => {
    const other = [...shape]
    for (const { axes: all, works, whole } of axes) {
      const [first] = all as [number]
      const set = isWhole ? whole : works
      const size = shape[first] as number
      const near = nearestSizes(set, size).filter((one) => (side === 0 ? one < size : one > size))
      const to = hasSize(set, size) ? size : near[0]
      if (to === undefined) return undefined
      for (const axis of all) other[axis] = (shape[axis] as number) + to - size
    }
    return other.every((size) => size > 0) ? other : undefined
  })
  return moved.filter((other) => other !== undefined && other.join() !== shape.join()) as Shape[]
}

/** Sizes to try: around the half, three halves and the double of the present one, as the language writes them. */
export function suggestions(sizes: InputSizes | undefined, shape: Shape): readonly string[] {
  if (shape.length < 2) return []
  const scaled = [0.5, 1.5, 2].map((factor) =>
    shape.map((size, axis) => (axis === 0 ? size : Math.max(1, Math.round(size * factor)))),
  )
  const near = scaled.flatMap((other) => {
    if (sizes === undefined) return [other]
    const { works, whole } = standing(sizes, other)
    const isWhole = whole || sizes.axes.some((axis) => axis.whole.period === 0)
    return works && isWhole ? [other] : nearestOf(sizes, other).slice(0, 1)
  })
  return [...new Set(near.map((other) => other.join('x')))].filter((text) => text !== shape.join('x'))
}
