import { adaptiveMap, SAME } from '../model/axis-map'
import type { ForeignLayer } from '../model/foreign'
import { axisNames, type Shape } from '../model/shape'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { layer, openSize } from './declare'
import { keras, pytorch } from './foreign'
import { SAME_SIZE } from './identities'

interface AdaptivePool {
  readonly name: string
  readonly foreign: readonly (string | ForeignLayer)[]
  readonly summary: string
  readonly use: string
  readonly inPyTorch: string | null
  readonly by: 'largest' | 'average'
}

function adaptivePool({ by, ...declared }: AdaptivePool) {
  return layer({
    ...declared,
    category: 'Pooling',
    traits: {
      range: 'kept',
      reads: 'signal',
      ...(by === 'average' ? { linear: true } : {}),
      channelwise: true,
      pools: { by, over: 'cells' },
      identity: SAME_SIZE,
    },
    details:
      'Output position n pools the input positions from ⌊n·i/o⌋ up to, not including, ⌈(n + 1)·i/o⌉. Windows may overlap, and their sizes may differ by 1. The output may be larger than the input. An axis whose size is `none` stays as it is.',
    source: 'He et al. 2014 (SPP-net), §2.3; the window rule is PyTorch’s',
    output: '[C, size …]',
    sees: 'a window of at most ⌈i/o⌉ + 1 positions; everything at size 1',
    options: {
      size: openSize({
        documentation: 'the output’s size; `none` for an axis that stays, as in `[none, 1]`',
        foreign: ['output_size'],
      }),
    },
    constraints: [needsSpatialAxes],
    example: `network Head {
  input x: [512, 10, 12]
  output y = x -> ${declared.name}(7)
  expect y.shape == [512, 7, 7]
}`,
    infer: ({ shapes, options }) => {
      const [x] = shapes as [Shape]
      const misfit = spatialMisfit(x)
      if (misfit) return misfit
      const [channels, ...sizes] = x as [number, ...number[]]
      const outputs = sizes.map((size, axis) => options.size[axis] ?? size)
      const maps = sizes.map((from, axis) => adaptiveMap(from, outputs[axis] as number))
      return { shapes: [[channels, ...outputs]], field: { kind: 'maps', maps: [SAME, ...maps] } }
    },
    formula: ({ shapes, options }) => {
      const [, ...sizes] = shapes[0] as [number, ...number[]]
      const names = axisNames(sizes.length)
      const lines = sizes.map((size, i) => {
        const output = options.size[i] ?? size
        if (output === size) return 'output n pools n'
        const ratio = `${size}/${output}`
        return `output n pools ⌊n·${ratio}⌋ … ⌈(n + 1)·${ratio}⌉ − 1`
      })
      if (lines.every((line) => line === lines[0])) return lines.slice(0, 1)
      return lines.map((line, i) => `${names[i]} ${line}`)
    },
  })
}

export const adaptiveAvgpool = adaptivePool({
  name: 'adaptive_avgpool',
  by: 'average',
  foreign: [
    ...pytorch('AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d'),
    ...keras('AdaptiveAveragePooling2D'),
  ],
  summary: 'The mean of each window, with as many windows as the output is to have positions.',
  use: 'Before linear layers that need a fixed number of inputs while images come in several sizes. With size 1 it is global pooling; with 7 it keeps the head of a VGG usable on larger images.',
  inPyTorch: 'nn.AdaptiveAvgPool2d(7)',
})

export const adaptiveMaxpool = adaptivePool({
  name: 'adaptive_maxpool',
  by: 'largest',
  foreign: [
    ...pytorch('AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d', {
      order: ['size', 'return_indices'],
    }),
    ...keras('AdaptiveMaxPooling2D'),
  ],
  summary: 'The largest value of each window, with as many windows as the output is to have positions.',
  use: 'As adaptive average pooling, where one strong response should decide for its whole cell: small objects are not averaged away.',
  inPyTorch: 'nn.AdaptiveMaxPool2d(7)',
})
