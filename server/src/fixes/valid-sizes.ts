/** Which sizes of an input a network works with: without an error, and without leaving out pixels. */
import type { SyntaxNode } from '../../../grammar/tree'
import { eachChild } from '../../../grammar/walk'
import type { Analysis, Host } from '../check/analysis'
import { runAgain } from '../check/analyze'
import { fraction } from '../model/axis-map'
import type { InputNode, LayerNode, NetworkGraph } from '../model/graph'
import type { Shape } from '../model/shape'
import { rate } from '../model/strip'
import { hasSize, MOST_PERIOD, nearestSizes, probe, type SizeSet, sizesWith } from './size-sets'
import { leftOutIn, type Skeleton, sizeTrials, skeletonOf } from './skeleton'

/** The sizes along one axis, or along several that must change together. */
export interface AxisSizes {
  /** The axes of the shape: 1 is the first behind the channels. */
  readonly axes: readonly number[]
  /** Along the first of the axes. */
  readonly works: SizeSet
  /** Those of the sizes with which no stride leaves out pixels at the border. */
  readonly whole: SizeSet
}

export interface InputSizes {
  readonly input: InputNode
  /** A shape that the network works with: its own. */
  readonly shape: Shape
  readonly axes: readonly AxisSizes[]
  /** The other inputs that must change in the same way. */
  readonly along: readonly InputNode[]
  /** The layers whose weights depend on the size. */
  readonly weights: readonly LayerNode[]
}

/** How many layers may be inferred, and how many evaluated anew. */
export interface SizeBudget {
  readonly inferred: number
  readonly evaluated: number
}

/** What may pass while a hover is waited for. */
export const WHILE_POINTING: SizeBudget = { inferred: 60_000, evaluated: 12_000 }

/** What may pass after a command. */
export const WHEN_ASKED: SizeBudget = { inferred: 1_000_000, evaluated: 150_000 }

/** So many evaluations at the borders of the sets confirm what was worked out. */
const MOST_VERIFIED = 6

const WORKS = 1
const WHOLE = 2

const known = new WeakMap<
  InputNode,
  { readonly budget: SizeBudget; readonly sizes: InputSizes | undefined }
>()

/**
 * The sizes that an input of a sound network may have; undefined where the network has a fault, the input has no
 * spatial axes, or the sizes are not found within the budget.
 */
export function inputSizes(
  analysis: Analysis,
  resolve: Host['resolve'],
  graph: NetworkGraph,
  input: InputNode,
  budget: SizeBudget,
): InputSizes | undefined {
  const kept = known.get(input)
  if (kept !== undefined && (kept.sizes !== undefined || kept.budget.inferred >= budget.inferred)) {
    return kept.sizes
  }
  const found = graph.isSound ? searched({ analysis, resolve, graph, input, budget }) : undefined
  known.set(input, { budget, sizes: found })
  return found
}

interface Search {
  readonly analysis: Analysis
  readonly resolve: Host['resolve']
  readonly graph: NetworkGraph
  readonly input: InputNode
  readonly budget: SizeBudget
}

/** What of {@link WORKS} and, for each axis, {@link WHOLE} is true of a shape. */
type Test = (shape: Shape) => { readonly works: boolean; readonly leftOut: number }

function searched(search: Search): InputSizes | undefined {
  const { graph, input } = search
  if (input.tensor.shape.length < 2) return undefined
  const others = graph.inputs.flatMap(({ node }) =>
    node && node !== input && isAlike(node, input) ? [node] : [],
  )
  const alone = searchedWith(search, [])
  // Two images that are compared, for one, only fit each other while they have one size.
  const isFixed = alone?.axes.every(({ works }) => works.period === 0) ?? false
  return (isFixed && others.length > 0 ? searchedWith(search, others) : undefined) ?? alone
}

function isAlike({ tensor: a }: InputNode, { tensor: b }: InputNode): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, i) => i === 0 || size === b.shape[i])
}

function searchedWith(search: Search, along: readonly InputNode[]): InputSizes | undefined {
  const { graph, input } = search
  const evaluate = evaluation(search, along)
  const skeleton = skeletonOf(graph.layers, true)
  const { inferred, evaluated } = search.budget
  const evaluations = Math.floor(evaluated / (graph.layers.length + 1))
  if (!readsSizes(graph)) {
    const trial = sizeTrials(skeleton, input, ...along)
    const test: Test = (shape) => {
      const { refusal, leftOut } = trial(shape)
      return { works: refusal === undefined, leftOut }
    }
    const axes = axesBy(test, search, skeleton, Math.floor(inferred / (skeleton.steps.length + 1)))
    const verdict = axes && verify(axes, search, evaluate, Math.max(1, Math.min(MOST_VERIFIED, evaluations)))
    if (axes !== undefined && verdict?.isRight) {
      return { input, shape: input.tensor.shape, axes, along, weights: verdict.weights }
    }
  }
  const test: Test = (shape) => {
    const { isSound, layers } = evaluate(shape)
    return {
      works: isSound,
      leftOut: layers.reduce((sides, node) => sides | leftOutIn(node), 0),
    }
  }
  const axes = axesBy(test, search, skeleton, Math.floor(evaluations / (input.tensor.shape.length - 1)))
  if (axes === undefined) return undefined
  const { weights } = verify(axes, search, evaluate, 1)
  return { input, shape: input.tensor.shape, axes, along, weights }
}

/** The network with another shape of the input, by the text. */
function evaluation({ analysis, resolve, graph, input }: Search, along: readonly InputNode[]) {
  return (shape: Shape): NetworkGraph => {
    const inputs: Record<string, string> = {}
    // Inputs of which another size is tried already keep it.
    for (const { node } of graph.inputs)
      if (node?.declared) inputs[node.name.name] = node.tensor.shape.join('x')
    for (const { name, tensor } of [input, ...along]) {
      inputs[name.name] = [tensor.shape[0], ...shape.slice(1)].join('x')
    }
    return runAgain(analysis, resolve, graph.declaration, inputs)
  }
}

/** The sizes along each axis, or those of all axes together where they depend on each other. */
function axesBy(test: Test, { input }: Search, skeleton: Skeleton, most: number) {
  const { shape } = input.tensor
  const all = shape.map((_, axis) => axis).slice(1)
  const alone: AxisSizes[] = []
  for (const axis of all) {
    const before = alone.find(({ axes: [other = 0] }) => shape[other] === shape[axis])
    const found =
      (before && sizesLike(test, shape, before, axis)) ??
      sizesAlong(test, shape, [axis], stridesAlong(skeleton, axis), most)
    if (found !== undefined) alone.push(found)
  }
  if (alone.length < all.length) return undefined
  if (all.length === 1) return alone
  const isFixed = alone.every(({ works }) => works.period === 0)
  if (!isFixed && isSeparable(test, shape, alone)) return alone
  const stride = all.reduce((sum, axis) => leastCommonMultiple(sum, stridesAlong(skeleton, axis)), 1)
  const together = sizesAlong(test, shape, all, stride, most)
  const isRicher = together !== undefined && (!isFixed || together.works.period > 0)
  return isRicher ? [together] : isFixed ? alone : undefined
}

/** What is tried along an axis that is probably like another: a run of sizes from the present one on. */
const ALIKE = 64

/** The sizes along an axis, where they are those of another one: most networks treat height and width alike. */
function sizesLike(test: Test, shape: Shape, other: AxisSizes, axis: number): AxisSizes | undefined {
  const { works, whole } = other
  const from = shape[axis] as number
  const ends = [works.least, whole.least, ...works.smaller].flatMap((size) => [size - 1, size, size + 1])
  const tried = [...Array.from({ length: ALIKE }, (_, more) => from + more), ...ends]
  const isAlike = tried.every((size) => {
    // Smaller sizes may not have been tried along the other axis.
    if (size < 1 || (works.isOpen && size < works.least)) return true
    const found = test(shape.map((one, i) => (i === axis ? size : one)))
    const isWhole = found.works && (found.leftOut & (1 << (axis - 1))) === 0
    return found.works === hasSize(works, size) && isWhole === hasSize(whole, size)
  })
  return isAlike ? { ...other, axes: [axis] } : undefined
}

/** The sizes along axes that all change by the same amount. */
function sizesAlong(
  test: Test,
  shape: Shape,
  axes: readonly number[],
  stride: number,
  most: number,
): AxisSizes | undefined {
  const [first] = axes as [number]
  const size = shape[first] as number
  const sides = axes.reduce((bits, axis) => bits | (1 << (axis - 1)), 0)
  const probes = probe(
    (tried) => {
      const other = shape.map((one, axis) => (axes.includes(axis) ? one + tried - size : one))
      if (other.some((one) => one < 1)) return 0
      const { works, leftOut } = test(other)
      return works ? WORKS | ((leftOut & sides) === 0 ? WHOLE : 0) : 0
    },
    size,
    stride,
    most,
  )
  return probes && { axes, works: sizesWith(probes, WORKS), whole: sizesWith(probes, WHOLE) }
}

/** Whether sizes that work along the axes one by one work together. */
function isSeparable(test: Test, shape: Shape, alone: readonly AxisSizes[]): boolean {
  const chosen = alone.map(({ works, axes }) => {
    const size = shape[axes[0] as number] as number
    const [least = works.least] = works.smaller
    return [...new Set([least, ...nearestSizes(works, size)])]
  })
  const count = Math.max(...chosen.map(({ length }) => length))
  // Each with its counterpart, and with the next one along the other axes.
  return Array.from({ length: 2 * count }, (_, i) =>
    shape.map((size, axis) => {
      const sizes = chosen[axis - 1] ?? [size]
      return sizes[(i + (i >= count ? axis : 0)) % sizes.length] as number
    }),
  ).every((tried) => test(tried).works)
}

/** Fractions with larger denominators come from maps that were resized: no size is rounded to them. */
const MOST_PARTS = 16

/** A number of pixels with which the rounding of all strides comes back. */
function stridesAlong({ steps }: Skeleton, axis: number): number {
  const strides = new Set<number>()
  for (const { layer, outputs } of steps) {
    if (layer.options.stride === undefined && layer.options.factor === undefined) continue
    for (const { fields } of outputs) {
      for (const field of fields) {
        for (const strip of field?.axes[axis - 1]?.strips ?? []) strides.add(rate(strip))
      }
    }
  }
  const whole = [...strides].flatMap((stride) => {
    const { numerator, denominator } = fraction(stride)
    return denominator > MOST_PARTS || numerator > MOST_PERIOD ? [] : [numerator]
  })
  const common = whole.reduce(leastCommonMultiple, 1)
  return common > MOST_PERIOD ? Math.max(...whole) : common
}

function leastCommonMultiple(a: number, b: number): number {
  let [large, small] = [a, b]
  while (small > 0) [large, small] = [small, large % small]
  return (a / large) * b
}

/** Attributes of tensors that do not depend on the sizes of maps. */
const SIZELESS: readonly string[] = ['channels', 'rank', 'items']

/** Whether what the network's bodies do may depend on sizes: expectations do nothing. */
function readsSizes({ runs }: NetworkGraph): boolean {
  let found = false
  const visit = (node: SyntaxNode): void => {
    if (node.kind === 'expect' || found) return
    if (node.kind === 'attribute' && !SIZELESS.includes(node.name.name)) found = true
    eachChild(node, visit)
  }
  for (const declaration of new Set(runs.map(({ frame }) => frame.declaration))) visit(declaration)
  return found
}

/** Whether evaluations at the borders of the sets agree, and the layers whose weights are others there. */
function verify(
  axes: readonly AxisSizes[],
  { graph, input }: Search,
  evaluate: (shape: Shape) => NetworkGraph,
  most: number,
): { readonly isRight: boolean; readonly weights: readonly LayerNode[] } {
  const { shape } = input.tensor
  const tried = axes.flatMap(({ axes: [axis = 1], axes: all, works }) => {
    const size = shape[axis] as number
    const beside = [size + 1, size - 1, works.isOpen ? size : works.least - 1]
    // Twice the size shows which weights depend on it.
    return [...nearestSizes(works, 2 * size), ...nearestSizes(works, size), works.least, ...beside].map(
      (other) => ({
        isIn: hasSize(works, other),
        other: shape.map((one, i) => (all.includes(i) ? one + other - size : one)),
      }),
    )
  })
  const sizes = tried.filter(({ other }) => other.every((size) => size > 0))
  const [first, ...others] = sizes.filter(({ isIn }) => isIn)
  const ordered = [...(first ? [first] : []), ...sizes.filter(({ isIn }) => !isIn), ...others]
  let weights: readonly LayerNode[] = []
  for (const { isIn, other } of ordered.slice(0, most)) {
    const made = evaluate(other)
    if (made.isSound !== isIn) return { isRight: false, weights }
    if (isIn && weights.length === 0) weights = differentWeights(graph, made)
  }
  return { isRight: true, weights }
}

function differentWeights({ layers }: NetworkGraph, other: NetworkGraph): readonly LayerNode[] {
  if (layers.length !== other.layers.length) return []
  return layers.filter((node, i) => {
    const now = other.layers[i]?.weights ?? []
    return node.weights.some(({ shape }, w) => shape.join() !== now[w]?.shape.join())
  })
}
