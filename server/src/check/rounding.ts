/**
 * Why two maps that meet differ in size: a stage on the way down had rounded what its stride did not divide, and what
 * enlarges by a factor cannot know that. Sizes are followed as fractions beside the real ones: where the fractions
 * agree and the sizes do not, rounding is the cause, and no border that was lost.
 */
import { isEnlarging, isSized } from '../layers/traits'
import { type AxisMap, fraction, greatestCommonDivisor } from '../model/axis-map'
import type { InputNode, LayerNode, Tensor } from '../model/graph'
import { isViolation } from '../model/layer'
import { transformOf } from '../model/seen'
import { rate } from '../model/strip'

/** One stage on the way to a map, along one axis. */
export interface SizeStep {
  readonly node: LayerNode
  /** Which tensor of the stage gives the size. */
  readonly from: Tensor
  readonly to: Tensor
  readonly input: number
  readonly output: number
  /** Input positions for each position of the output: 2 for a stride of 2, ½ for doubling. */
  readonly rate: number
}

/** The stages that made the size of a map along an axis, the last first, and where they begin. */
interface SizePath {
  readonly steps: readonly SizeStep[]
  /** What the size is not followed behind: mostly an input of the network. */
  readonly root: Tensor
}

/** Follows the size of a tensor back along spatial axis `axis` of its shape. */
export function sizePath(tensor: Tensor, axis: number): SizePath {
  const steps: SizeStep[] = []
  let root = tensor
  for (let step = stepTo(root, axis); step !== undefined; step = stepTo(root, axis)) {
    steps.push(step)
    root = step.from
  }
  return { steps, root }
}

/** Of several maps that met here the one that was made first: it is the shortest way back. */
function stepTo(to: Tensor, axis: number): SizeStep | undefined {
  const node = to.source
  if (node.kind === 'input') return undefined
  const output = to.shape[axis] as number
  let found: SizeStep | undefined
  for (const [i, from] of node.inputs.entries()) {
    const input = from.shape[axis]
    const rate = input === undefined ? undefined : rateOf(node, i, to, axis)
    if (input === undefined || rate === undefined) continue
    // A map of one position stretches.
    if (node.inputs.length > 1 && rate === 1 && input !== output) continue
    if (found === undefined || from.source.id < found.from.source.id) {
      found = { node, from, to, input, output, rate }
    }
  }
  return found
}

/** Undefined where the size does not come from this tensor, or not by a factor and a border. */
function rateOf(node: LayerNode, index: number, to: Tensor, axis: number): number | undefined {
  const from = node.inputs[index] as Tensor
  if (from.shape.length !== to.shape.length) return undefined
  const transform = transformOf(node, index, to.index)
  const isAdjusted = isSized(node)
  // What is read for its size alone gives it.
  if (transform.kind === 'none') return isAdjusted && from.shape[axis] === to.shape[axis] ? 1 : undefined
  if (isAdjusted) return undefined
  if (transform.kind === 'pointwise') return 1
  if (transform.kind !== 'maps' || transform.to !== undefined) return undefined
  const map = transform.maps[axis]
  return map && rateOfMap(map)
}

function rateOfMap(map: AxisMap): number | undefined {
  switch (map.kind) {
    case 'window':
      return map.stride
    case 'periodic':
      return map.advance > 0 ? map.advance / map.taps.length : undefined
    case 'affine':
      return map.rate > 0 ? map.rate : undefined
    default:
      return undefined
  }
}

/** Whether a stage gives the whole part of what its stride, or its factor, makes of a size. */
function isQuotient({ input, output, rate }: SizeStep): boolean {
  const exact = input / rate
  return output === Math.floor(exact) || output === Math.ceil(exact)
}

/** Whether a stage rounded. */
function rounds(step: SizeStep): boolean {
  return step.rate !== 1 && isQuotient(step) && step.output * step.rate !== step.input
}

/** The size behind a stage as it would be without rounding, from the one before it. */
function exactBehind(step: SizeStep, before: number): number {
  const { input, output, rate } = step
  return rate !== 1 && isQuotient(step) ? before / rate : output + (before - input) / rate
}

/** The cause of a difference along one axis. */
export interface RoundedAxis {
  /** The axis of the shapes: 1 is the first behind the channels. */
  readonly axis: number
  /** In the order of application. */
  readonly stages: readonly [SizeStep, ...SizeStep[]]
  /** Whether something on the way back enlarges by a factor. */
  readonly enlarges: boolean
  /** The sizes of the input that no stage on the way rounds, where that is certain. */
  readonly whole?: { readonly input: InputNode; readonly multiple: number }
}

/** The rounding by which two tensors differ along an axis; undefined where another cause makes them differ. */
function roundedAxis([a, b]: readonly [Tensor, Tensor], axis: number): RoundedAxis | undefined {
  const paths = [sizePath(a, axis), sizePath(b, axis)] as const
  const parted = partedSteps(paths)
  const [exactA, exactB] = parted.map(({ steps, start }) =>
    steps.reduceRight((size, step) => exactBehind(step, size), start.shape[axis] as number),
  ) as [number, number]
  if (Math.abs(exactA - exactB) > TOLERANCE) return undefined
  const steps = parted.flatMap((each) => each.steps).sort((s, t) => s.node.id - t.node.id)
  const [first, ...others] = steps.filter(rounds)
  if (first === undefined) return undefined
  const whole = wholeMultiples(a, b, axis)
  return {
    axis,
    stages: [first, ...others],
    enlarges: steps.some(({ rate }) => rate < 1),
    ...(whole ? { whole } : {}),
  }
}

/** Sizes are compared as floating-point numbers; those that differ do so by the reciprocal of a stride at least. */
const TOLERANCE = 1e-6

/** The steps of two paths behind the last tensor that both come from, and where each begins. */
export function partedSteps(paths: readonly [SizePath, SizePath]) {
  const [a, b] = paths.map(({ steps, root }) => [...steps.map(({ to }) => to), root]) as [Tensor[], Tensor[]]
  const inB = new Map(b.map((tensor, i) => [tensor, i]))
  const common = a.findIndex((tensor) => inB.has(tensor))
  const ends = common < 0 ? [a.length - 1, b.length - 1] : [common, inB.get(a[common] as Tensor) as number]
  return paths.map(({ steps, root }, i) => {
    const end = ends[i] as number
    return { steps: steps.slice(0, end), start: steps[end]?.to ?? root }
  })
}

/**
 * The number whose multiples no stage that leads to two tensors rounds: what the strides come to together. Undefined
 * where they come from several inputs, or a border is lost on the way.
 */
function wholeMultiples(a: Tensor, b: Tensor, axis: number): RoundedAxis['whole'] {
  const roots = [a, b].map((tensor) => sizePath(tensor, axis).root)
  const [root] = roots
  if (root?.source.kind !== 'input' || roots.some(({ source }) => source !== root.source)) return undefined
  const index = root.fields.findIndex((field) => field !== null)
  let multiple = 1
  for (const tensor of tensorsBefore([a, b])) {
    const step = stepTo(tensor, axis)
    if (step === undefined) continue
    if (step.rate === 1 ? step.input !== step.output : !dividesMultiples(step, axis)) return undefined
    for (const strip of tensor.fields[index]?.axes[axis - 1]?.strips ?? []) {
      const { numerator, denominator } = fraction(rate(strip))
      // Of maps that were resized: no size is rounded to these.
      if (denominator > MOST_PARTS) continue
      multiple *= numerator / greatestCommonDivisor(multiple, numerator)
    }
  }
  return multiple > 1 && multiple <= MOST_MULTIPLE ? { input: root.source, multiple } : undefined
}

/** Fractions with larger denominators are no strides. */
const MOST_PARTS = 16

/** Of larger numbers no multiple is near. */
const MOST_MULTIPLE = 1024

function tensorsBefore(tensors: readonly Tensor[]): ReadonlySet<Tensor> {
  const found = new Set<Tensor>()
  const open = [...tensors]
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    if (found.has(tensor)) continue
    found.add(tensor)
    if (tensor.source.kind === 'layer') open.push(...tensor.source.inputs)
  }
  return found
}

/** Whether a stage makes i/s of every i that its stride divides, as it does of one of them. */
function dividesMultiples({ node, from, to, input, rate }: SizeStep, axis: number): boolean {
  if (isEnlarging(node.layer)) return to.shape[axis] === input / rate
  const next = Math.ceil(input / rate) * rate
  const shapes = node.inputs.map(({ shape }, i) =>
    node.inputs[i] === from ? shape.map((size, at) => (at === axis ? next : size)) : shape,
  )
  const items = node.inputs.map((tensor) => tensor.items)
  const result = node.layer.infer({ shapes, items, options: node.options, origin: () => undefined })
  return !isViolation(result) && result.shapes[to.index]?.[axis] === next / rate
}

/**
 * The rounding by which two tensors of a stage differ, one entry for each axis; undefined where they differ in
 * channels or in rank, or along some axis for another cause.
 */
export function roundedAxes(a: Tensor, b: Tensor, along?: number): readonly RoundedAxis[] | undefined {
  if (a.shape.length !== b.shape.length) return undefined
  const found: RoundedAxis[] = []
  for (const [axis, size] of a.shape.entries()) {
    if (axis === along || size === b.shape[axis]) continue
    const rounded = axis === 0 ? undefined : roundedAxis([a, b], axis)
    if (rounded === undefined) return undefined
    found.push(rounded)
  }
  return found.length === 0 ? undefined : found
}
