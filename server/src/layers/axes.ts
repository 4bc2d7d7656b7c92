/** Options that name an axis: channels are axis 0, negative numbers count from the end. */
import type { Shape } from '../model/shape'
import { constraint, faulty, int } from './declare'

export interface AxisData {
  readonly axis: number
  readonly shape: Shape
}

export const axisOutOfRange = constraint<AxisData>({
  code: 'axis-out-of-range',
  example: faulty('x -> softmax(axis=3)', '[21, 64, 64]'),
  text: '`axis` is one of the tensor’s axes: 0 (channels) to rank − 1, or −1 (the last) to −rank.',
  words: ({ axis, shape }) => ({
    what: `axis ${axis} does not exist in a tensor of rank ${shape.length}`,
    why: 'tensors have no batch axis; channels are axis 0',
    todo: shape.length === 1 ? 'use axis=0' : `use an axis from 0 to ${shape.length - 1}`,
  }),
})

export const axisOption = int({
  documentation: 'the axis, channels being 0; negative numbers count from the end',
  default: '0',
  countsAxes: true,
  foreign: ['dim', 'concat_dim', 'slice_dim'],
})

/** The axis counted from 0, or the violation. */
export function resolveAxis(axis: number, shape: Shape) {
  const resolved = axis < 0 ? axis + shape.length : axis
  return resolved >= 0 && resolved < shape.length
    ? resolved
    : axisOutOfRange.violated({ axis, shape }, 'axis')
}
