import type { ForeignArgument, ForeignLayer } from '../model/foreign'
import type { Inference, Violation, Weight } from '../model/layer'
import { GLOBAL } from '../model/receptive-field'
import { product, type Shape, showShape } from '../model/shape'
import type { BoundOptions, ValueRange } from '../model/traits'
import { NEEDS_ROWS } from './constraints/ranks'
import { bias as channelBias } from './convolution'
import { bool, constraint, int, layer, networkText, optionalInt } from './declare'
import { keras, pytorch, unlike } from './foreign'

interface RowsData {
  readonly shape: Shape
}

const needsRows = constraint<RowsData>({
  ...NEEDS_ROWS,
  example: networkText('x -> lstm(128)', '[64, 14, 14]'),
  instead: networkText('x -> reshape([64, -1]) -> permute([1, 0]) -> lstm(128)', '[64, 14, 14]'),
  text: 'The tensor has two axes, `[T, F]`: T steps of F features.',
  words: ({ shape }) => ({
    what: `a recurrent layer is applied to ${shape.length === 1 ? 'a vector' : 'a tensor'} ${showShape(shape)}`,
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
  title: 'A projection that is not smaller than the hidden size',
  explanation: '`proj` makes the output of an LSTM smaller than its cell. So it is smaller than `hidden`.',
  example: networkText('x -> lstm(128, proj=128)', '[100, 64]'),
  instead: networkText('x -> lstm(128, proj=64)', '[100, 64]'),
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
  readonly use: string
  readonly inPyTorch: string | null
  readonly source: string
  /** Rows of weights for each hidden unit: the gates and the candidate. */
  readonly gates: number
  /** Whether it has the option `proj`. */
  readonly projects: boolean
  /** Parameters of the example: 64 features, 128 hidden units. */
  readonly exampleParams: number
}

const bias = {
  ...channelBias,
  documentation: 'whether the gates add learned numbers, two for each hidden unit',
}

const hidden = int({
  documentation: 'the size of the hidden state of each direction',
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
  documentation: 'whether a second layer reads the steps from the end; the outputs of the two are joined',
  default: 'false',
})

const proj = optionalInt({
  documentation: 'the size to which the output of each step is projected; the hidden size when left out',
  optional: true,
  min: 1,
  foreign: ['proj_size', 'num_proj'],
})

type Directions = 'two' | 'either'

/** Shape, parameters and MACs as formulas; a projection is told of where there is the option. */
function formulas({ gates, projects }: Pick<Recurrent, 'gates' | 'projects'>, directions: Directions) {
  const state = projects ? 'R' : 'hidden'
  const count = directions === 'two' ? '2' : 'D'
  const symbols = [
    ...(directions === 'two' ? [] : ['D being 1, or 2 with `bidirectional=true`']),
    ...(projects ? ['R being `proj`, or `hidden` without it'] : []),
  ].join('; ')
  const projection = projects ? ' + proj·hidden (if `proj`)' : ''
  const stacked = (more: string) => {
    const first = `${gates}·hidden·(F + ${state})${more}`
    const further = `${gates}·hidden·(${count}·${state} + ${state})${more}`
    return `${count}·(${first}) + (layers − 1)·${count}·(${further})`
  }
  return {
    output: `[T, ${count}·${state}]; ${symbols}`,
    parameters: `${stacked(` + ${2 * gates}·hidden (if \`bias\`)${projection}`)}; ${symbols}`,
    macs: `${stacked(projection)} for each step; ${symbols}`,
  }
}

/** What all recurrent layers say of themselves; `directions` is whether they always read from both ends. */
function described({ gates, exampleParams, projects, ...declared }: Recurrent, directions: Directions) {
  return {
    ...declared,
    category: 'Recurrence and attention' as const,
    traits: {
      range: ({ proj }: BoundOptions): ValueRange => (proj === undefined ? { least: -1, most: 1 } : 'any'),
      reads: 'rows' as const,
      ...(directions === 'two' ? {} : { width: 'hidden' }),
    },
    details:
      'The weights are those of PyTorch: for each layer and direction a matrix for the input, one for the hidden state, and two biases. Layers after the first read the output of the layer before.',
    ...formulas({ gates, projects }, directions),
    sees:
      directions === 'two'
        ? 'all steps'
        : 'its own step and all steps before it, or all steps in both directions; both count as everything',
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
      summary: 'Two LSTMs, one from each end, with their outputs joined: `lstm` with `bidirectional=true`.',
      use: 'For sequences that are known as a whole, such as the columns of a line of text: each step then knows what comes before and after it. It cannot run while the sequence is still coming in.',
      inPyTorch: 'nn.LSTM(64, 128, bidirectional=True, batch_first=True)',
      source: 'Graves & Schmidhuber 2005, §2; proj: Sak et al. 2014, §2.2',
      gates: LSTM_GATES,
      projects: true,
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
      summary: 'Reads rows one after the other and remembers them in a hidden state that two gates control.',
      use: 'For sequences, as `lstm` with a quarter fewer weights and mostly the same accuracy.',
      inPyTorch: 'nn.GRU(64, 128, batch_first=True)',
      source: 'Cho et al. 2014, §2.3',
      gates: GRU_GATES,
      projects: false,
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
      summary: 'Reads rows one after the other and remembers them in a cell that three gates control.',
      use: 'For sequences with long-range dependence: lines of text, video features, audio. It computes step after step; where the sequence is short or training time counts, convolutions or `attention` are faster.',
      inPyTorch: 'nn.LSTM(64, 128, batch_first=True)',
      source: 'Hochreiter & Schmidhuber 1997; Gers et al. 2000; proj: Sak et al. 2014, §2.2',
      gates: LSTM_GATES,
      projects: true,
      exampleParams: 99_328,
    },
    'either',
  ),
  options: { hidden, layers, bias, bidirectional, proj },
  constraints: [needsRows, projectionTooLarge],
  infer: ({ shapes, options }) =>
    recur(shapes[0] as Shape, LSTM_GATES, options.bidirectional ? 2 : 1, options),
})
