import type { Shape } from '../model/shape'
import { layer } from './declare'
import { caffe, pytorch } from './foreign'

export const scale = layer({
  name: 'scale',
  foreign: [
    ...caffe('Scale', { args: { bias_term: { only: [false] }, axis: { only: [1] } } }),
    ...pytorch('LayerScale', {
      order: ['dim', 'init_values'],
      args: { dim: { inputSize: 'channels' }, init_values: 'ignored' },
    }),
  ],
  category: 'Merging',
  traits: { range: 'any', reads: 'signal', linear: true, elementwise: true, channelwise: true },
  summary: 'Multiplies each channel by a learned factor.',
  source: 'Touvron et al. 2021 (CaiT), §2.1',
  output: 'the input’s shape',
  parameters: 'C',
  weighted: true,
  use: 'At the end of a residual branch of a very deep network, starting near 0: each branch is let in slowly (LayerScale).',
  inPyTorch: 'x * nn.Parameter(torch.ones(64, 1, 1))',
  example: `network Scaled {
  input x: [64, 14, 14]
  output y = x -> scale
  expect y.shape == [64, 14, 14]
  expect params == 64
}`,
  infer: ({ shapes }) => {
    const [x] = shapes as [Shape]
    return { shapes: [x], weights: [{ name: 'factor', shape: x.slice(0, 1) }] }
  },
})
