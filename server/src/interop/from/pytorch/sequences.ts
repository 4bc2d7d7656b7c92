/** Layers of torch.nn over sequences: recurrent ones and attention. */
import { NoCounterpart } from '../trace/tracer'
import { batchAt, type ConstantValue, type TensorValue } from '../trace/values'
import { attribute, type CallReader, numberOf, type PyTorchCall, tensorArgument } from './call'

/** The steps come first unless `batch_first` is set; the state is that after the last step. */
export function recurrent(layer: 'lstm' | 'gru'): CallReader {
  return (call) => {
    const x = tensorArgument(call, 0, 'input')
    const { tracer, site } = call
    const batchFirst = attribute(call, 'batch_first') === true
    const hidden = numberOf(attribute(call, 'hidden_size')) ?? 0
    const layers = numberOf(attribute(call, 'num_layers')) ?? 1
    const bidirectional = attribute(call, 'bidirectional') === true
    const proj = numberOf(attribute(call, 'proj_size')) ?? 0
    if (x.batch?.axis !== (batchFirst ? 0 : 1) && x.dims.length === 3) {
      throw new NoCounterpart(
        batchFirst
          ? 'it reads the second axis as the steps, and the batch is not the first'
          : 'it reads the first axis as the steps, which is the batch here: batch_first=True reads the second',
      )
    }
    const [made] = tracer.apply(site, {
      layer,
      inputs: [x],
      options: {
        hidden,
        layers,
        bias: attribute(call, 'bias') !== false,
        bidirectional,
        ...(proj === 0 || layer === 'gru' ? {} : { proj }),
      },
      weights: weightsOf(call),
      declared: { name: 'input_size', value: numberOf(attribute(call, 'input_size')) ?? 0, axis: -1 },
    }) as [TensorValue]
    const state = lastState(call, made, {
      layers,
      directions: bidirectional ? 2 : 1,
      features: proj || hidden,
    })
    return [made, layer === 'lstm' ? [state, undefined] : state]
  }
}

/** The state after the last step: with one layer and direction, the last row of the result. */
function lastState(
  { tracer, site }: PyTorchCall,
  made: TensorValue,
  {
    layers,
    directions,
    features,
  }: { readonly layers: number; readonly directions: number; readonly features: number },
): TensorValue {
  const { batchSize } = tracer
  const [steps = 1] = tracer.shapeOf(made)
  if (layers * directions === 1) {
    const [last] = tracer.apply(site, {
      layer: 'slice',
      inputs: [made],
      options: { start: steps - 1, stop: steps },
      batch: batchAt(1),
    }) as [TensorValue]
    return last
  }
  const dims = [layers * directions, batchSize, features]
  return tracer.opaque(
    site,
    [{ ...made, batch: batchAt(1) }],
    dims,
    'the states after the last step, of each layer and direction',
  )
}

function weightsOf({ call, weight }: PyTorchCall): readonly (ConstantValue | undefined)[] {
  return Object.keys(call.parameters ?? {}).map((name) => weight(name))
}

export const attention: CallReader = (call) => {
  const query = tensorArgument(call, 0, 'query')
  const key = tensorArgument(call, 1, 'key')
  const value = tensorArgument(call, 2, 'value')
  const batchFirst = attribute(call, 'batch_first') === true
  if (query.batch?.axis !== (batchFirst ? 0 : 1)) {
    throw new NoCounterpart('its batch is not where batch_first says')
  }
  const isSame = key.tensor === query.tensor && value.tensor === query.tensor
  const inputs = isSame ? [query] : value.tensor === key.tensor ? [query, key] : [query, key, value]
  const [made] = call.tracer.apply(call.site, {
    layer: 'attention',
    inputs,
    options: {
      heads: numberOf(attribute(call, 'num_heads')) ?? 1,
      bias: call.weight('in_proj_bias') !== undefined,
    },
    weights: weightsOf(call),
    declared: { name: 'embed_dim', value: numberOf(attribute(call, 'embed_dim')) ?? 0, axis: -1 },
  })
  return [made, undefined]
}
