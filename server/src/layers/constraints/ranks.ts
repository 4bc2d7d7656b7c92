/** Constraints on how many axes a tensor has. */
import type { Violation } from '../../model/layer'
import { type Shape, showShape } from '../../model/shape'
import { constraint, faulty } from '../declare'

export interface SpatialData {
  readonly shape: Shape
}

export const needsSpatialAxes = constraint<SpatialData>({
  code: 'needs-spatial-axes',
  example: faulty('x -> conv(64, 3)', '[4096]'),
  text: 'The tensor has one, two or three spatial axes: `[C, L]`, `[C, H, W]` or `[C, D, H, W]`.',
  words: ({ shape }) => ({
    what: `the tensor ${showShape(shape)} has ${shape.length < 2 ? 'no spatial axis' : `${shape.length - 1} spatial axes`}`,
    why: 'this layer works on maps with one, two or three spatial axes: [C, L], [C, H, W] or [C, D, H, W]',
    todo:
      shape.length < 2
        ? `apply it before the map is flattened, or reshape the vector first: reshape([${shape[0]}, 1, 1])`
        : 'reshape the tensor so that at most three axes follow the channels',
  }),
})

/** The violation for a tensor that is no map, undefined for one that is. */
export function spatialMisfit(shape: Shape, tensor = 0) {
  if (shape.length >= 2 && shape.length <= 4) return undefined
  return needsSpatialAxes.violated({ shape }, tensor)
}

export interface VectorData {
  readonly layer: string
  readonly shape: Shape
}

export const needsVector = constraint<VectorData>({
  code: 'needs-vector',
  example: faulty('x -> rbf(10)', '[120, 1, 1]'),
  text: 'The tensor is a vector `[F]` or rows `[T, F]`.',
  words: ({ layer, shape }) => ({
    what: `\`${layer}\` is applied to the feature map ${showShape(shape)}`,
    why: 'it reads a vector [F], or each row of [T, F]',
    todo: 'flatten the map first',
  }),
})

/** Whether a helper returned a violation instead of a value. */
export function isMisfit<T>(value: T | Violation): value is Violation {
  return typeof value === 'object' && value !== null && 'constraint' in value
}
