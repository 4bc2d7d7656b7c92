import type { ForeignArgument, ForeignLayer } from '../model/foreign'
import type { Inference, Violation, Weight } from '../model/layer'
import { GLOBAL } from '../model/receptive-field'
import { product, type Shape, showShape } from '../model/shape'
import type { BoundOptions, ValueRange } from '../model/traits'
import { bias } from './convolution'
import { bool, constraint, faulty, int, layer, optionalInt } from './declare'
import { keras, pytorch, unlike } from './foreign'

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

interface ProjectionData {
  readonly proj: number
  readonly hidden: number
}

const projectionTooLarge = constraint<ProjectionData>({
  code: 'projection-too-large',
  example: faulty('x -> lstm(128, proj=128)', '[100, 64]'),
  text: '`proj` is smaller than `hidden`.',
  words: ({ proj, hidden }) => ({
    what: `proj=${proj} is not smaller than the hidden size ${hidden}`,
    why: 'the projection makes the output smaller than the cell',
    todo: `use proj=${Math.max(1, Math.floor(hidden / 2))}, or leave it out`,
  }),
})

interface Recurrent {
  readonly name: string
  readonly foreign: readonly ForeignLayer[]
  readonly summary: string
  readonly source: string
  /** Rows of weights for each hidden unit: the gates and the candidate. */
  readonly gates: number
  /** Parameters of the example: 64 features, 128 hidden units. */
  readonly exampleParams: number
}

const hidden = int({
  documentation: 'the size of the hidden state, of each direction',
  min: 1,
  foreign: ['hidden_size', 'units', 'num_units'],
})

const layers = int({
  documentation: 'how many layers are stacked',
  min: 1,
  max: 1000,
  default: '1',
  foreign: ['num_layers'],
})

const bidirectional = bool({
  documentation: 'whether a second one reads from the end; their outputs stand side by side',
  default: 'false',
})

const proj = optionalInt({
  documentation: 'the size to which the output of each step is projected; the hidden size when left out',
  optional: true,
  min: 1,
  foreign: ['proj_size', 'num_proj'],
})

type Directions = 'two' | 'either'

/** What all recurrent layers say of themselves; `directions` is whether they always read from both ends. */
function described({ gates, exampleParams, ...declared }: Recurrent, directions: Directions) {
  return {
    ...declared,
    category: 'Recurrence and attention' as const,
    traits: {
      range: ({ proj }: BoundOptions): ValueRange => (proj === undefined ? { least: -1, most: 1 } : 'any'),
      reads: 'rows' as const,
      ...(directions === 'two' ? {} : { width: 'hidden' }),
    },
    details:
      'Weights are those of PyTorch: for each layer and direction one set for the input, one for the hidden state, and two biases.',
    output: directions === 'two' ? '[T, 2·hidden]' : '[T, hidden], or [T, 2·hidden] in both directions',
    parameters: `${gates}·hidden·(F + hidden) + ${2 * gates}·hidden, for each direction; further layers read the output of the one before in place of F`,
    macs: `${gates}·hidden·(F + hidden), for each direction, for each step`,
    sees: 'everything: the last step has seen all others',
    pytorch: {
      order: ['input_size', 'hidden', 'layers', 'bias'],
      inputSizes: { input_size: 'features' as const },
    },
    weighted: true as const,
    weightLayers: 1,
    example: `network Sequence {
  input x: [100, 64]
  output y = x -> ${declared.name}(128)
  expect y.shape == [100, ${directions === 'two' ? 256 : 128}]
  expect params == ${exampleParams}
}`,
  }
}

interface RecurrentOptions {
  readonly hidden: number
  readonly layers: number
  readonly bias: boolean
  readonly proj?: number | undefined
}

/** Shapes, weights in PyTorch’s layout and MACs of recurrent layers with `gates` rows of weights a hidden unit. */
function recur(
  x: Shape,
  gates: number,
  directions: 1 | 2,
  { hidden, layers, bias, proj }: RecurrentOptions,
): Inference | Violation {
  if (x.length !== 2) return needsRows.violated({ shape: x }, 0)
  if (proj !== undefined && proj >= hidden) return projectionTooLarge.violated({ proj, hidden }, 'proj')
  const [steps, features] = x as [number, number]
  const state = proj ?? hidden
  const weights: Weight[] = []
  let inputs = features
  let macs = 0
  for (let i = 0; i < layers; i++) {
    for (let direction = 0; direction < directions; direction++) {
      const suffix = layers * directions === 1 ? '' : ` ${i + 1}${direction === 1 ? ' backwards' : ''}`
      const matrices = [
        { name: `input weight${suffix}`, shape: [gates * hidden, inputs] },
        { name: `hidden weight${suffix}`, shape: [gates * hidden, state] },
        ...(proj === undefined ? [] : [{ name: `projection${suffix}`, shape: [proj, hidden] }]),
      ]
      weights.push(...matrices)
      if (bias) {
        weights.push({ name: `input bias${suffix}`, shape: [gates * hidden] })
        weights.push({ name: `hidden bias${suffix}`, shape: [gates * hidden] })
      }
      for (const { shape } of matrices) macs += steps * product(shape)
    }
    inputs = directions * state
  }
  // The last step has seen all others.
  return { shapes: [[steps, directions * state]], weights, macs, field: GLOBAL }
}

function pytorchRecurrent(name: string): readonly ForeignLayer[] {
  return pytorch(name, {
    order: ['input_size', 'hidden', 'layers', 'bias', 'batch_first', 'dropout', 'bidirectional', 'proj'],
    args: { batch_first: 'ignored', dropout: 'lacking' },
  })
}

/** Keras gives the last step alone, unless it is asked for all of them. */
function kerasRecurrent(name: string): readonly ForeignLayer[] {
  const args: Readonly<Record<string, ForeignArgument>> = {
    dropout: 'lacking',
    recurrent_dropout: 'lacking',
    return_state: { only: [false] },
    activation: { only: ['tanh'] },
    reset_after: 'ignored',
    stateful: 'ignored',
  }
  return [
    ...keras(name, {
      order: ['units'],
      requires: ['return_sequences'],
      args: { ...args, return_sequences: { only: [true] } },
    }),
    ...keras(name, {
      order: ['units'],
      args: { ...args, return_sequences: { only: [false] } },
      remark: 'gives all steps here, Keras the last one',
    }),
  ]
}

const LSTM_GATES = 4
const GRU_GATES = 3

export const bilstm = layer({
  ...described(
    {
      name: 'bilstm',
      foreign: [...pytorchRecurrent('BiLSTM'), ...unlike('Bidirectional', 'of an LSTM')],
      summary:
        'Two LSTMs, one from each end; their outputs stand side by side: `lstm` with `bidirectional=true`.',
      source: 'Graves & Schmidhuber 2005, §2; proj: Sak et al. 2014, §2.2',
      gates: LSTM_GATES,
      exampleParams: 198_656,
    },
    'two',
  ),
  options: { hidden, layers, bias, proj },
  constraints: [needsRows, projectionTooLarge],
  infer: ({ shapes, options }) => recur(shapes[0] as Shape, LSTM_GATES, 2, options),
})

export const gru = layer({
  ...described(
    {
      name: 'gru',
      foreign: [...pytorchRecurrent('GRU'), ...kerasRecurrent('GRU')],
      summary: 'A recurrent layer with two gates.',
      source: 'Cho et al. 2014, §2.3',
      gates: GRU_GATES,
      exampleParams: 74_496,
    },
    'either',
  ),
  options: { hidden, layers, bias, bidirectional },
  constraints: [needsRows],
  infer: ({ shapes, options }) =>
    recur(shapes[0] as Shape, GRU_GATES, options.bidirectional ? 2 : 1, options),
})

export const lstm = layer({
  ...described(
    {
      name: 'lstm',
      foreign: [...pytorchRecurrent('LSTM'), ...kerasRecurrent('LSTM')],
      summary: 'A recurrent layer with a cell that three gates guard.',
      source: 'Hochreiter & Schmidhuber 1997; Gers et al. 2000; proj: Sak et al. 2014, §2.2',
      gates: LSTM_GATES,
      exampleParams: 99_328,
    },
    'either',
  ),
  options: { hidden, layers, bias, bidirectional, proj },
  constraints: [needsRows, projectionTooLarge],
  infer: ({ shapes, options }) =>
    recur(shapes[0] as Shape, LSTM_GATES, options.bidirectional ? 2 : 1, options),
})
