import type { ForeignValue } from '../model/foreign'
import type { Shape } from '../model/shape'
import { NON_NEGATIVE } from '../model/traits'
import { bool, layer } from './declare'
import { caffe, keras, pytorch } from './foreign'

/** How many slopes there are: one, or one for each channel. */
const oneForAll: ForeignValue = {
  words: '1 → false',
  write: ({ value }) => (value === 1 ? 'false' : null),
}

export const prelu = layer({
  name: 'prelu',
  foreign: [
    ...pytorch('PReLU', {
      order: ['num_parameters', 'init'],
      args: { num_parameters: { option: 'per_channel', value: oneForAll }, init: 'ignored' },
      gives: { per_channel: (given) => String(given('num_parameters') !== undefined) },
    }),
    ...keras('PReLU', { requires: ['shared_axes'], args: { shared_axes: 'ignored' } }),
    ...keras('PReLU', {
      order: [],
      remark: 'Keras learns a slope for each value, this one for each channel',
    }),
    ...caffe('PReLU', { order: [], args: { channel_shared: { only: [false] } } }),
  ],
  category: 'Activation',
  traits: {
    range: 'any',
    reads: 'signal',
    elementwise: true,
    channelwise: true,
    activation: true,
    keeps: NON_NEGATIVE,
  },
  summary: 'x where x is above 0, a learned slope times x below.',
  source: 'He et al. 2015, §2.1',
  output: 'the input’s shape',
  parameters: 'C; 1 with `per_channel=false`',
  pytorch: { order: ['num_parameters'], inputSizes: { num_parameters: 'channels' } },
  options: {
    per_channel: bool({
      documentation: 'one slope for each channel; otherwise a single one',
      default: 'true',
    }),
  },
  weighted: true,
  use: 'In place of `relu` where a few more weights do not matter: the slope below 0 is learned. Usual in face recognition.',
  inPyTorch: 'nn.PReLU(64)',
  example: `network Activated {
  input x: [64, 16, 16]
  output y = x -> prelu
  expect y.shape == [64, 16, 16]
  expect params == 64
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    return { shapes: [x], weights: [{ name: 'slope', shape: options.per_channel ? x.slice(0, 1) : [1] }] }
  },
})
