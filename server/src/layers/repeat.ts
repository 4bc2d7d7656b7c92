import { positionsMap, SAME } from '../model/axis-map'
import type { ForeignValue } from '../model/foreign'
import { type Shape, showShape } from '../model/shape'
import { showCountOf } from '../model/show'
import { axisOutOfRange, axisRepeated, resolveAxes } from './axes'
import { axisName } from './constraints/axes'
import { isMisfit } from './constraints/ranks'
import { constraint, ints, layer, networkText, optionalInts } from './declare'
import { afterBatch, caffe, keras, tensorflow } from './foreign'
import { areAll } from './identities'

interface RepeatsData {
  readonly counts: number
  readonly shape: Shape
  /** How many axes are named; undefined where `axis` was left out. */
  readonly axes?: number
}

const repeatsMismatch = constraint<RepeatsData>({
  code: 'repeat-counts-mismatch',
  title: 'A wrong number of counts for a repeat',
  explanation:
    'Each axis is repeated its own number of times; 1 leaves it as it is. So there is one count for each axis, channels first, or for each axis that `axis` names.',
  example: networkText('x -> repeat(4)', '[8, 14, 14]'),
  instead: networkText('x -> repeat([4, 1, 1])', '[8, 14, 14]'),
  text: 'There is one count for each axis of the tensor, or for each that `axis` names.',
  words: ({ counts, shape, axes }) => {
    const wanted = axes ?? shape.length
    return {
      what: `\`counts\` has ${showCountOf(counts, 'number')} for ${axes === undefined ? `the ${wanted} axes of ${showShape(shape)}` : `${wanted} ${wanted === 1 ? 'axis' : 'axes'}`}`,
      why: 'each axis is repeated its own number of times, 1 leaves it as it is',
      todo:
        axes === undefined
          ? `give ${wanted} counts, channels first, or name the axis: axis=0`
          : `give ${wanted} ${wanted === 1 ? 'count' : 'counts'}`,
    }
  },
})

/** One count for each axis, the batch first and the channels last. */
const channelsFirst: ForeignValue = {
  words: 'without the batch, channels first',
  write: ({ items }) => {
    const [batch, ...rest] = items ?? []
    const last = rest.at(-1)
    if (batch?.value !== 1 || last === undefined) return undefined
    return `[${[last, ...rest.slice(0, -1)].map(({ text }) => text).join(', ')}]`
  },
}

export const repeat = layer({
  name: 'repeat',
  foreign: [
    ...tensorflow('tile', {
      order: ['multiples'],
      args: { multiples: { option: 'counts', value: channelsFirst } },
    }),
    ...caffe('Tile', {
      requires: ['tiles'],
      args: { axis: { option: 'axis', value: afterBatch }, tiles: { option: 'counts' } },
      gives: { axis: '0' },
    }),
    ...keras('RepeatVector', {
      order: ['n'],
      args: { n: { option: 'counts' } },
      gives: { axis: '0' },
      remark: 'make one row of the vector first, reshape([1, -1])',
    }),
  ],
  category: 'Shape',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    channelwise: true,
    identity: {
      holds: ({ options }) => areAll(options.counts, 1),
      why: 'every axis is there once',
      by: 'options',
      options: ['counts'],
    },
  },
  summary: 'Puts copies of the tensor one after the other along its axes.',
  details: '`repeat([1, 2, 2])` makes a square of four copies; `repeat(2, axis=0)` doubles the channels.',
  output: 'each size times its count',
  sees: 'its own place in the tensor that is copied',
  options: {
    counts: ints({
      documentation: 'how many copies, one number for each axis',
      min: 1,
      foreign: ['repeats', 'sizes', 'multiples', 'reps'],
    }),
    axis: optionalInts({
      documentation: 'the axes that the counts are for, channels being 0; all when left out',
      optional: true,
      countsAxes: true,
      foreign: ['dim'],
    }),
  },
  constraints: [axisOutOfRange, axisRepeated, repeatsMismatch],
  use: 'To bring a vector to every position of a map (a style, a class, a noise), where the sizes should be seen. Merging layers stretch axes of size 1 by themselves.',
  inPyTorch: 'x.repeat(1, 1, 64, 64)',
  example: `network Tiled {
  input z: [100, 1, 1]
  input image: [3, 64, 64]
  output y = concat(image, z -> repeat([1, 64, 64]))
  expect y.shape == [103, 64, 64]
}`,
  infer: ({ shapes, options: { counts, axis } }) => {
    const [x] = shapes as [Shape]
    const axes = axis === undefined ? x.map((_, i) => i) : resolveAxes(axis, x)
    if (isMisfit(axes)) return axes
    if (counts.length !== axes.length) {
      const named = axis === undefined ? {} : { axes: axes.length }
      return repeatsMismatch.violated({ counts: counts.length, shape: x, ...named }, 'counts')
    }
    const times = x.map((_, i) => (axes.includes(i) ? (counts[axes.indexOf(i)] as number) : 1))
    return {
      shapes: [x.map((size, i) => size * (times[i] as number))],
      field: {
        kind: 'maps',
        maps: x.map((size, i) => (times[i] === 1 ? SAME : positionsMap(size, 0, (n) => n))),
      },
    }
  },
  formula: ({ shapes, options: { counts, axis } }, result) => {
    const [x] = shapes as [Shape]
    const axes = axis === undefined ? x.map((_, i) => i) : (resolveAxes(axis, x) as readonly number[])
    return axes.flatMap((i, at) =>
      counts[at] === 1
        ? []
        : [`${axisName(i, x.length)} ${x[i]}·${counts[at]} = ${(result.shapes[0] as Shape)[i]}`],
    )
  },
})
