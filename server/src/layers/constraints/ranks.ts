/** Constraints on how many axes a tensor has. */
import type { Violation } from '../../model/layer'
import { type Shape, showShape } from '../../model/shape'
import { constraint, networkText } from '../declare'

export interface SpatialData {
  readonly shape: Shape
}

export const needsSpatialAxes = constraint<SpatialData>({
  code: 'needs-spatial-axes',
  title: 'A tensor without spatial axes, or with more than three',
  explanation:
    'The layer works on the positions of a map, along one, two or three spatial axes: `[C, L]`, `[C, H, W]` or `[C, D, H, W]`. A vector has no spatial axis: apply the layer before the map is flattened, or reshape the vector.',
  example: networkText('x -> conv(64, 1)', '[4096]'),
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

/** What layers have in common that read a sequence. */
export const NEEDS_ROWS = {
  code: 'needs-rows',
  title: 'A tensor that does not consist of rows',
  explanation:
    'Recurrent layers and attention read rows of features, `[T, F]`: steps, words or patches. `reshape([64, -1]) -> permute([1, 0])` makes one row of each position of a map with 64 channels.',
}

export interface VectorData {
  readonly layer: string
  readonly shape: Shape
}

export const needsVector = constraint<VectorData>({
  code: 'needs-vector',
  title: 'A feature map where a vector is needed',
  explanation:
    'The layer reads a vector `[F]`, or each row of a matrix `[T, F]`. A feature map has to be flattened first.',
  example: networkText('x -> rbf(10)', '[120, 1, 1]'),
  instead: networkText('x -> flatten -> rbf(10)', '[120, 1, 1]'),
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
