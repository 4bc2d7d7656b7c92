/** Arithmetic of each value with constants: what `0.17 * x`, `1 - x` and `x ** 2` are. */

import { NON_NEGATIVE } from '../model/traits'
import { float, layer } from './declare'
import { keras } from './foreign'

export const affine = layer({
  name: 'affine',
  foreign: [
    { name: 'mul_scalar', order: ['factor'], args: { scalar: { option: 'factor' } } },
    { name: 'add_scalar', order: ['offset'], args: { scalar: { option: 'offset' } } },
    ...keras('Rescaling', { order: ['scale', 'offset'], args: { scale: { option: 'factor' } } }),
  ],
  category: 'Merging',
  traits: {
    range: 'any',
    reads: 'either',
    linear: true,
    elementwise: true,
    channelwise: true,
    identity: {
      holds: ({ options }) => options.factor === 1 && options.offset === 0,
      why: 'each value times 1 and plus 0 is that value',
      by: 'options',
      options: ['factor', 'offset'],
    },
  },
  summary: 'Multiplies each value by a constant and adds a constant.',
  details: 'Operators with a number on one side are this layer: `0.17 * x`, `1 - x`, `x / 2`, `-x`.',
  source: 'scaled residuals: Szegedy et al. 2017 (Inception-ResNet), §3.3',
  output: 'the input’s shape',
  byPlace: ['factor', 'offset'],
  options: {
    factor: float({ documentation: 'what each value is multiplied with', default: '1' }),
    offset: float({ documentation: 'what is added then', default: '0', foreign: ['shift'] }),
  },
  use: 'To damp a residual branch (Inception-ResNet multiplies by 0.1 to 0.3 so that training stays stable), to turn a gate g into 1 − g, or to bring pixels to another range.',
  inPyTorch: '0.17 * x',
  example: `network Scaled {
  input x: [320, 35, 35]
  branch = x -> conv(320, 1)
  output y = add(x, 0.17 * branch) -> relu
  output gate = x -> sigmoid -> affine(factor=-1, offset=1)
  expect y.shape == gate.shape
}`,
  infer: ({ shapes }) => ({ shapes }),
})

export const power = layer({
  name: 'power',
  foreign: ['Pow', { name: 'square', gives: { exponent: '2' } }],
  category: 'Merging',
  traits: {
    range: ({ exponent }) => ((exponent as number) % 2 === 0 ? NON_NEGATIVE : 'any'),
    reads: 'either',
    elementwise: true,
    channelwise: true,
    identity: {
      holds: ({ options }) => options.exponent === 1,
      why: 'a value to the power of 1 is that value',
      by: 'options',
      options: ['exponent'],
    },
  },
  summary: 'Raises each value to a constant power.',
  details: '`x ** 2` is this layer.',
  source: 'global response normalisation: Woo et al. 2023 (ConvNeXt V2), §3.2',
  output: 'the input’s shape',
  options: {
    exponent: float({ documentation: 'the power; 0.5 is the square root', foreign: ['p'] }),
  },
  use: 'For squares and roots inside a normalisation or a distance that is written out by hand.',
  inPyTorch: 'x ** 2',
  example: `network Squared {
  input x: [64, 14, 14]
  output y = x ** 2 -> mean(axis=[1, 2], keep=true) -> power(0.5)
  expect y.shape == [64, 1, 1]
}`,
  infer: ({ shapes }) => ({ shapes }),
})
