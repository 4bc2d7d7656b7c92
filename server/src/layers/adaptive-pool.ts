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
      'Output position n pools the input from ⌊n·i/o⌋ to ⌈(n + 1)·i/o⌉, so that windows may overlap and differ by one. The output may be larger than the input. An axis whose size is `none` stays as it is.',
    source: 'He et al. 2014 (SPP-net), §2.3; the window rule is PyTorch’s',
    output: '[C, size …]',
    sees: 'its window, at most ⌈i/o⌉ + 1 positions; everything at size 1',
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
  summary: 'Means over as many windows as the output has positions.',
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
  summary: 'Maxima over as many windows as the output has positions.',
})
