import { POINTWISE } from '../model/receptive-field'
import { product, type Shape, showShape } from '../model/shape'
import { axisOutOfRange, resolveAxis } from './axes'
import { isMisfit } from './constraints/ranks'
import { constraint, int, layer, networkText } from './declare'
import { afterBatch, caffe, keras, pytorch } from './foreign'

interface FlattenedData {
  readonly shape: Shape
  readonly start: number
  readonly end: number
}

const flattenBackwards = constraint<FlattenedData>({
  code: 'flatten-range-empty',
  title: 'A range of axes that ends before it starts',
  explanation:
    '`flatten` makes one axis of all axes from `start` to `end`, both included. So `end` cannot come before `start`.',
  example: networkText('x -> flatten(start=2, end=1)', '[512, 7, 7]'),
  instead: networkText('x -> flatten(start=1, end=2)', '[512, 7, 7]'),
  text: '`start` is not behind `end`.',
  words: ({ shape, start, end }) => ({
    what: `\`flatten\` from axis ${start} to axis ${end} of ${showShape(shape)} takes no axis`,
    why: 'the axes from start to end, both included, become one',
    todo: `exchange them: start=${end}, end=${start}`,
  }),
})

export const flatten = layer({
  name: 'flatten',
  foreign: [
    ...pytorch('Flatten', { order: ['start_dim', 'end_dim'] }),
    ...pytorch('flatten', { order: ['start_dim', 'end_dim'], requires: ['start_dim'] }),
    ...keras('Flatten', { order: ['data_format'], args: { data_format: 'ignored' } }),
    ...caffe('Flatten', { args: { axis: { option: 'start', value: afterBatch } } }),
  ],
  category: 'Shape',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    channelwise: true,
    rearranges: 'shape',
    identity: {
      holds: ({ inputs, outputs }) => inputs[0]?.shape.length === outputs[0]?.shape.length,
      why: 'the tensor is a vector already',
      by: 'shape',
    },
  },
  summary: 'Puts all values into one vector, channel by channel; or merges some neighbouring axes into one.',
  details: '`flatten(start=1)` makes `[C, H·W]` of a map.',
  output: 'one axis in place of those from `start` to `end`, its size their product: [C·∏i] for a map',
  sees: 'its own place',
  options: {
    start: int({
      documentation: 'the first axis that is flattened, channels being 0; negative: from the end',
      default: '0',
      countsAxes: true,
      foreign: ['start_dim', 'start_axis'],
    }),
    end: int({
      documentation: 'the last axis that is flattened; negative: from the end',
      default: '-1',
      countsAxes: true,
      foreign: ['end_dim', 'end_axis', 'stop_axis'],
    }),
  },
  constraints: [axisOutOfRange, flattenBackwards],
  use: 'Between the last map and the first linear layer. The linear layer then has a weight for every position and works for one input size only; `global_avgpool` before it avoids both.',
  inPyTorch: 'nn.Flatten()',
  example: `network Head {
  input x: [512, 7, 7]
  output y = x -> flatten
  output rows = x -> flatten(start=1) -> permute([1, 0])
  expect y.shape == [25_088]
  expect rows.shape == [49, 512]
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const [start, end] = [resolveAxis(options.start, x, 'start'), resolveAxis(options.end, x, 'end')]
    if (isMisfit(start)) return start
    if (isMisfit(end)) return end
    if (start > end) return flattenBackwards.violated({ shape: x, start, end }, 'start')
    const shape = [...x.slice(0, start), product(x.slice(start, end + 1)), ...x.slice(end + 1)]
    return { shapes: [shape], field: start === end ? POINTWISE : { kind: 'regroup', from: x, to: shape } }
  },
  formula: ({ shapes, options }, result) => {
    const [x] = shapes as [Shape]
    const [start, end] = [resolveAxis(options.start, x), resolveAxis(options.end, x)] as [number, number]
    return [`${x.slice(start, end + 1).join('·')} = ${(result.shapes[0] as Shape)[start]}`]
  },
})
