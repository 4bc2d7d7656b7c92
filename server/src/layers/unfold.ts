import { SAME } from '../model/axis-map'
import { product, type Shape } from '../model/shape'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { failing, windowExceedsInput } from './constraints/windows'
import { convPadding, dilation, kernel, stride } from './convolution'
import { layer } from './declare'
import { CAFFE_WINDOW, caffe, pytorch, unlike } from './foreign'
import { span } from './padding'
import { floorCount, paddedSize, windowAxes, windowField } from './window'

export const unfold = layer({
  name: 'unfold',
  foreign: [
    ...pytorch('Unfold', { order: ['kernel', 'dilation', 'padding', 'stride'] }),
    ...caffe('im2col', { args: CAFFE_WINDOW }),
    ...unlike('extract_patches extract_image_patches', 'gives the patches as columns here, not as a map'),
  ],
  category: 'Shape',
  traits: { range: 'kept', reads: 'signal', linear: true, channelwise: true },
  summary:
    'Puts all values of each window into the channels of one position: what a convolution multiplies with its weights.',
  details: 'The windows stand along one axis, row by row, as in PyTorch’s `nn.Unfold`.',
  source: 'Chellapilla et al. 2006, §3',
  output: '[C·∏k, ∏(⌊(i + p_begin + p_end − d(k − 1) − 1)/s⌋ + 1)]',
  sees: 'a window of d(k − 1) + 1 positions; with several spatial axes it is not traced further where a window lies',
  options: { kernel, stride, padding: convPadding, dilation },
  constraints: [needsSpatialAxes, windowExceedsInput],
  use: 'To cut an image into patches for a transformer, or to write a convolution as one matrix product.',
  inPyTorch: 'nn.Unfold(16, stride=16)',
  example: `network Patches {
  input image: [3, 224, 224]
  output y = image -> unfold(16, stride=16) -> permute([1, 0]) -> linear(768)
  expect y.shape == [196, 768]
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    const axes = windowAxes(x, options)
    const large = failing(axes, (axis) => span(axis) <= paddedSize(axis))
    if (large) return windowExceedsInput.violated(large, 'kernel')
    const field = windowField(axes, SAME)
    const counts = axes.map(floorCount)
    return {
      shapes: [[(x[0] as number) * product(options.kernel), product(counts)]],
      field:
        axes.length === 1 || field.kind !== 'maps' ? field : { ...field, to: [0, ...axes.map(() => null)] },
    }
  },
  formula: ({ shapes, options }, result) => {
    const [x] = shapes as [Shape]
    const [output] = result.shapes as [Shape]
    const counts = windowAxes(x, options).map(floorCount)
    return [
      `channels ${x[0]}·${options.kernel.join('·')} = ${output[0]}`,
      `windows ${counts.join('·')} = ${output[1]}`,
    ]
  },
})
