import { SAME, windowMap } from '../model/axis-map'
import type { Shape } from '../model/shape'
import { axisOutOfRange, resolveAxis } from './axes'
import { axisName } from './constraints/axes'
import { channelsDoNotDivide } from './constraints/channels'
import { isMisfit } from './constraints/ranks'
import { layer, optionalInt } from './declare'
import { pytorch } from './foreign'

export const glu = layer({
  name: 'glu',
  foreign: [...pytorch('GLU', { order: ['dim'], gives: { axis: '-1' } }), 'gated_linear_unit'],
  category: 'Activation',
  traits: { range: 'any', reads: 'rows', activation: true },
  summary: 'One half of the channels times the sigmoid of the other half.',
  source: 'Dauphin et al. 2017, §2',
  output: 'the input’s shape, half as large along `axis`',
  options: {
    axis: optionalInt({
      documentation: 'the axis that is halved; left out: 0 (channels), on rows the last',
      optional: true,
      countsAxes: true,
      foreign: ['dim'],
    }),
  },
  constraints: [axisOutOfRange, channelsDoNotDivide],
  use: 'Where one half of the channels should decide how much of the other half passes, as in convolutional language and audio models. The layer before it makes twice the channels.',
  inPyTorch: 'nn.GLU(dim=1)',
  example: `network Gated {
  input x: [128, 100]
  output y = x -> conv(256, 3, padding=1) -> glu(axis=0)
  expect y.shape == [128, 100]
}`,
  infer: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const axis = resolveAxis(options.axis ?? (x.length === 2 ? 1 : 0), x)
    if (isMisfit(axis)) return axis
    const count = x[axis] as number
    if (count % 2 !== 0) {
      const data = { what: axisName(axis, x.length), count, divisor: 2, spelled: 'half' }
      return channelsDoNotDivide.violated(data, options.axis === undefined ? 0 : 'axis')
    }
    const halves = windowMap({ kernel: 2, dilation: count / 2 })
    return {
      shapes: [x.map((size, i) => (i === axis ? size / 2 : size))],
      field: { kind: 'maps', maps: x.map((_, i) => (i === axis ? halves : SAME)) },
    }
  },
  formula: ({ shapes, options }) => {
    const [x] = shapes as [Shape]
    const axis = resolveAxis(options.axis ?? (x.length === 2 ? 1 : 0), x) as number
    return [`${axisName(axis, x.length)} ${x[axis]}/2 = ${(x[axis] as number) / 2}`]
  },
})
