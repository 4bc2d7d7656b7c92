/** Options that name an axis: channels are axis 0, negative numbers count from the end. */
import type { Violation } from '../model/layer'
import { type Shape, showShape } from '../model/shape'
import { isMisfit } from './constraints/ranks'
import { constraint, int, networkText } from './declare'

export interface AxisData {
  readonly axis: number
  readonly shape: Shape
}

export const axisOutOfRange = constraint<AxisData>({
  code: 'axis-out-of-range',
  title: 'An axis that the tensor does not have',
  explanation:
    'Axes are counted from 0, which is the channels; there is no batch axis. A tensor with three axes has the axes 0, 1 and 2, which are also −3, −2 and −1.',
  example: networkText('x -> softmax(axis=3)', '[21, 64, 64]'),
  instead: networkText('x -> softmax(axis=0)', '[21, 64, 64]'),
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
export function resolveAxis(axis: number, shape: Shape, option = 'axis') {
  const resolved = axis < 0 ? axis + shape.length : axis
  return resolved >= 0 && resolved < shape.length
    ? resolved
    : axisOutOfRange.violated({ axis, shape }, option)
}

export interface AxesData {
  readonly axes: readonly number[]
  readonly shape: Shape
}

export const axisRepeated = constraint<AxesData>({
  code: 'axis-given-twice',
  title: 'An axis that is named twice',
  explanation:
    'A list of axes names each axis once. Negative numbers count from the end: in a tensor with three axes, −2 is axis 1.',
  example: networkText('x -> flip([1, -2])', '[8, 14, 14]'),
  instead: networkText('x -> flip([1, 2])', '[8, 14, 14]'),
  text: 'Each axis is named once.',
  words: ({ axes, shape }) => ({
    what: `[${axes.join(', ')}] names an axis of ${showShape(shape)} twice`,
    why: 'every axis is treated once; −1 is the last axis, −2 the one before',
    todo: 'leave the second one out',
  }),
})

/** The axes counted from 0, in the order given, or the violation. */
export function resolveAxes(
  axes: readonly number[],
  shape: Shape,
  option = 'axis',
): readonly number[] | Violation {
  const resolved: number[] = []
  for (const axis of axes) {
    const one = resolveAxis(axis, shape, option)
    if (isMisfit(one)) return one
    if (resolved.includes(one)) return axisRepeated.violated({ axes, shape }, option)
    resolved.push(one)
  }
  return resolved
}
