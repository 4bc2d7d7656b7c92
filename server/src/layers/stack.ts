import { type Shape, sameShape, showShape } from '../model/shape'
import { axisOutOfRange } from './axes'
import { stackShapesDiffer } from './constraints/merging'
import { int, layer } from './declare'
import { unlike } from './foreign'

export const stack = layer({
  name: 'stack',
  foreign: unlike('Stack pack', 'without an axis other frameworks stack along the batch'),
  category: 'Merging',
  traits: { range: 'kept', reads: 'either', linear: true },
  summary: 'Joins tensors of the same shape along a new axis.',
  details: 'Two vectors `[F]` become rows `[2, F]` with `axis=0`, and `[F, 2]` with `axis=1`.',
  output: 'the tensors’ shape with one axis more, at `axis`, of as many positions as there are tensors',
  tensors: [{ name: 'xs', documentation: 'the tensors in their order', rest: { min: 2 } }],
  options: {
    axis: int({
      documentation: 'the place of the new axis, from 0 to the rank; negative numbers count from the end',
      default: '0',
      countsAxes: true,
      foreign: ['dim'],
    }),
  },
  constraints: [stackShapesDiffer, axisOutOfRange],
  use: 'To make a new axis of several tensors: frames become a clip for convolutions over time, vectors become rows.',
  inPyTorch: 'torch.stack(xs, dim=2)',
  example: `network Clip {
  input first: [3, 112, 112]
  input second: [3, 112, 112]
  output y = stack(first, second, axis=1) -> conv(64, [1, 7, 7])
  expect y.shape == [64, 2, 106, 106]
}`,
  infer: ({ shapes, options }) => {
    const [first] = shapes as [Shape]
    const other = shapes.findIndex((shape) => !sameShape(shape, first))
    if (other >= 0) {
      const differing = shapes[other] as Shape
      const axis =
        differing.length === first.length ? first.findIndex((size, i) => size !== differing[i]) : null
      return stackShapesDiffer.violated({ shapes, tensors: [0, other], axis }, other)
    }
    const rank = first.length + 1
    const axis = options.axis < 0 ? options.axis + rank : options.axis
    const stacked = [...first.slice(0, axis), shapes.length, ...first.slice(axis)]
    if (axis < 0 || axis >= rank)
      return axisOutOfRange.violated({ axis: options.axis, shape: stacked }, 'axis')
    return { shapes: [stacked], field: { kind: 'move', to: first.map((_, i) => (i < axis ? i : i + 1)) } }
  },
  formula: ({ shapes }, result) => [
    `${shapes.length} tensors ${showShape(shapes[0] as Shape)} are ${showShape(result.shapes[0] as Shape)}`,
  ],
})
