import { SAME, WHOLE } from '../model/axis-map'
import { POINTWISE } from '../model/receptive-field'
import { type Shape, showShape } from '../model/shape'
import { showCountOf } from '../model/show'
import { axisOption, axisOutOfRange, resolveAxis } from './axes'
import { axisName } from './constraints/axes'
import { isMisfit } from './constraints/ranks'
import { constraint, layer, networkText } from './declare'
import { afterBatch, onnx, pytorch } from './foreign'

interface IndexData {
  readonly shape: Shape
  readonly index: Shape
  /** The axis in which the index is larger; null where the ranks differ. */
  readonly axis: number | null
}

const indexMisfit = constraint<IndexData>({
  code: 'index-does-not-fit',
  title: 'An index that does not fit the tensor',
  explanation:
    '`gather` chooses values along one axis and stays at the same place along all others. So the index has as many axes as the tensor, and along the other axes it is not larger.',
  example: networkText('gather(x, z)', '[64, 28, 28]', '[8, 28, 30]'),
  instead: networkText('gather(x, z)', '[64, 28, 28]', '[8, 28, 28]'),
  text: 'The index has as many axes as the tensor, and along all axes but `axis` it is not larger.',
  words: ({ shape, index, axis }) => ({
    what:
      axis === null
        ? `the index ${showShape(index)} has ${showCountOf(index.length, 'axis', 'axes')}, and the tensor ${showShape(shape)} has ${shape.length}`
        : `the index’s ${axisName(axis, index.length)} ${index[axis]} is larger than the tensor’s ${shape[axis]}`,
    why: 'each value of the index chooses along one axis, at its own place along the others',
    todo:
      axis === null
        ? 'reshape the index, or repeat it along the axes that are missing'
        : `give an index of at most ${shape[axis]} there, or another axis`,
  }),
})

export const gather = layer({
  name: 'gather',
  foreign: [
    ...pytorch('take_along_dim', { requires: ['dim'] }),
    { name: 'take_along_axis', args: { axis: { option: 'axis', value: afterBatch } }, requires: ['axis'] },
    ...onnx('GatherElements', { args: { axis: { option: 'axis', value: afterBatch } }, requires: ['axis'] }),
  ],
  category: 'Merging',
  traits: { range: 'kept', reads: 'either' },
  summary: 'Takes from a tensor the values at the positions, along one axis, that an index names.',
  details: 'As `torch.gather`: output [c, i, j] along axis 0 is x[index[c, i, j], i, j].',
  output: 'the index’s shape',
  sees: 'its own place, but along `axis` everything; its own place in the index',
  tensors: [
    { name: 'x', documentation: 'the tensor that is chosen from' },
    { name: 'index', documentation: 'the positions along the axis, as many axes as x' },
  ],
  byPlace: [],
  options: { axis: axisOption },
  constraints: [axisOutOfRange, indexMisfit],
  use: 'To pick one value for each position by an index that is data: the score of the labelled class, the feature of the nearest neighbour.',
  inPyTorch: 'torch.gather(x, 1, index)',
  example: `network Chosen {
  input scores: [21, 64, 64]
  input labels: [1, 64, 64]
  output y = gather(scores, labels)
  expect y.shape == [1, 64, 64]
}`,
  infer: ({ shapes, options }) => {
    const [x, index] = shapes as [Shape, Shape]
    const along = resolveAxis(options.axis, x)
    if (isMisfit(along)) return along
    const larger = index.findIndex((size, i) => i !== along && size > (x[i] as number))
    const axis = x.length === index.length ? larger : null
    if (axis !== -1) return indexMisfit.violated({ shape: x, index, axis }, 1)
    return {
      shapes: [index],
      field: [{ kind: 'maps', maps: x.map((_, i) => (i === along ? WHOLE : SAME)) }, POINTWISE],
    }
  },
})
