import type { Traits } from '../model/traits'
import { float, int, layer } from './declare'
import { complement, keras, pytorch } from './foreign'

const rate = float({
  documentation: 'how much is dropped, from 0 (nothing) to 1 (all)',
  default: '0.5',
  min: 0,
  max: 1,
  foreign: [
    ...['p', 'drop_prob', 'dropout_ratio', 'drop_rate'],
    ...['keep_prob', 'keep', 'survival_probability'].map((name) => ({ name, value: complement })),
  ],
})

const DROPPING: Traits = {
  range: 'kept',
  reads: 'either',
  linear: true,
  elementwise: true,
  channelwise: true,
  training: 'drops',
  identity: {
    holds: ({ options }) => options.rate === 0,
    why: 'at rate 0 nothing is dropped',
    by: 'options',
    options: ['rate'],
  },
}

export const dropout = layer({
  name: 'dropout',
  foreign: [
    ...pytorch('Dropout', { order: ['rate', 'inplace'] }),
    ...keras('Dropout', {
      order: ['rate', 'noise_shape', 'seed'],
      args: { seed: 'ignored' },
      requires: ['rate'],
    }),
    ...pytorch('Dropout1d Dropout2d Dropout3d', {
      order: ['rate', 'inplace'],
      remark: 'drops single values here, not whole channels',
    }),
    ...keras('SpatialDropout1D SpatialDropout2D SpatialDropout3D', {
      order: ['rate'],
      remark: 'drops single values here, not whole channels',
    }),
    ...pytorch('AlphaDropout FeatureAlphaDropout', {
      order: ['rate', 'inplace'],
      remark: 'sets values to 0 here, and does not keep mean and variance',
    }),
  ],
  category: 'Regularisation',
  traits: DROPPING,
  summary: 'In training it sets random values to 0; at inference it passes the tensor through.',
  source: 'Srivastava et al. 2014, §4',
  output: 'the input’s shape',
  byPlace: ['rate'],
  options: { rate },
  use: 'Before or between large linear layers, which overfit easily: 0.5 in AlexNet and VGG, 0.2 before the classifier of newer networks. Behind convolutions with batch normalisation it rarely helps.',
  inPyTorch: 'nn.Dropout(0.5)',
  example: `network Head {
  input x: [4096]
  output y = x -> relu -> dropout(0.5) -> linear(1000)
  expect y.shape == [1000]
}`,
  infer: ({ shapes }) => ({ shapes }),
})

export const dropblock = layer({
  name: 'dropblock',
  foreign: [...pytorch('DropBlock2d', { order: ['rate', 'block', 'inplace'] }), 'DropBlock', 'DropBlock2D'],
  category: 'Regularisation',
  traits: DROPPING,
  summary: 'In training it sets random squares of the map to 0; at inference it passes the tensor through.',
  source: 'Ghiasi et al. 2018, §3',
  output: 'the input’s shape',
  byPlace: ['rate'],
  options: {
    rate,
    block: int({
      documentation: 'the height and width of a square',
      default: '7',
      min: 1,
      foreign: ['block_size', 'dropblock_size'],
    }),
  },
  use: 'In place of `dropout` behind convolutions: neighbouring values of a map say nearly the same, so that dropping single ones removes little.',
  inPyTorch: 'torchvision.ops.DropBlock2d(0.1, block_size=7)',
  example: `network Dropped {
  input x: [256, 28, 28]
  output y = x -> dropblock(0.1) -> conv(256, 3, padding=1)
  expect y.shape == [256, 28, 28]
}`,
  infer: ({ shapes }) => ({ shapes }),
})

export const dropPath = layer({
  name: 'drop_path',
  foreign: [
    ...pytorch('DropPath', { gives: { rate: '0' } }),
    ...pytorch('StochasticDepth', { order: ['rate', 'mode'], args: { mode: { only: ['row'] } } }),
    ...keras('StochasticDepth', { needs: ['survival_probability'] }),
  ],
  category: 'Regularisation',
  traits: DROPPING,
  summary:
    'In training it sets the whole tensor of randomly chosen images to 0; at inference it passes the tensor through.',
  source: 'Huang et al. 2016 (stochastic depth), §3; Larsson et al. 2017 (FractalNet), §3',
  output: 'the input’s shape',
  byPlace: ['rate'],
  options: { rate },
  use: 'At the end of a residual branch, before the sum: very deep networks train faster and generalise better. Let the rate grow with depth, from 0 to 0.1 … 0.5.',
  inPyTorch: 'torchvision.ops.StochasticDepth(0.2, mode="row")',
  example: `network Residual {
  input x: [64, 56, 56]
  branch = x -> conv(64, 3, padding=1) -> drop_path(0.2)
  output y = add(x, branch)
  expect y.shape == [64, 56, 56]
}`,
  infer: ({ shapes }) => ({ shapes }),
})
