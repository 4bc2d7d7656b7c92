/** Recurrent layers: ONNX has the steps first, then the batch, then the features; its result has an axis of directions. */
import { constantAt, NoCounterpart, tensorAt } from '../../trace/tracer'
import type { TensorValue } from '../../trace/values'
import type { Operator, Operators } from './operator'

function recurrent(layer: 'lstm' | 'gru'): Operator {
  return (node, inputs, tracer) => {
    const x = tensorAt(inputs, 0)
    const weight = constantAt(inputs, 1)
    if (weight === undefined) throw new NoCounterpart('it has no weights')
    const hidden = node.int('hidden_size', 0)
    const directions = node.text('direction', 'forward')
    if (directions === 'reverse') throw new NoCounterpart('it reads the steps backwards')
    const bidirectional = directions === 'bidirectional'
    const [made] = tracer.apply(node.site, {
      layer,
      inputs: [x],
      options: { hidden, bias: inputs[3] !== undefined, bidirectional },
      weights: [weight, constantAt(inputs, 2), constantAt(inputs, 3)],
      declared: { name: 'input_size', value: weight.dims[2] ?? 0, axis: -1 },
    })
    const { dims, batch, tensor } = made as TensorValue
    const [steps, size, features] = dims as readonly [number, number, number]
    const count = bidirectional ? 2 : 1
    if (batch?.axis !== 1 || size === undefined || features === undefined) {
      throw new NoCounterpart('its batch does not come second')
    }
    // [steps, batch, directions × features] as ONNX lays it out: [steps, directions, batch, features].
    const laidOut: TensorValue = {
      kind: 'tensor',
      tensor,
      dims: [steps, count, size, features / count],
      batch: { axis: 2, outer: 1, times: 1 },
    }
    return [laidOut, undefined, undefined]
  }
}

export const RECURRENT: Operators = { LSTM: recurrent('lstm'), GRU: recurrent('gru') }
