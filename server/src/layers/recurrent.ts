import type { Weight } from '../model/layer'
import { GLOBAL } from '../model/receptive-field'
import { product, type Shape, showShape } from '../model/shape'
import { bias } from './convolution'
import { constraint, faulty, int, layer } from './declare'

interface RowsData {
  readonly shape: Shape
}

const needsRows = constraint<RowsData>({
  code: 'needs-rows',
  example: faulty('x -> lstm(128)', '[64, 14, 14]'),
  text: 'The tensor has two axes, `[T, F]`: T steps of F features.',
  words: ({ shape }) => ({
    what: `a recurrent layer is applied to ${showShape(shape)}`,
    why: 'it reads rows [T, F], one step after the other',
    todo:
      shape.length === 1
        ? `reshape the vector to one step, reshape([1, ${shape[0]}])`
        : `bring the map to rows first, for instance reshape([${shape[0]}, -1]) -> permute([1, 0])`,
  }),
})

interface Recurrent {
  readonly name: string
  readonly foreign: readonly string[]
  readonly summary: string
  readonly source: string
  /** Rows of weights for each hidden unit: the gates and the candidate. */
  readonly gates: number
  readonly directions: 1 | 2
  /** Parameters of the example: 64 features, 128 hidden units. */
  readonly exampleParams: number
}

function recurrent({ gates, directions, exampleParams, ...declared }: Recurrent) {
  return layer({
    ...declared,
    category: 'Recurrence and attention',
    traits: {
      range: { least: -1, most: 1 },
      reads: 'rows',
      ...(directions === 1 ? { width: 'hidden' } : {}),
    },
    details: `Weights are those of PyTorch: for each layer${directions === 2 ? ' and direction' : ''} one set for the input, one for the hidden state, and two biases.`,
    output: directions === 2 ? '[T, 2·hidden]' : '[T, hidden]',
    parameters: `${gates}·hidden·(F + hidden) + ${2 * gates}·hidden${directions === 2 ? ', for each direction' : ''}; further layers read ${directions === 2 ? '2·hidden' : 'hidden'} in place of F`,
    macs: `${gates}·hidden·(F + hidden)${directions === 2 ? ', for each direction' : ''}, for each step`,
    sees: 'everything: the last step has seen all others',
    pytorch: { order: ['input_size', 'hidden', 'layers', 'bias'], inputSizes: { input_size: 'features' } },
    options: {
      hidden: int({
        documentation: `the size of the hidden state${directions === 2 ? ' of each direction' : ''}`,
        min: 1,
        foreign: ['hidden_size', 'units', 'num_units'],
      }),
      layers: int({
        documentation: 'how many layers are stacked',
        min: 1,
        max: 1000,
        default: '1',
        foreign: ['num_layers'],
      }),
      bias,
    },
    constraints: [needsRows],
    weighted: true,
    weightLayers: 1,
    example: `network Sequence {
  input x: [100, 64]
  output y = x -> ${declared.name}(128)
  expect y.shape == [100, ${directions * 128}]
  expect params == ${exampleParams}
}`,
    infer: ({ shapes, options }) => {
      const [x] = shapes as [Shape]
      if (x.length !== 2) return needsRows.violated({ shape: x }, 0)
      const [steps, features] = x as [number, number]
      const { hidden, layers, bias } = options
      const weights: Weight[] = []
      let inputs = features
      let macs = 0
      for (let i = 0; i < layers; i++) {
        for (let direction = 0; direction < directions; direction++) {
          const suffix = layers * directions === 1 ? '' : ` ${i + 1}${direction === 1 ? ' backwards' : ''}`
          const matrices = [
            { name: `input weight${suffix}`, shape: [gates * hidden, inputs] },
            { name: `hidden weight${suffix}`, shape: [gates * hidden, hidden] },
          ]
          weights.push(...matrices)
          if (bias) {
            weights.push({ name: `input bias${suffix}`, shape: [gates * hidden] })
            weights.push({ name: `hidden bias${suffix}`, shape: [gates * hidden] })
          }
          for (const { shape } of matrices) macs += steps * product(shape)
        }
        inputs = directions * hidden
      }
      // The last step has seen all others.
      return { shapes: [[steps, directions * hidden]], weights, macs, field: GLOBAL }
    },
  })
}

export const bilstm = recurrent({
  name: 'bilstm',
  foreign: ['BiLSTM', 'Bidirectional'],
  summary: 'Two LSTMs, one from each end; their outputs stand side by side.',
  source: 'Graves & Schmidhuber 2005, §2',
  gates: 4,
  directions: 2,
  exampleParams: 198_656,
})

export const gru = recurrent({
  name: 'gru',
  foreign: ['GRU'],
  summary: 'A recurrent layer with two gates.',
  source: 'Cho et al. 2014, §2.3',
  gates: 3,
  directions: 1,
  exampleParams: 74_496,
})

export const lstm = recurrent({
  name: 'lstm',
  foreign: ['LSTM'],
  summary: 'A recurrent layer with a cell that three gates guard.',
  source: 'Hochreiter & Schmidhuber 1997; Gers et al. 2000',
  gates: 4,
  directions: 1,
  exampleParams: 99_328,
})
