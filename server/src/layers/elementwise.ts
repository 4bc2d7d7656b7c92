import type { ForeignLayer } from '../model/foreign'
import type { Traits } from '../model/traits'
import { meet, shapesDiffer } from './constraints/merging'
import { isMisfit } from './constraints/ranks'
import { layer } from './declare'
import { caffe } from './foreign'
import { ONE_TENSOR } from './identities'

interface Elementwise {
  readonly name: string
  readonly foreign: readonly (string | ForeignLayer)[]
  readonly summary: string
  readonly use: string
  readonly inPyTorch: string | null
  readonly source?: string
  readonly traits: Pick<Traits, 'range' | 'merges' | 'linear'>
  /** What the map `x` meets in the example; a gate where it is left out. */
  readonly other?: string
}

const GATE = 'x -> global_avgpool -> conv(16, 1) -> sigmoid'
const BRANCH = 'x -> conv(16, 3, padding=1)'

/** A function of the values of several tensors at the same place. */
function elementwise({ other = GATE, ...declared }: Elementwise) {
  return layer({
    ...declared,
    traits: {
      reads: 'either',
      elementwise: true,
      channelwise: true,
      identity: ONE_TENSOR,
      ...declared.traits,
    },
    category: 'Merging',
    details:
      'Along an axis where a tensor has size 1, its one value is used for all positions: a gate `[C, 1, 1]` works on all of `[C, H, W]`.',
    output: 'the tensors’ shape, along each axis the largest size',
    tensors: [
      {
        name: 'xs',
        documentation: 'the tensors, whose values at the same place are taken together',
        rest: { min: 2 },
      },
    ],
    constraints: [shapesDiffer],
    example: `network Merged {
  input x: [16, 28, 28]
  z = ${other}
  output y = ${declared.name}(x, z)
  expect y.shape == [16, 28, 28]
}`,
    infer: ({ shapes }) => {
      const shape = meet(shapes)
      return isMisfit(shape) ? shape : { shapes: [shape] }
    },
  })
}

export const add = elementwise({
  name: 'add',
  other: BRANCH,
  traits: { range: 'any', merges: 'added', linear: true },
  foreign: ['Add', ...caffe('Eltwise', { args: { operation: { only: ['SUM', 1] }, coeff: 'lacking' } })],
  summary: 'The sum of the tensors, value by value.',
  use: 'For shortcuts: a branch that adds to its input only has to learn the difference, which is why residual networks can be very deep. Unlike `concat` it costs no channels.',
  inPyTorch: 'xs[0] + xs[1]',
  source: 'He et al. 2016 (ResNet), §3.2',
})

export const divide = elementwise({
  name: 'divide',
  other: 'x -> norm(axis=[1, 2], keep=true)',
  traits: { range: 'any', merges: 'divided' },
  foreign: ['Divide', 'Div', 'true_divide'],
  summary: 'The first tensor divided by all others, value by value.',
  use: 'To normalise by something that is computed: weights by their sum, a map by its energy. Make sure that the divisor cannot be 0.',
  inPyTorch: 'xs[0] / xs[1]',
  source: 'attention that is normalised by its sum: Katharopoulos et al. 2020, §3.2',
})

export const maximum = elementwise({
  name: 'maximum',
  other: BRANCH,
  traits: { range: 'kept', merges: 'largest' },
  foreign: [
    'Maximum',
    ...caffe('Eltwise', { requires: ['operation'], args: { operation: { only: ['MAX', 2] } } }),
  ],
  summary: 'The largest of the tensors, value by value.',
  use: 'To join branches of which the strongest should win, such as the same network on several views of an object.',
  inPyTorch: 'torch.maximum(*xs)',
  source: 'Goodfellow et al. 2013, §2',
})

export const mul = elementwise({
  name: 'mul',
  traits: { range: 'any', merges: 'multiplied', linear: true },
  foreign: [
    'Multiply',
    'Mul',
    'multiply',
    ...caffe('Eltwise', { requires: ['operation'], args: { operation: { only: ['PROD', 0] } } }),
  ],
  summary: 'The product of the tensors, value by value.',
  use: 'For gates and attention: a map times weights from 0 to 1, for each channel (squeeze-and-excitation), each position, or each value.',
  inPyTorch: 'xs[0] * xs[1]',
  source: 'Hu et al. 2018 (squeeze-and-excitation), §3.2',
})

export const sub = elementwise({
  name: 'sub',
  other: BRANCH,
  traits: { range: 'any', merges: 'subtracted', linear: true },
  foreign: ['Subtract', 'Sub', 'subtract'],
  summary: 'The first tensor minus all others, value by value.',
  use: 'For differences: two embeddings that are compared, an image without its blur, noise that is taken away.',
  inPyTorch: 'xs[0] - xs[1]',
})
