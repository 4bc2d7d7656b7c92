import { SAME, WHOLE } from '../model/axis-map'
import type { ForeignLayer } from '../model/foreign'
import type { Shape } from '../model/shape'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { layer } from './declare'
import { keras, onnx, unlike } from './foreign'
import { SAME_SIZE } from './identities'

interface GlobalPool {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly foreign: readonly (string | ForeignLayer)[]
  readonly summary: string
  readonly use: string
  readonly inPyTorch: string | null
  readonly by: 'largest' | 'average'
  readonly source: string
}

function globalPool({ by, ...declared }: GlobalPool) {
  return layer({
    ...declared,
    category: 'Pooling',
    traits: {
      range: 'kept',
      reads: 'signal',
      ...(by === 'average' ? { linear: true } : {}),
      channelwise: true,
      pools: { by, over: 'map' },
      identity: SAME_SIZE,
    },
    details: 'The spatial axes stay, each with size 1; `flatten` makes a vector of the result.',
    output: '[C, 1 …]',
    sees: 'everything',
    constraints: [needsSpatialAxes],
    example: `network Head {
  input x: [2048, 7, 7]
  output y = x -> ${declared.name} -> flatten
  expect y.shape == [2048]
  expect params == 0
}`,
    infer: ({ shapes }) => {
      const [x] = shapes as [Shape]
      return (
        spatialMisfit(x) ?? {
          shapes: [x.map((size, axis) => (axis === 0 ? size : 1))],
          field: { kind: 'maps', maps: x.map((_, axis) => (axis === 0 ? SAME : WHOLE)) },
        }
      )
    },
  })
}

/** Keras makes a vector of it, unless `keepdims` says otherwise. */
function kerasGlobal(names: string): readonly ForeignLayer[] {
  const data_format = { only: ['channels_last'] }
  return [
    ...keras(names, { behind: 'flatten', args: { keepdims: { only: [false] }, data_format } }),
    ...keras(names, { requires: ['keepdims'], args: { keepdims: { only: [true] }, data_format } }),
  ]
}

export const globalAvgpool = globalPool({
  name: 'global_avgpool',
  by: 'average',
  aliases: ['gap'],
  foreign: [
    ...kerasGlobal('GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D'),
    ...onnx('GlobalAveragePool'),
    ...unlike('GlobalAvgPool2d GlobalAvgPool', 'whether it keeps axes of size 1, as here, its code tells'),
  ],
  summary: 'The mean of each channel.',
  use: 'Before the classifier: it replaces large linear layers, has no weights to overfit, and lets the network take images of any size. It is also the squeeze of squeeze-and-excitation.',
  inPyTorch: 'nn.AdaptiveAvgPool2d(1)',
  source: 'Lin et al. 2014 (Network in Network), §3.2',
})

export const globalMaxpool = globalPool({
  name: 'global_maxpool',
  by: 'largest',
  foreign: [
    ...kerasGlobal('GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D'),
    ...onnx('GlobalMaxPool'),
    ...unlike('GlobalMaxPool2d', 'whether it keeps axes of size 1, as here, its code tells'),
  ],
  summary: 'The largest value of each channel.',
  use: 'Where one place of the image decides, as in weakly supervised detection, or the strongest response of a filter over a text.',
  inPyTorch: 'nn.AdaptiveMaxPool2d(1)',
  source: 'Oquab et al. 2015, §3',
})
