import { SAME, windowMap } from '../model/axis-map'
import type { ForeignValue } from '../model/foreign'
import type { Shape } from '../model/shape'
import { axisOption, axisOutOfRange, resolveAxis } from './axes'
import { axisName } from './constraints/axes'
import { isMisfit } from './constraints/ranks'
import { constraint, int, layer, networkText } from './declare'
import { pytorch } from './foreign'
import { keepsShape } from './identities'

interface SliceData {
  readonly name: string
  readonly size: number
  readonly start: number
  readonly stop: number
}

const sliceOutOfRange = constraint<SliceData>({
  code: 'slice-out-of-range',
  title: 'A slice outside the axis, or an empty one',
  explanation:
    '`slice` takes the positions from `start` to `stop` − 1. All of them must exist, and there is at least one.',
  example: networkText('x -> slice(0, 80)', '[64, 28, 28]'),
  instead: networkText('x -> slice(0, 32)', '[64, 28, 28]'),
  text: 'The slice lies inside the axis and is not empty.',
  words: ({ name, size, start, stop }) => ({
    what: `the slice from ${start} to ${stop} of the ${name} ${size} ${from(start, size) < from(stop, size) ? 'goes beyond them' : 'is empty'}`,
    why: 'it takes the positions start, …, stop − 1; negative numbers count from the end',
    todo: `use 0 ≤ start < stop ≤ ${size}`,
  }),
})

/** How many positions there are, in place of the one that they end before. */
const fromStart: ForeignValue = {
  words: 'start + value',
  write: ({ value, text }, { given }) => {
    const start = given('start')
    if (start === undefined) return undefined
    return typeof value === 'number' && typeof start.value === 'number'
      ? String(start.value + value)
      : `${start.text} + ${text}`
  },
}

export const slice = layer({
  name: 'slice',
  foreign: [
    ...pytorch('narrow', {
      order: ['dim', 'start', 'length'],
      args: { length: { option: 'stop', value: fromStart } },
    }),
    ...pytorch('index_select', { remark: 'takes neighbouring positions here' }),
  ],
  category: 'Merging',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    channelwise: true,
    cuts: 'part',
    identity: {
      holds: keepsShape,
      why: 'the slice is the whole axis',
      by: 'shape',
      options: ['start', 'stop'],
    },
  },
  summary: 'Takes the positions from `start` up to, not including, `stop` along an axis.',
  details: 'With a `step` above 1 it takes only every step-th of them, beginning with `start`.',
  output: 'the input’s shape, ⌈(stop − start)/step⌉ along `axis`',
  sees: 'its own place, counted from `start` in steps of `step`',
  options: {
    start: int({
      documentation: 'the first position; negative numbers count from the end',
      foreign: ['begin', 'starts'],
    }),
    stop: int({
      documentation: 'the position after the last one; negative numbers count from the end',
      foreign: ['end', 'ends'],
    }),
    axis: axisOption,
    step: int({
      documentation: 'the distance of the positions that are taken',
      min: 1,
      default: '1',
      foreign: ['steps', 'strides'],
    }),
  },
  constraints: [axisOutOfRange, sliceOutOfRange],
  use: 'To take some channels or positions: the coordinates among the outputs of a detector, every second row, all but the last step.',
  inPyTorch: 'x[:, 0:12]',
  example: `network Part {
  input x: [255, 13, 13]
  output boxes = x -> slice(0, 12)
  expect boxes.shape == [12, 13, 13]
}`,
  infer: ({ shapes, options: { start, stop, axis, step } }) => {
    const [x] = shapes as [Shape]
    const along = resolveAxis(axis, x)
    if (isMisfit(along)) return along
    const size = x[along] as number
    const [first, last] = [from(start, size), from(stop, size)]
    if (first < 0 || last > size || first >= last) {
      return sliceOutOfRange.violated(
        { name: axisName(along, x.length), size, start, stop },
        first >= last ? 'stop' : 'start',
      )
    }
    const taken = Math.ceil((last - first) / step)
    const map = windowMap({ kernel: 1, stride: step, begin: -first })
    return {
      shapes: [x.map((whole, i) => (i === along ? taken : whole))],
      field: { kind: 'maps', maps: x.map((_, i) => (i === along ? map : SAME)) },
    }
  },
  formula: ({ shapes, options: { start, stop, axis, step } }) => {
    const [x] = shapes as [Shape]
    const along = resolveAxis(axis, x) as number
    const [first, last] = [start, stop].map((position) => from(position, x[along] as number)) as [
      number,
      number,
    ]
    const taken = last - first
    const term = step === 1 ? `${last} − ${first}` : `⌈(${last} − ${first})/${step}⌉`
    return [`${axisName(along, x.length)} ${term} = ${Math.ceil(taken / step)}`]
  },
})

/** A position counted from the front. */
function from(position: number, size: number): number {
  return position < 0 ? position + size : position
}
