/**
 * Repairs of all places where maps meet that differ in size, with the sizes of the text: what a decoder needs on each
 * of its levels. They are found on a graph of the same network with sizes at which it is sound.
 */
import { partedSteps, type SizeStep, sizePath } from '../check/rounding'
import { isEnlarging } from '../layers/traits'
import type { InputNode, LayerNode, Tensor } from '../model/graph'
import type { Inference } from '../model/layer'
import type { Shape } from '../model/shape'
import { infer } from './simulate'
import { isTransposed } from './window-options'

/** The amounts of `output_padding` that transposed convolutions get, one for each axis. */
export type OutputPaddings = ReadonlyMap<LayerNode, readonly number[]>

/** A place where maps meet, the tensors of it that are to be resized, and the one to whose size. */
export interface Resized {
  readonly node: LayerNode
  readonly tensors: readonly number[]
  readonly reference: number
  /** The tensors are larger than the reference. */
  readonly isLarger: boolean
}

/** A graph whose inputs get other sizes. */
export interface Trial {
  readonly layers: readonly LayerNode[]
  readonly input: (node: InputNode) => Shape
}

/** A layer that refuses its tensors, with the shapes that they would have. */
interface Mismatch {
  readonly node: LayerNode
  readonly shapes: readonly Shape[]
}

/** Passes more often than this are not made. */
const MOST_PASSES = 16

/** The `output_padding` with which all maps meet; undefined where none does, or none need be changed. */
export function paddedMeetings(trial: Trial): OutputPaddings | undefined {
  let paddings: OutputPaddings = new Map()
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const mismatch = firstMismatch(trial, paddings, () => undefined)
    if (mismatch === undefined) return paddings.size === 0 ? undefined : paddings
    const found = paddedAt(mismatch, paddings)
    if (found === undefined) return undefined
    paddings = found
  }
  return undefined
}

/** The tensors that are to be resized so that all maps meet; undefined where something else is at fault too. */
export function resizedMeetings(trial: Trial): readonly Resized[] | undefined {
  const found: Resized[] = []
  const mismatch = firstMismatch(trial, new Map(), ({ node, shapes }) => {
    const meeting = meetingOf(node, shapes)
    if (meeting === undefined) return undefined
    const [, ...spatial] = shapes[meeting.reference] as Shape
    found.push(meeting)
    return shapes.map((shape, i) => (meeting.tensors.includes(i) ? [shape[0] as number, ...spatial] : shape))
  })
  return mismatch === undefined && found.length > 0 ? found : undefined
}

/** Infers all layers anew, the tensors of one that refuses them repaired if that can be done. */
function firstMismatch(
  { layers, input }: Trial,
  paddings: OutputPaddings,
  repair: (mismatch: Mismatch) => readonly Shape[] | undefined,
): Mismatch | undefined {
  const made = new Map<LayerNode, Inference>()
  const shape = ({ source, index, shape: before }: Tensor): Shape =>
    source.kind === 'input' ? input(source) : (made.get(source)?.shapes[index] ?? before)
  const items = ({ source, items: before }: Tensor) =>
    (source.kind === 'layer' ? made.get(source)?.items : undefined) ?? before
  const optionsOf = (node: LayerNode) => {
    const amounts = paddings.get(node)
    return amounts ? { ...node.options, output_padding: amounts } : node.options
  }
  for (const node of layers) {
    const tried = { shape, items, optionsOf }
    let result = infer(node, tried, optionsOf(node))
    if (result === undefined) {
      const shapes = node.inputs.map(shape)
      const repaired = repair({ node, shapes })
      const other = (tensor: Tensor) => repaired?.[node.inputs.indexOf(tensor)] ?? shape(tensor)
      result = repaired && infer(node, { ...tried, shape: other })
      if (result === undefined) return { node, shapes }
    }
    made.set(node, result)
  }
  return undefined
}

/** Which of the tensors that differ has the size that is meant, as nothing has enlarged it; undefined where ranks differ. */
function meetingOf(node: LayerNode, shapes: readonly Shape[]): Resized | undefined {
  const { inputs } = node
  const [first] = shapes
  if (inputs.length < 2 || shapes.some(({ length }) => length !== first?.length)) return undefined
  const enlarged = inputs.map((tensor) => sizePath(tensor, 1).steps.filter(enlarges).length)
  const least = Math.min(...enlarged)
  const sizes = shapes.map((shape) => shape.slice(1).reduce((sum, size) => sum + size, 0))
  const candidates = inputs.flatMap((_, i) => (enlarged[i] === least ? [i] : []))
  const reference = candidates.reduce((a, b) => ((sizes[b] as number) > (sizes[a] as number) ? b : a))
  const spatial = (i: number) => (shapes[i] as Shape).slice(1).join()
  const tensors = inputs.flatMap((_, i) => (spatial(i) === spatial(reference) ? [] : [i]))
  const isLarger = tensors.some((i) => (sizes[i] as number) > (sizes[reference] as number))
  return tensors.length === 0 ? undefined : { node, tensors, reference, isLarger }
}

function enlarges({ node, rate }: SizeStep): boolean {
  return rate < 1 && isEnlarging(node.layer)
}

function paddedAt({ node, shapes }: Mismatch, paddings: OutputPaddings): OutputPaddings | undefined {
  const meeting = meetingOf(node, shapes)
  if (meeting === undefined) return undefined
  const reference = node.inputs[meeting.reference] as Tensor
  let found: OutputPaddings | undefined = paddings
  for (const i of meeting.tensors) {
    const change = { have: shapes[i] as Shape, want: shapes[meeting.reference] as Shape, reference }
    found = found && paddedChain(node.inputs[i] as Tensor, change, found)
  }
  return found
}

interface Change {
  readonly have: Shape
  readonly want: Shape
  /** Only what follows where its way to this tensor parts may be changed. */
  readonly reference?: Tensor
}

/**
 * The `output_padding` along a chain of transposed convolutions with which a tensor gets the spatial sizes that are
 * wanted, those before the last making up for the larger parts: the amounts are digits whose places are the strides.
 */
export function paddedChain(
  tensor: Tensor,
  { have, want, reference }: Change,
  paddings: OutputPaddings = new Map(),
): OutputPaddings | undefined {
  const found = new Map(paddings)
  for (const [axis, size] of have.entries()) {
    if (axis === 0 || size === want[axis]) continue
    const path = sizePath(tensor, axis)
    const steps = reference ? partedSteps([path, sizePath(reference, axis)])[0]?.steps : path.steps
    const digits = digitsOf(steps ?? [], axis, found)
    let rest = (want[axis] as number) - size
    for (const { amount, place } of digits) rest += amount * place
    for (const { node, place, most } of digits.toReversed()) {
      const amount = Math.max(0, Math.min(most, Math.floor(rest / place)))
      rest -= amount * place
      const amounts = [...amountsOf(node, found)]
      amounts[axis - 1] = amount
      found.set(node, amounts)
    }
    if (rest !== 0) return undefined
  }
  return found
}

interface Digit {
  readonly node: LayerNode
  readonly amount: number
  readonly most: number
  /** By how much the chain's output grows with each position that is added here. */
  readonly place: number
}

/** The transposed convolutions of a chain, the last first. */
function digitsOf(steps: readonly SizeStep[], axis: number, paddings: OutputPaddings): readonly Digit[] {
  const digits: Digit[] = []
  let place = 1
  for (const { node, rate } of steps) {
    const isOpen = node.inputs.length === 1 && node.options.size === undefined
    if (isTransposed(node.layer) && isOpen) {
      const { stride, dilation } = node.options as { stride: readonly number[]; dilation: readonly number[] }
      const most = Math.max(stride[axis - 1] as number, dilation[axis - 1] as number) - 1
      digits.push({ node, amount: amountsOf(node, paddings)[axis - 1] as number, most, place })
    }
    place /= rate
  }
  return digits
}

/** What a transposed convolution has, or gets. */
export function amountsOf(node: LayerNode, paddings: OutputPaddings): readonly number[] {
  return paddings.get(node) ?? (node.options.output_padding as readonly number[])
}
