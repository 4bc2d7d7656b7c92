import { SAME, WHOLE } from '../model/axis-map'
import { GLOBAL } from '../model/receptive-field'
import type { Shape } from '../model/shape'
import { NON_NEGATIVE } from '../model/traits'
import { needsVector } from './constraints/ranks'
import { bool, int, layer } from './declare'

export const rbf = layer({
  name: 'rbf',
  foreign: ['RBF', 'RBFLayer', 'EuclideanRBF'],
  category: 'Dense',
  traits: { range: NON_NEGATIVE, reads: 'rows', width: 'classes' },
  summary: 'The squared Euclidean distance from the input to the code of each class.',
  details:
    'A code is a vector as long as the input. Those of LeNet-5 were drawn by hand and stay fixed; `trainable=true` learns them.',
  source: 'LeCun et al. 1998, §II.B (output layer)',
  output: '[classes]; [T, classes] on rows',
  parameters: 'classes·F; they are fixed unless `trainable=true`',
  sees: 'everything; on rows all features of its row',
  options: {
    classes: int({
      documentation: 'the number of codes',
      min: 1,
      foreign: ['out_features', 'units', 'num_classes'],
    }),
    trainable: bool({
      documentation: 'whether the codes are learned; fixed codes are counted apart',
      default: 'false',
    }),
  },
  constraints: [needsVector],
  weighted: true,
  use: 'To rebuild the output of LeNet-5. Today a linear layer with softmax stands there.',
  inPyTorch: null,
  example: `network Output {
  input f6: [84]
  output y = f6 -> rbf(10)
  expect y.shape == [10]
  expect params == 0
}`,
  infer: ({ shapes, options: { classes } }) => {
    const [x] = shapes as [Shape]
    if (x.length > 2) return needsVector.violated({ layer: 'rbf', shape: x }, 0)
    const rows = x.slice(0, -1)
    return {
      shapes: [[...rows, classes]],
      weights: [{ name: 'codes', shape: [classes, x[x.length - 1] as number] }],
      field: rows.length === 0 ? GLOBAL : { kind: 'maps', maps: [SAME, WHOLE] },
    }
  },
})
