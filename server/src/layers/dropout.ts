import type { Traits } from '../model/traits'
import { float, int, layer } from './declare'

const rate = float({
  documentation: 'the share of what is dropped',
  default: '0.5',
  min: 0,
  max: 1,
  foreign: ['p', 'drop_prob', 'dropout_ratio', 'drop_rate'],
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
  foreign: ['Dropout', 'Dropout1d', 'Dropout2d', 'Dropout3d', 'SpatialDropout2D', 'AlphaDropout'],
  category: 'Regularisation',
  traits: DROPPING,
  summary: 'In training drops single values at random; at inference passes the tensor through.',
  source: 'Srivastava et al. 2014, §4',
  output: 'the input’s shape',
  byPlace: ['rate'],
  options: { rate },
  example: `network Head {
  input x: [4096]
  output y = x -> relu -> dropout(0.5) -> linear(1000)
  expect y.shape == [1000]
}`,
  infer: ({ shapes }) => ({ shapes }),
})

export const dropblock = layer({
  name: 'dropblock',
  foreign: ['DropBlock', 'DropBlock2d', 'DropBlock2D'],
  category: 'Regularisation',
  traits: DROPPING,
  summary: 'In training drops squares of a map at random; at inference passes the tensor through.',
  source: 'Ghiasi et al. 2018, §3',
  output: 'the input’s shape',
  byPlace: ['rate'],
  options: {
    rate,
    block: int({ documentation: 'the side of a square', default: '7', min: 1, foreign: ['block_size'] }),
  },
  example: `network Dropped {
  input x: [256, 28, 28]
  output y = x -> dropblock(0.1)
  expect y.shape == [256, 28, 28]
}`,
  infer: ({ shapes }) => ({ shapes }),
})

export const dropPath = layer({
  name: 'drop_path',
  foreign: ['DropPath', 'StochasticDepth'],
  category: 'Regularisation',
  traits: DROPPING,
  summary: 'In training drops a whole branch at random; at inference passes the tensor through.',
  source: 'Huang et al. 2016 (stochastic depth), §3; Larsson et al. 2017 (FractalNet), §3',
  output: 'the input’s shape',
  byPlace: ['rate'],
  options: { rate },
  example: `network Residual {
  input x: [64, 56, 56]
  branch = x -> conv(64, 3, padding=1) -> drop_path(0.2)
  output y = add(x, branch)
  expect y.shape == [64, 56, 56]
}`,
  infer: ({ shapes }) => ({ shapes }),
})
