import { joinedMaps, SAME } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { axisOption, axisOutOfRange, resolveAxis } from './axes'
import { concatSizesDiffer } from './constraints/merging'
import { isMisfit } from './constraints/ranks'
import { layer } from './declare'
import { afterBatch, caffe, channelsLast, keras, onnx, pytorch, tensorflow } from './foreign'
import { ONE_TENSOR } from './identities'

export const concat = layer({
  name: 'concat',
  foreign: [
    ...keras('Concatenate concatenate', {
      order: ['axis'],
      args: { axis: { option: 'axis', value: channelsLast } },
    }),
    ...caffe('Concat', { args: { axis: { option: 'axis', value: afterBatch } } }),
    ...onnx('Concat', { args: { axis: { option: 'axis', value: afterBatch } } }),
    ...tensorflow('concat', {
      needs: ['axis'],
      order: ['axis'],
      args: { axis: { option: 'axis', value: channelsLast } },
    }),
    ...pytorch('cat', { requires: ['dim', 'axis'], args: { axis: { option: 'axis', value: afterBatch } } }),
    ...pytorch('cat', { remark: 'without dim PyTorch joins along the batch' }),
  ],
  category: 'Merging',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    channelwise: true,
    merges: 'side by side',
    identity: ONE_TENSOR,
  },
  summary: 'Joins tensors one after the other along an axis, usually the channels.',
  source: 'Szegedy et al. 2015 (GoogLeNet), §4; Huang et al. 2017 (DenseNet), §3',
  output: 'the tensors’ shape, with the sum of their sizes along `axis`: [∑C, i …] along the channels',
  sees: 'its own place in the tensor that it comes from',
  tensors: [{ name: 'xs', documentation: 'the tensors in their order', rest: { min: 2 } }],
  pytorch: { order: ['axis'] },
  options: { axis: axisOption },
  constraints: [axisOutOfRange, concatSizesDiffer],
  use: 'To keep the features of several branches beside each other: Inception modules, DenseNet, the skips of a U-Net. The next layer chooses among them, and its cost grows with the channels.',
  inPyTorch: 'torch.cat(xs, dim=1)',
  example: `network Merged {
  input x: [16, 28, 28]
  output y = concat(x, x -> conv(8, 3, padding=1))
  expect y.shape == [24, 28, 28]
}`,
  infer: ({ shapes, options }) => {
    const [first] = shapes as [Shape]
    const along = resolveAxis(options.axis, first)
    if (isMisfit(along)) return along
    for (const [i, shape] of shapes.entries()) {
      const axis =
        shape.length === first.length ? first.findIndex((size, a) => a !== along && size !== shape[a]) : null
      if (axis !== -1) return concatSizesDiffer.violated({ shapes, tensors: [0, i], axis, along }, i)
    }
    const total = shapes.reduce((sum, shape) => sum + (shape[along] as number), 0)
    const places = joinedMaps(shapes.map((shape) => shape[along] as number))
    return {
      shapes: [first.map((size, axis) => (axis === along ? total : size))],
      field: places.map((place) => ({
        kind: 'maps',
        maps: first.map((_, axis) => (axis === along ? place : SAME)),
      })),
    }
  },
  formula: ({ shapes, options }, result) => {
    const along = resolveAxis(options.axis, shapes[0] as Shape) as number
    return [`${shapes.map((shape) => shape[along]).join(' + ')} = ${(result.shapes[0] as Shape)[along]}`]
  },
})
