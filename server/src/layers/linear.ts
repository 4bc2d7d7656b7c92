import { SAME, WHOLE } from '../model/axis-map'
import { GLOBAL } from '../model/receptive-field'
import { product, type Shape, showShape } from '../model/shape'
import { showCountOf } from '../model/show'
import { bias, withBias } from './convolution'
import { constraint, int, layer, networkText } from './declare'
import { caffe, flax, keras, mxnet, pytorch, unlike, words } from './foreign'

interface FeatureMapData {
  readonly shape: Shape
  readonly features: number
}

const linearOnFeatureMap = constraint<FeatureMapData>({
  code: 'linear-on-feature-map',
  title: '`linear` on a feature map',
  explanation:
    '`linear` reads a vector, or each row of a matrix. A feature map still has spatial axes: flatten it first, or average each channel by `global_avgpool`.',
  example: networkText('x -> linear(1000)', '[512, 7, 7]'),
  text: 'The tensor is a vector `[F]` or rows `[T, F]`.',
  words: ({ shape, features }) => ({
    what: `\`linear(${features})\` is applied to the feature map ${showShape(shape)}`,
    why: 'it reads a vector [F], or rows [T, F]; a map has spatial axes',
    todo: `flatten it first (${showCountOf(product(shape), 'feature')}), or use global_avgpool -> flatten (${showCountOf(shape[0] ?? 0, 'feature')})`,
  }),
})

export const linear = layer({
  name: 'linear',
  aliases: ['fc', 'dense'],
  foreign: [
    ...pytorch('Linear'),
    ...pytorch('LazyLinear', { order: ['features', 'bias'] }),
    ...keras('Dense', { order: ['units', 'activation', 'use_bias'], args: { activation: 'activation' } }),
    ...flax('Dense', { needs: ['features'] }),
    ...caffe('InnerProduct', {
      args: { axis: { only: [1] } },
      unlessVector: 'flatten',
    }),
    ...mxnet('FullyConnected', {
      needs: ['num_hidden'],
      args: { no_bias: { option: 'bias', value: words({ true: 'false', false: null }) } },
    }),
    ...unlike('FullyConnected', 'TF-Slim’s applies relu too'),
  ],
  category: 'Dense',
  traits: { range: 'any', reads: 'rows', linear: true, width: 'features' },
  summary: 'Every output is a learned weighted sum of all inputs.',
  details: 'On rows `[T, F]` each row is treated alike, with the same weights.',
  source: 'LeCun et al. 1998, §II.B (F6)',
  output: '[features]; [T, features] on rows',
  parameters: 'F·features + features (if `bias`)',
  macs: 'F·features for each row',
  sees: 'everything; on rows all features of its row',
  pytorch: { order: ['in_features', 'features', 'bias'], inputSizes: { in_features: 'features' } },
  options: {
    features: int({
      documentation: 'the number of outputs',
      min: 1,
      foreign: ['out_features', 'units', 'num_output', 'num_hidden', 'output_dim'],
    }),
    bias: { ...bias, documentation: 'whether a learned number is added to each output' },
  },
  constraints: [linearOnFeatureMap],
  weighted: true,
  weightLayers: 1,
  use: 'As the classifier at the end, and in the blocks of a transformer. On a flattened map it has a weight for each value: at 512×7×7 inputs and 4,096 outputs more than 100 million, most of VGG-16.',
  inPyTorch: 'nn.Linear(2048, 1000)',
  example: `network Head {
  input x: [2048]
  output logits = x -> linear(1000)
  expect logits.shape == [1000]
  expect params == 2_049_000
}`,
  infer: ({ shapes, options: { features, bias } }) => {
    const [x] = shapes as [Shape]
    if (x.length > 2) return linearOnFeatureMap.violated({ shape: x, features }, 0)
    const inputs = x[x.length - 1] as number
    const rows = x.slice(0, -1)
    return {
      shapes: [[...rows, features]],
      weights: withBias([{ name: 'weight', shape: [features, inputs] }], features, bias),
      macs: product(rows) * features * inputs,
      field: rows.length === 0 ? GLOBAL : { kind: 'maps', maps: [SAME, WHOLE] },
    }
  },
})
