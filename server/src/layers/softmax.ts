import { SAME, WHOLE } from '../model/axis-map'
import type { ForeignLayer } from '../model/foreign'
import type { Shape } from '../model/shape'
import type { Traits } from '../model/traits'
import { axisOutOfRange, resolveAxis } from './axes'
import { isMisfit } from './constraints/ranks'
import { layer, optionalInt } from './declare'
import { keras, ownAxis, pytorch } from './foreign'

interface Softmax {
  readonly name: string
  readonly foreign: readonly (string | ForeignLayer)[]
  readonly summary: string
  readonly use: string
  readonly inPyTorch: string | null
  readonly traits: Pick<Traits, 'range' | 'shares' | 'idempotent'>
}

function softmaxLayer(declared: Softmax) {
  return layer({
    ...declared,
    traits: { reads: 'rows', activation: true, ...declared.traits },
    category: 'Activation',
    source: 'Bridle 1990',
    output: 'the input’s shape',
    sees: 'its own place; everything along `axis`, where it is a spatial one',
    pytorch: { order: ['axis'] },
    options: {
      axis: optionalInt({
        documentation:
          'the axis along which the values sum to 1; when left out 0 (channels), on rows the last',
        optional: true,
        countsAxes: true,
        foreign: ['dim'],
      }),
    },
    constraints: [axisOutOfRange],
    example: `network Scores {
  input x: [1000]
  output y = x -> ${declared.name}
  expect y.shape == [1000]
}`,
    infer: ({ shapes, options }) => {
      const [x] = shapes as [Shape]
      const axis = resolveAxis(options.axis ?? (x.length === 2 ? 1 : 0), x)
      if (isMisfit(axis)) return axis
      return { shapes: [x], field: { kind: 'maps', maps: x.map((_, i) => (i === axis ? WHOLE : SAME)) } }
    },
  })
}

export const softmax = softmaxLayer({
  name: 'softmax',
  traits: { range: { least: 0, most: 1 }, shares: 'plain' },
  foreign: [
    ...pytorch('Softmax'),
    ...pytorch('Softmax2d', { gives: { axis: '0' } }),
    ...keras('Softmax', { order: ['axis'], args: { axis: { option: 'axis', value: ownAxis } } }),
  ],
  summary: 'Divides eˣ by the sum of all eˣ along an axis: positive values that sum to 1.',
  use: 'For probabilities of classes that exclude each other, and for the weights of an attention. In training leave it to the loss: `nn.CrossEntropyLoss` wants what comes before it.',
  inPyTorch: 'nn.Softmax(dim=1)',
})

export const logSoftmax = softmaxLayer({
  name: 'log_softmax',
  traits: { range: { least: Number.NEGATIVE_INFINITY, most: 0 }, shares: 'logarithms', idempotent: true },
  foreign: [...pytorch('LogSoftmax')],
  summary: 'The logarithm of the softmax along an axis.',
  use: 'Before a loss that takes logarithms of probabilities (`nn.NLLLoss`): it is exact where softmax would round to 0. `nn.CrossEntropyLoss` contains it.',
  inPyTorch: 'nn.LogSoftmax(dim=1)',
})
