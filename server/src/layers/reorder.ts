/** Layers that put the positions of an axis in another order. */

import { positionsMap, SAME } from '../model/axis-map'
import type { FieldTransform } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { showCountOf } from '../model/show'
import { axisOutOfRange, axisRepeated, resolveAxes } from './axes'
import { isMisfit } from './constraints/ranks'
import { constraint, ints, layer, networkText } from './declare'
import { channelsLast, tensorflow } from './foreign'
import { areAll } from './identities'

const axesOption = ints({
  documentation: 'the axis or axes, channels being 0; negative numbers count from the end',
  countsAxes: true,
  foreign: ['dim', 'dims', 'axes'],
})

export const flip = layer({
  name: 'flip',
  foreign: [
    { name: 'fliplr', gives: { axis: '-1' }, remark: 'turns the last axis, the width of a map' },
    { name: 'flipud', gives: { axis: '-2' }, remark: 'turns the last axis but one, the height of a map' },
    ...tensorflow('reverse', { order: ['axis'], args: { axis: { option: 'axis', value: channelsLast } } }),
  ],
  category: 'Shape',
  traits: { range: 'kept', reads: 'either', linear: true, channelwise: true, rearranges: 'places' },
  summary: 'Reverses the order of the positions along one or several axes.',
  output: 'the input’s shape',
  sees: 'the mirrored place',
  options: { axis: axesOption },
  constraints: [axisOutOfRange, axisRepeated],
  use: 'To look at a map from the other side: averaging with the flipped image at test time, or running a recurrent layer from the end.',
  inPyTorch: 'torch.flip(x, dims=[3])',
  example: `network Mirrored {
  input x: [3, 32, 32]
  output y = maximum(x, x -> flip(axis=2))
  expect y.shape == [3, 32, 32]
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const axes = resolveAxes(options.axis, x)
    if (isMisfit(axes)) return axes
    return { shapes: [x], field: reordered(x, (axis) => (axes.includes(axis) ? mirrored : undefined)) }
  },
})

interface ShiftsData {
  readonly shifts: number
  readonly axes: number
}

const shiftsMismatch = constraint<ShiftsData>({
  code: 'roll-shifts-mismatch',
  title: 'A wrong number of shifts',
  explanation:
    'Each axis is shifted by its own number, or all by the same one. So there is one shift for all axes, or one for each.',
  example: networkText('x -> roll([1, 2], axis=1)', '[8, 14, 14]'),
  instead: networkText('x -> roll([1, 2], axis=[1, 2])', '[8, 14, 14]'),
  text: 'There is one shift for all axes, or one for each.',
  words: ({ shifts, axes }) => ({
    what: `\`shifts\` has ${showCountOf(shifts, 'number')} for ${axes} ${axes === 1 ? 'axis' : 'axes'}`,
    why: 'each axis is shifted by its own number, or all by the same',
    todo: axes === 1 ? 'give one shift' : `give one shift, or ${axes}`,
  }),
})

export const roll = layer({
  name: 'roll',
  foreign: ['cyclic_shift'],
  category: 'Shape',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    channelwise: true,
    rearranges: 'places',
    identity: {
      holds: ({ options }) => areAll(options.shift, 0),
      why: 'nothing is shifted',
      by: 'options',
      options: ['shift'],
    },
  },
  summary: 'Shifts the positions along one or several axes; what leaves at one end comes in at the other.',
  source: 'shifted windows: Liu et al. 2021 (Swin), §3.2',
  output: 'the input’s shape',
  sees: 'the one place whose value is shifted to its own',
  options: {
    shift: ints({ documentation: 'how far; negative: towards the front', foreign: ['shifts'] }),
    axis: axesOption,
  },
  constraints: [axisOutOfRange, axisRepeated, shiftsMismatch],
  use: 'For shifted windows: after a shift by half a window, the same cut into windows lets neighbours of different windows attend to each other.',
  inPyTorch: 'torch.roll(x, (-3, -3), dims=(2, 3))',
  example: `network Shifted {
  input x: [96, 56, 56]
  output y = x -> roll(-3, axis=[1, 2])
  expect y.shape == [96, 56, 56]
}`,
  infer: ({ shapes, options: { shift, axis } }) => {
    const [x] = shapes as [Shape]
    const axes = resolveAxes(axis, x)
    if (isMisfit(axes)) return axes
    if (shift.length !== 1 && shift.length !== axes.length) {
      return shiftsMismatch.violated({ shifts: shift.length, axes: axes.length }, 'shift')
    }
    const shifts = axes.map((_, i) => shift[shift.length === 1 ? 0 : i] as number)
    const rolled = (by: number) => (n: number, size: number) => (((n - by) % size) + size) % size
    return {
      shapes: [x],
      field: reordered(x, (i) => (axes.includes(i) ? rolled(shifts[axes.indexOf(i)] as number) : undefined)),
    }
  },
})

/** Which input position an output position reads. */
type Position = (n: number, size: number) => number

const mirrored: Position = (n, size) => size - 1 - n

/** Along each axis its positions where `of` gives them, and its own place elsewhere. Channels have no positions. */
function reordered(x: Shape, of: (axis: number) => Position | undefined): FieldTransform {
  return {
    kind: 'maps',
    maps: x.map((size, axis) => {
      const position = of(axis)
      return position === undefined ? SAME : positionsMap(size, size, (n) => position(n, size))
    }),
  }
}
