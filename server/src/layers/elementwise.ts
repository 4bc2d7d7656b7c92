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
  readonly source?: string
  readonly traits: Pick<Traits, 'range' | 'merges' | 'linear'>
}

/** A function of the values of several tensors at the same place. */
function elementwise(declared: Elementwise) {
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
      'Along an axis where one tensor has size 1, its value meets all the others’: `[C, 1, 1]` with `[C, H, W]`.',
    output: 'the tensors’ shape, axes of size 1 stretched',
    tensors: [{ name: 'xs', documentation: 'the tensors that meet', rest: { min: 2 } }],
    constraints: [shapesDiffer],
    example: `network Merged {
  input x: [16, 28, 28]
  gate = x -> global_avgpool -> conv(16, 1) -> sigmoid
  output y = ${declared.name}(x, gate)
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
  traits: { range: 'any', merges: 'added', linear: true },
  foreign: ['Add', ...caffe('Eltwise', { args: { operation: { only: ['SUM', 1] }, coeff: 'lacking' } })],
  summary: 'The sum of the tensors, value by value.',
  source: 'He et al. 2016 (ResNet), §3.2',
})

export const divide = elementwise({
  name: 'divide',
  traits: { range: 'any', merges: 'divided' },
  foreign: ['Divide', 'Div', 'true_divide'],
  summary: 'The first tensor divided by all others.',
  source: 'attention that is normalised by its sum: Katharopoulos et al. 2020, §3.2',
})

export const maximum = elementwise({
  name: 'maximum',
  traits: { range: 'kept', merges: 'largest' },
  foreign: [
    'Maximum',
    ...caffe('Eltwise', { requires: ['operation'], args: { operation: { only: ['MAX', 2] } } }),
  ],
  summary: 'The largest of the tensors, value by value.',
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
  source: 'Hu et al. 2018 (squeeze-and-excitation), §3.2',
})

export const sub = elementwise({
  name: 'sub',
  traits: { range: 'any', merges: 'subtracted', linear: true },
  foreign: ['Subtract', 'Sub', 'subtract'],
  summary: 'The first tensor less all others, value by value.',
})
