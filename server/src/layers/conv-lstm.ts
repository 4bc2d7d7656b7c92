import { SAME, WHOLE, windowMap } from '../model/axis-map'
import type { FieldTransform } from '../model/receptive-field'
import { product, type Shape, sameShape, showShape } from '../model/shape'
import { needsSpatialAxes, spatialMisfit } from './constraints/ranks'
import { CHANNELS_FOREIGN, kernel } from './convolution'
import { constraint, int, layer, networkText } from './declare'
import { keras, unlike } from './foreign'

interface StateData {
  readonly state: Shape
  readonly wanted: Shape
}

const stateDiffers = constraint<StateData>({
  code: 'state-differs',
  title: 'A state of the wrong shape',
  explanation:
    'The hidden state and the cell have the channels of the output and the size of the input. Without them the layer starts with zeros.',
  example: networkText('conv_lstm(x, z, 16) -> concat', '[3, 32, 32]', '[8, 32, 32]'),
  instead: networkText('conv_lstm(x, z, 16) -> concat', '[3, 32, 32]', '[16, 32, 32]'),
  text: '`hidden` and `cell` have the output’s shape.',
  words: ({ state, wanted }) => ({
    what: `a state of shape ${showShape(state)} is given, ${showShape(wanted)} is needed`,
    why: 'hidden state and cell have the output’s channels and the input’s size',
    todo: 'give the states of a conv_lstm with the same channels, or leave them out (zeros)',
  }),
})

export const convLstm = layer({
  name: 'conv_lstm',
  foreign: [
    ...keras('ConvLSTM1D ConvLSTM2D ConvLSTM3D', {
      order: ['filters', 'kernel_size'],
      args: { padding: { only: ['same'] }, return_sequences: 'ignored' },
      remark: 'one step here: its states are tensors of their own',
    }),
    ...unlike('ConvLSTM ConvLSTMCell', 'one step here: its states are tensors of their own'),
  ],
  category: 'Recurrence and attention',
  traits: { range: 'any', reads: 'signal', window: 'slides', width: 'channels' },
  summary: 'One step of an LSTM in which convolutions take the place of the matrix products.',
  details:
    'It returns the new hidden state and the new cell, `h, c = conv_lstm(x, h, c, 64)`, both of the input’s size: the convolutions are padded.',
  source: 'Shi et al. 2015, §3.1',
  output: '[channels, i …] twice',
  parameters: '4·(∏k·(C + channels)·channels + channels)',
  macs: '4·∏k·(C + channels)·channels for each position',
  sees: 'a window of k positions, moving by 1, in the input and in the hidden state; its own place in the cell',
  tensors: [
    { name: 'x', documentation: 'the input of this step' },
    { name: 'hidden', documentation: 'the hidden state before; zeros when left out', optional: true },
    { name: 'cell', documentation: 'the cell before; zeros when left out', optional: true },
  ],
  byPlace: ['channels', 'kernel'],
  options: {
    channels: int({ documentation: 'channels of the states', min: 1, foreign: CHANNELS_FOREIGN }),
    kernel: { ...kernel, default: '3' },
  },
  constraints: [needsSpatialAxes, stateDiffers],
  returnsList: true,
  weighted: true,
  weightLayers: 1,
  use: 'For sequences of maps, such as radar images or video: it remembers over time and keeps the place of everything. Apply one `shared` step to each frame.',
  inPyTorch: null,
  example: `network Steps {
  input first: [3, 32, 32]
  input second: [3, 32, 32]
  shared step = conv_lstm(channels=16)
  h, c = first -> step
  y, _ = step(second, h, c)
  output y
  expect y.shape == [16, 32, 32]
  expect params == 11_008
}`,
  infer: ({ shapes, options: { channels, kernel } }) => {
    const [x, ...states] = shapes as [Shape, ...Shape[]]
    const misfit = spatialMisfit(x)
    if (misfit) return misfit
    const [inputs, ...sizes] = x as [number, ...number[]]
    const wanted = [channels, ...sizes]
    const wrong = states.findIndex((state) => !sameShape(state, wanted))
    if (wrong >= 0) {
      return stateDiffers.violated({ state: states[wrong] as Shape, wanted }, wrong + 1)
    }
    const weight = { name: 'weight', shape: [4 * channels, inputs + channels, ...kernel] }
    const windows = kernel.map((k) => windowMap({ kernel: k, begin: Math.floor((k - 1) / 2) }))
    const seen: FieldTransform = { kind: 'maps', maps: [WHOLE, ...windows] }
    // The cell is only gated, value by value.
    const kept: FieldTransform = { kind: 'maps', maps: x.map(() => SAME) }
    return {
      shapes: [wanted, wanted],
      weights: [weight, { name: 'bias', shape: [4 * channels] }],
      macs: product(sizes) * product(weight.shape),
      field: [seen, seen, kept].slice(0, shapes.length),
    }
  },
})
