import type { ForeignLayer } from '../model/foreign'
import type { OptionSpecs } from '../model/layer'
import { type Interval, NON_NEGATIVE, type Traits } from '../model/traits'
import { float, layer, optionalWord } from './declare'
import { caffe, keras, onnx, pytorch, words } from './foreign'

interface Activation<S extends OptionSpecs> {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly foreign?: readonly (string | ForeignLayer)[]
  readonly summary: string
  readonly source?: string
  readonly range: Traits['range']
  /** What is told of few activations; all are elementwise. */
  readonly more?: Pick<Traits, 'rectifies' | 'keeps' | 'idempotent' | 'identity'>
  readonly options?: S
  readonly byPlace?: readonly (keyof S & string)[]
  /** How the layer stands in its example. */
  readonly call?: string
}

/** PyTorch's activations take one thing more. */
const INPLACE = { order: ['inplace'] }

/** A function of each value alone. */
function activation<S extends OptionSpecs = Record<never, never>>({
  call,
  range,
  more,
  ...declared
}: Activation<S>) {
  return layer<S>({
    ...declared,
    category: 'Activation',
    traits: { range, reads: 'either', elementwise: true, channelwise: true, activation: true, ...more },
    output: 'the input’s shape',
    example: `network Activated {
  input x: [8, 16, 16]
  output y = x -> ${call ?? declared.name}
  expect y.shape == [8, 16, 16]
  expect params == 0
}`,
    infer: ({ shapes }) => ({ shapes }),
  })
}

/** The least value of a curve that dips below 0, rounded down, and all above it. */
function atLeast(least: number): Interval {
  return { least, most: Number.POSITIVE_INFINITY }
}

export const abs = activation({
  name: 'abs',
  foreign: ['absolute'],
  summary: 'The absolute value, |x|.',
  source: 'Jarrett et al. 2009, §2',
  range: NON_NEGATIVE,
  more: { keeps: NON_NEGATIVE, idempotent: true },
})

export const elu = activation({
  name: 'elu',
  foreign: ['ELU', ...pytorch('ELU', { order: ['alpha', 'inplace'] })],
  summary: 'x above 0, α(eˣ − 1) below.',
  source: 'Clevert et al. 2016',
  range: ({ alpha }) => atLeast(Math.min(0, -(alpha as number))),
  more: { keeps: NON_NEGATIVE },
  byPlace: ['alpha'],
  options: { alpha: float({ documentation: 'the value it falls to, negated', default: '1' }) },
})

export const gelu = activation({
  name: 'gelu',
  foreign: [
    ...pytorch('GELU', { order: ['approximate'] }),
    ...keras('GELU', {
      args: { approximate: { option: 'approximate', value: words({ true: 'tanh', false: null }) } },
    }),
  ],
  summary: 'x·Φ(x), Φ being the normal distribution function.',
  source: 'Hendrycks & Gimpel 2016',
  options: {
    approximate: optionalWord(['tanh'], {
      documentation: '½(1 + tanh(√(2/π)·(x + 0.044715·x³))) in place of Φ; Φ itself when left out',
      optional: true,
    }),
  },
  call: 'gelu(approximate=tanh)',
  range: atLeast(-0.1701),
})

export const hardsigmoid = activation({
  name: 'hardsigmoid',
  foreign: [
    ...pytorch('Hardsigmoid', INPLACE),
    ...keras('hard_sigmoid', { remark: 'Keras 2 and ONNX have another slope, 0.2' }),
    ...onnx('HardSigmoid', { remark: 'Keras 2 and ONNX have another slope, 0.2' }),
  ],
  summary: 'The sigmoid in three straight pieces, relu6(x + 3)/6.',
  source: 'Howard et al. 2019 (MobileNetV3), §5.2',
  range: { least: 0, most: 1 },
})

export const hardswish = activation({
  name: 'hardswish',
  foreign: [...pytorch('Hardswish', INPLACE), 'hard_swish', 'hard_silu'],
  summary: 'x·relu6(x + 3)/6.',
  source: 'Howard et al. 2019 (MobileNetV3), §5.2',
  range: atLeast(-0.375),
})

export const leakyRelu = activation({
  name: 'leaky_relu',
  foreign: [
    ...pytorch('LeakyReLU', { order: ['slope', 'inplace'] }),
    ...keras('LeakyReLU', { order: ['slope'], gives: { slope: '0.3' } }),
    ...keras('ReLU', { needs: ['negative_slope'], args: { max_value: 'lacking', threshold: 'lacking' } }),
  ],
  summary: 'x above 0, slope·x below.',
  source: 'Maas et al. 2013',
  range: ({ slope }) => ((slope as number) <= 0 ? NON_NEGATIVE : 'any'),
  more: {
    keeps: NON_NEGATIVE,
    identity: {
      holds: ({ options }) => options.slope === 1,
      why: 'with slope 1 it is x on both sides of 0',
      by: 'options',
      options: ['slope'],
    },
  },
  byPlace: ['slope'],
  options: {
    slope: float({
      documentation: 'the slope below 0',
      default: '0.01',
      foreign: ['negative_slope', 'alpha', 'leak'],
    }),
  },
  call: 'leaky_relu(0.1)',
})

export const mish = activation({
  name: 'mish',
  foreign: [...pytorch('Mish', INPLACE)],
  summary: 'x·tanh(ln(1 + eˣ)).',
  source: 'Misra 2019',
  range: atLeast(-0.31),
})

export const relu = activation({
  name: 'relu',
  foreign: [
    ...pytorch('ReLU', INPLACE),
    ...keras('ReLU', { args: { max_value: { only: ['none'] } } }),
    ...caffe('ReLU'),
  ],
  summary: 'max(0, x).',
  source: 'Nair & Hinton 2010; Krizhevsky et al. 2012, §3.1',
  range: NON_NEGATIVE,
  more: { rectifies: true, keeps: NON_NEGATIVE, idempotent: true },
})

export const relu6 = activation({
  name: 'relu6',
  foreign: [
    ...pytorch('ReLU6', INPLACE),
    ...keras('ReLU', { needs: ['max_value'], order: ['max_value'], args: { max_value: { only: [6] } } }),
  ],
  summary: 'min(max(0, x), 6).',
  source: 'Krizhevsky 2010',
  range: { least: 0, most: 6 },
  more: { rectifies: true, keeps: { least: 0, most: 6 }, idempotent: true },
})

export const selu = activation({
  name: 'selu',
  foreign: [...pytorch('SELU', INPLACE)],
  summary: 'λ·elu(x), with the constants that keep mean and variance.',
  source: 'Klambauer et al. 2017, §2',
  range: atLeast(-1.76),
})

export const sigmoid = activation({
  name: 'sigmoid',
  foreign: ['Sigmoid', 'logistic'],
  summary: '1/(1 + e⁻ˣ).',
  range: { least: 0, most: 1 },
})

export const silu = activation({
  name: 'silu',
  aliases: ['swish'],
  foreign: [...pytorch('SiLU', INPLACE), 'Swish'],
  summary: 'x·sigmoid(x).',
  source: 'Elfwing et al. 2018; Ramachandran et al. 2017',
  range: atLeast(-0.28),
})

export const softplus = activation({
  name: 'softplus',
  foreign: [
    ...pytorch('Softplus', {
      order: ['beta', 'threshold'],
      args: { beta: { only: [1] }, threshold: 'ignored' },
    }),
    'Softplus',
    ...caffe('BNLL'),
  ],
  summary: 'ln(1 + eˣ).',
  source: 'Dugas et al. 2001',
  range: NON_NEGATIVE,
})

export const tanh = activation({
  name: 'tanh',
  foreign: ['Tanh'],
  summary: 'The hyperbolic tangent.',
  source: 'LeCun et al. 1998, §II.B',
  range: { least: -1, most: 1 },
})
