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
function sizePath(tensor: Tensor, axis: number): SizePath {
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
  const whole = wholeMultiples(paths, axis)
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
function partedSteps(paths: readonly [SizePath, SizePath]) {
  const [a, b] = paths.map(({ steps, root }) => [...steps.map(({ to }) => to), root]) as [Tensor[], Tensor[]]
  const inB = new Map(b.map((tensor, i) => [tensor, i]))
  const common = a.findIndex((tensor) => inB.has(tensor))
  const ends = common < 0 ? [a.length - 1, b.length - 1] : [common, inB.get(a[common] as Tensor) as number]
  return paths.map(({ steps, root }, i) => {
    const end = ends[i] as number
    return { steps: steps.slice(0, end), start: steps[end]?.to ?? root }
  })
}

/** The number that divides an input's size where no stage of the paths, which begin there, rounds. */
function wholeMultiples(paths: readonly SizePath[], axis: number): RoundedAxis['whole'] {
  let multiple = 1
  const input = paths[0]?.root.source
  if (input?.kind !== 'input') return undefined
  for (const { steps, root } of paths) {
    if (root.source !== input) return undefined
    let stride = 1
    for (const step of steps.toReversed()) {
      if (step.rate !== 1 ? !dividesMultiples(step, axis) : step.input !== step.output) return undefined
      stride *= step.rate
      const { numerator } = fraction(stride)
      multiple *= numerator / greatestCommonDivisor(multiple, numerator)
    }
  }
  return multiple > 1 ? { input, multiple } : undefined
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
