/** What flows between the calls of a model: tensors of the network, and constants. */
import type { Shape } from '../../../model/shape'
import { product } from '../../../model/shape'
import type { ImportTensor } from '../../graph/graph'

/**
 * Where the batch of a tensor is. Frameworks have an axis for it, which permutations move and reshapes merge with others.
 */
export interface Batch {
  readonly axis: number
  /** How many positions of the axis lie before the batch: the batch is counted inside of them. */
  readonly outer: number
  /** How often the axis counts each image: 1 where the axis is the batch and nothing else. */
  readonly times: number
}

/** A tensor that depends on an input of the network. */
export interface TensorValue {
  readonly kind: 'tensor'
  readonly tensor: ImportTensor
  /** With the batch, as the framework has it. */
  readonly dims: readonly number[]
  /** Undefined for what has none: the sizes are those for one image. */
  readonly batch: Batch | undefined
}

/** What does not depend on an input: weights, sizes, axes. */
export interface ConstantValue {
  readonly kind: 'constant'
  readonly dims: readonly number[]
  /** Its numbers, where there are few; those of weights are never read. */
  readonly numbers?: readonly number[]
  /** The name under which the model keeps it; undefined for what was computed. */
  readonly weight?: string
  /** The sizes of the weight where the constant was picked out of it, and has more or fewer numbers. */
  readonly of?: readonly number[]
  /** Whether it is an initialiser, which may be trained, and not a number in the program. */
  readonly trained: boolean
}

export type TraceValue = TensorValue | ConstantValue

/** Whether the batch is an axis of its own. */
export function isAlone({ outer, times }: Batch): boolean {
  return outer === 1 && times === 1
}

/** The batch where it is an axis of its own. */
export function batchAt(axis: number): Batch {
  return { axis, outer: 1, times: 1 }
}

/** The sizes for one image of a tensor with its batch; `size` is how many images there are. */
export function imageShape(dims: readonly number[], batch: Batch | undefined, size: number): Shape {
  if (batch === undefined) return dims
  if (isAlone(batch)) return dims.toSpliced(batch.axis, 1)
  return dims.with(batch.axis, (dims[batch.axis] as number) / size)
}

/** The sizes with the batch of a tensor whose sizes for one image are known. */
export function withBatch(shape: Shape, batch: Batch | undefined, size: number): readonly number[] {
  if (batch === undefined) return shape
  if (isAlone(batch)) return shape.toSpliced(batch.axis, 0, size)
  return shape.with(batch.axis, (shape[batch.axis] as number) * size)
}

/**
 * Where the batch is after a reshape: as many elements come before it as did. Undefined where the new axes cut
 * through it.
 */
export function reshapedBatch(
  { dims, batch }: TensorValue,
  size: number,
  target: readonly number[],
): Batch | undefined {
  if (batch === undefined) return undefined
  const before = product(dims.slice(0, batch.axis)) * batch.outer
  let passed = 1
  let merged: Batch | undefined
  for (const [axis, dim] of target.entries()) {
    if (passed === before && dim === size) return batchAt(axis)
    const outer = before / passed
    if (merged === undefined && before % passed === 0 && dim % (outer * size) === 0 && dim !== 0) {
      merged = { axis, outer, times: dim / size }
    }
    passed *= dim
  }
  return merged
}
