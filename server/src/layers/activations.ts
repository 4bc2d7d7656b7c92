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
  readonly use: string
  readonly inPyTorch: string | null
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
  use: 'Where only the strength of a response counts and not its sign: after filters whose sign is arbitrary, such as edge detectors, or between two embeddings as their distance `abs(a − b)`.',
  inPyTorch: 'torch.abs(x)',
  source: 'Jarrett et al. 2009, §2',
  range: NON_NEGATIVE,
  more: { keeps: NON_NEGATIVE, idempotent: true },
})

export const elu = activation({
  name: 'elu',
  foreign: ['ELU', ...pytorch('ELU', { order: ['alpha', 'inplace'] })],
  summary: 'x where x is above 0, alpha·(eˣ − 1) below.',
  use: 'In place of `relu`, mostly in networks without normalisation: negative outputs keep the mean near 0 and the gradient alive. It costs an exponential.',
  inPyTorch: 'nn.ELU()',
  source: 'Clevert et al. 2016',
  range: ({ alpha }) => atLeast(Math.min(0, -(alpha as number))),
  more: { keeps: NON_NEGATIVE },
  byPlace: ['alpha'],
  options: {
    alpha: float({ documentation: 'for very negative x the output comes near −alpha', default: '1' }),
  },
})

export const gelu = activation({
  name: 'gelu',
  foreign: [
    ...pytorch('GELU', { order: ['approximate'] }),
    ...keras('GELU', {
      args: { approximate: { option: 'approximate', value: words({ true: 'tanh', false: null }) } },
    }),
  ],
  summary: 'x·Φ(x), Φ(x) being the probability that a standard normal variable is at most x.',
  use: 'The usual activation of transformers and of ConvNeXt. It is close to `relu` for large values and smooth around 0; the `tanh` form is what BERT and GPT-2 were trained with.',
  inPyTorch: 'nn.GELU(approximate="tanh")',
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
  summary: 'An approximation of the sigmoid by three straight lines, relu6(x + 3)/6.',
  use: 'For gates in networks for mobile devices: it needs no exponential and survives low precision.',
  inPyTorch: 'nn.Hardsigmoid()',
  source: 'Howard et al. 2019 (MobileNetV3), §5.2',
  range: { least: 0, most: 1 },
})

export const hardswish = activation({
  name: 'hardswish',
  foreign: [...pytorch('Hardswish', INPLACE), 'hard_swish', 'hard_silu'],
  summary: 'x·relu6(x + 3)/6.',
  use: 'In place of `silu` on mobile devices; MobileNetV3 uses it in its deeper half, where maps are small.',
  inPyTorch: 'nn.Hardswish()',
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
  summary: 'x where x is above 0, slope·x below.',
  use: 'In place of `relu` where units must not die, as in the discriminator of a GAN (slope 0.2) and in Darknet (slope 0.1).',
  inPyTorch: 'nn.LeakyReLU(0.1)',
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
  use: 'In place of `relu` in detectors such as YOLOv4: smooth, and a little better at a little more cost.',
  inPyTorch: 'nn.Mish()',
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
  use: 'The usual activation behind convolutions: cheap, and its gradient does not vanish for positive values. Units that are negative for all images stop learning; `leaky_relu` avoids that.',
  inPyTorch: 'nn.ReLU()',
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
  use: 'In networks for mobile devices that run in low precision, such as MobileNetV2: values stay within a known range.',
  inPyTorch: 'nn.ReLU6()',
  source: 'Krizhevsky 2010',
  range: { least: 0, most: 6 },
  more: { rectifies: true, keeps: { least: 0, most: 6 }, idempotent: true },
})

export const selu = activation({
  name: 'selu',
  foreign: [...pytorch('SELU', INPLACE)],
  summary: '1.0507·x where x is above 0, 1.7581·(eˣ − 1) below: constants that keep mean and variance.',
  use: 'In deep networks of linear layers without normalisation: with the right initial weights mean and variance stay at 0 and 1 by themselves.',
  inPyTorch: 'nn.SELU()',
  source: 'Klambauer et al. 2017, §2',
  range: atLeast(-1.76),
})

export const sigmoid = activation({
  name: 'sigmoid',
  foreign: ['Sigmoid', 'logistic'],
  summary: '1/(1 + e⁻ˣ).',
  use: 'For gates, for attention weights, and for outputs that are each true or false by themselves. Between layers its gradient vanishes: use `relu` there.',
  inPyTorch: 'nn.Sigmoid()',
  range: { least: 0, most: 1 },
})

export const silu = activation({
  name: 'silu',
  aliases: ['swish'],
  foreign: [...pytorch('SiLU', INPLACE), 'Swish'],
  summary: 'x·sigmoid(x).',
  use: 'The activation of EfficientNet and of newer YOLO networks: smooth, and often a little better than `relu`.',
  inPyTorch: 'nn.SiLU()',
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
  use: 'For outputs that must be positive and smooth, such as a variance or a rate.',
  inPyTorch: 'nn.Softplus()',
  source: 'Dugas et al. 2001',
  range: NON_NEGATIVE,
})

export const tanh = activation({
  name: 'tanh',
  foreign: ['Tanh'],
  summary: 'The hyperbolic tangent.',
  use: 'For outputs from −1 to 1, such as the pixels of a generator, and inside recurrent layers. Between layers its gradient vanishes for large values: use `relu` there.',
  inPyTorch: 'nn.Tanh()',
  source: 'LeCun et al. 1998, §II.B',
  range: { least: -1, most: 1 },
})
