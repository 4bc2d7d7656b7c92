import { SAME, shiftMap } from '../model/axis-map'
import type { ForeignValue } from '../model/foreign'
import type { OutputTransform } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { axisOption, axisOutOfRange, resolveAxis } from './axes'
import { axisName } from './constraints/axes'
import { isMisfit } from './constraints/ranks'
import { constraint, ints, layer, networkText } from './declare'
import { afterBatch, channelsLast, onnx, pytorch, tensorflow, unlike } from './foreign'

/** More tensors than this are a mistake, and would only cost memory. */
const MOST_PARTS = 10_000

interface SplitData {
  readonly name: string
  readonly size: number
  readonly parts: readonly number[]
}

const splitMismatch = constraint<SplitData>({
  code: 'split-mismatch',
  title: 'Parts that do not fill the axis',
  explanation:
    'Each value goes to exactly one part. So the number of parts must divide the axis, or the sizes of the parts must sum to it. There are at most 10,000 parts.',
  example: networkText('x -> split(3) -> concat', '[64, 28, 28]'),
  instead: networkText('x -> split(4) -> concat', '[64, 28, 28]'),
  text: `The number of parts divides the axis, or the sizes sum to it; there are at most ${MOST_PARTS} parts.`,
  words: ({ name, size, parts }) => {
    const [count = 0] = parts
    const sum = parts.reduce((total, part) => total + part, 0)
    return parts.length === 1
      ? {
          what: `${count} parts do not divide the ${name} ${size}`,
          why: `equal parts have equal sizes, and there are at most ${MOST_PARTS}`,
          todo: `use a number of parts that divides ${size}, or give the sizes: split([${Math.ceil(size / 2)}, ${Math.floor(size / 2)}])`,
        }
      : {
          what: `the sizes ${parts.join(' + ')} sum to ${sum}, not to the ${name} ${size}`,
          why: 'every value goes to one of the parts',
          todo: `let the sizes sum to ${size}`,
        }
  },
})

/** PyTorch's number is the size of each part, ours how many there are: a list of sizes is the same. */
const sizesOfParts: ForeignValue = {
  words: 'sizes alone',
  write: ({ text, items }) => (items === undefined ? undefined : text),
}

export const split = layer({
  name: 'split',
  foreign: [
    ...pytorch('chunk tensor_split'),
    ...pytorch('split', {
      needs: ['split_size_or_sections', 'split_size'],
      order: ['split_size_or_sections', 'dim'],
      args: {
        split_size_or_sections: { option: 'parts', value: sizesOfParts },
        split_size: { option: 'parts', value: sizesOfParts },
      },
    }),
    ...tensorflow('split', {
      needs: ['num_or_size_splits'],
      order: ['num_or_size_splits', 'axis'],
      args: { axis: { option: 'axis', value: channelsLast } },
    }),
    ...onnx('Split', {
      args: { axis: { option: 'axis', value: afterBatch }, split: { option: 'parts' } },
      requires: ['split'],
    }),
    ...unlike('unbind', 'keeps the axis here, of size 1'),
  ],
  category: 'Merging',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    channelwise: true,
    cuts: 'parts',
    identity: {
      holds: ({ outputs }) => outputs.length === 1,
      why: 'the one part is the whole tensor',
      by: 'options',
      options: ['parts'],
    },
  },
  summary: 'Divides a tensor along an axis into several.',
  details: '`split(2)` makes two equal parts, `split([64, 128])` parts of these sizes. It returns a list.',
  source: 'grouped channels: Ma et al. 2018 (ShuffleNet V2), §3',
  output: 'one tensor for each part: the input’s shape, the part’s size along `axis`',
  sees: 'its own place, counted from where its part begins',
  pytorch: { order: ['parts', 'axis'] },
  options: {
    parts: ints({
      documentation: 'how many equal parts, or a list of their sizes',
      min: 1,
      foreign: [
        'chunks',
        'num_or_size_splits',
        'sections',
        'sizes',
        { name: 'split_size_or_sections', value: sizesOfParts },
      ],
    }),
    axis: axisOption,
  },
  constraints: [axisOutOfRange, splitMismatch],
  returnsList: true,
  use: 'To send parts of the channels through different branches: ShuffleNetV2, CSP blocks, the queries, keys and values of an attention.',
  inPyTorch: 'x.chunk(2, dim=1)',
  example: `network Halves {
  input x: [116, 28, 28]
  a, b = x -> split(2)
  output y = concat(a, b -> conv(58, 1))
  expect a.shape == [58, 28, 28]
  expect y.shape == [116, 28, 28]
}`,
  infer: ({ shapes, options: { parts, axis } }) => {
    const [x] = shapes as [Shape]
    const along = resolveAxis(axis, x)
    if (isMisfit(along)) return along
    const size = x[along] as number
    const sizes = partSizes(parts, size)
    if (sizes === undefined) {
      return splitMismatch.violated({ name: axisName(along, x.length), size, parts }, 'parts')
    }
    let begin = 0
    const fields = sizes.map((part): OutputTransform => {
      const map = shiftMap(-begin)
      begin += part
      return { kind: 'maps', maps: x.map((_, i) => (i === along ? map : SAME)) }
    })
    return {
      shapes: sizes.map((part) => x.map((whole, i) => (i === along ? part : whole))),
      field: { kind: 'parts', parts: fields },
    }
  },
})

function partSizes(parts: readonly number[], size: number): readonly number[] | undefined {
  const [count] = parts
  if (count === undefined || parts.length > MOST_PARTS) return undefined
  if (parts.length > 1) return parts.reduce((sum, part) => sum + part, 0) === size ? parts : undefined
  if (count > MOST_PARTS || size % count !== 0) return undefined
  return Array.from({ length: count }, () => size / count)
}
