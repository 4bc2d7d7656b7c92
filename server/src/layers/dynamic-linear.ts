import { SAME, WHOLE } from '../model/axis-map'
import { GLOBAL } from '../model/receptive-field'
import { product, type Shape } from '../model/shape'
import { needsVector } from './constraints/ranks'
import { weightsDoNotFit } from './constraints/weights'
import { layer } from './declare'
import { unlike } from './foreign'

export const dynamicLinear = layer({
  name: 'dynamic_linear',
  foreign: unlike('DynamicLinear HyperLinear', 'its weights are a tensor of their own here'),
  category: 'Dense',
  traits: { range: 'any', reads: 'rows', linear: true },
  summary: 'A linear layer with weights that come from another tensor.',
  details:
    'It learns nothing itself. `weights` may have any shape: only the number of its values matters. With weights [features, F] it computes what `linear(features, bias=false)` computes of [F].',
  source: 'Ha et al. 2017 (HyperNetworks), §3; Hu et al. 2018 (Learning to Segment Every Thing), §3.1',
  output: '[|weights|/F]; [T, |weights|/F] on rows',
  macs: 'F·features for each row',
  sees: 'everything; on rows all features of its row; all of the weights',
  tensors: [
    { name: 'x', documentation: 'the input, a vector or rows' },
    { name: 'weights', documentation: 'the weights, F for each feature of the output' },
  ],
  constraints: [needsVector, weightsDoNotFit],
  weightLayers: 1,
  use: 'Where a small network makes the weights of another (hypernetworks), or where classifiers of new classes are computed from those that are known.',
  inPyTorch: 'torch.einsum("bf,bgf->bg", x, weights)',
  example: `network Classifier {
  input x: [1024]
  class_weights = parameter([81, 1024])
  output y = dynamic_linear(x, class_weights)
  expect y.shape == [81]
  expect params == 81 * 1024
}`,
  infer: ({ shapes }) => {
    const [x, weights] = shapes as [Shape, Shape]
    if (x.length > 2) return needsVector.violated({ layer: 'dynamic_linear', shape: x }, 0)
    const inputs = x[x.length - 1] as number
    const rows = x.slice(0, -1)
    const features = product(weights) / inputs
    if (!Number.isInteger(features)) {
      return weightsDoNotFit.violated({ weights, perOutput: inputs, output: 'feature' }, 1)
    }
    return {
      shapes: [[...rows, features]],
      macs: product(rows) * features * inputs,
      field: [rows.length === 0 ? GLOBAL : { kind: 'maps', maps: [SAME, WHOLE] }, GLOBAL],
    }
  },
  formula: ({ shapes }, result) => {
    const [x, weights] = shapes as [Shape, Shape]
    return [`features ${product(weights)}/${x.at(-1)} = ${(result.shapes[0] as Shape).at(-1)}`]
  },
})
