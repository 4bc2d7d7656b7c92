/** Arithmetic, products and probabilities. */
import { arithmetic, type Operator, rounded } from '../../trace/arithmetic'
import { imageAxisAt, linearOver } from '../../trace/shapes'
import { NoCounterpart } from '../../trace/tracer'
import type { TensorValue, TraceValue } from '../../trace/values'
import { type CallReader, input, numberOf, type PyTorchCall, tensorArgument } from '../call'
import type { DumpValue } from '../dump'
import { constant, simple } from './shared'

function binary(operator: Operator, reversed = false): CallReader {
  return (call) => {
    const a = operand(call, call.call.args[0])
    const b = operand(call, call.argument(1, 'other') ?? call.argument(1, 'exponent'))
    const [made] = arithmetic(call.site, call.tracer, operator, reversed ? b : a, reversed ? a : b)
    return made
  }
}

/** A tensor, weights, or a number as a constant. */
function operand(call: PyTorchCall, value: DumpValue | undefined): TraceValue | undefined {
  if (typeof value === 'number') return { kind: 'constant', dims: [], numbers: [value], trained: false }
  return call.value(value)
}

const linear: CallReader = (call) => {
  const weight = constant(call, 1, 'weight')
  const [features, inFeatures] = weight?.dims ?? []
  if (features === undefined || inFeatures === undefined)
    throw new NoCounterpart('its weights are made by the network')
  return linearOver(call.site, call.tracer, input(call), { features, inFeatures }, [
    weight,
    constant(call, 2, 'bias'),
  ])[0]
}

const matmul: CallReader = (call) => {
  const a = call.value(call.call.args[0])
  const b = call.value(call.argument(1, 'other') ?? call.argument(1, 'mat2'))
  if (a?.kind === 'tensor' && b?.kind === 'constant' && b.dims.length === 2) {
    const [inFeatures, features] = b.dims as readonly [number, number]
    return linearOver(call.site, call.tracer, a, { features, inFeatures }, [b, undefined])[0]
  }
  if (a?.kind !== 'tensor' || b?.kind !== 'tensor')
    throw new NoCounterpart('it multiplies by weights of its own')
  return call.tracer.apply(call.site, { layer: 'matmul', inputs: [a, b] })[0]
}

const clamp: CallReader = (call) => {
  const x = input(call)
  const low = call.argument(1, 'min') ?? call.argument(1, 'min_val')
  const high = call.argument(2, 'max') ?? call.argument(2, 'max_val')
  if (low === 0 && high === 6) return call.tracer.apply(call.site, { layer: 'relu6', inputs: [x] })[0]
  if (low === 0 && (high === undefined || high === null)) {
    return call.tracer.apply(call.site, { layer: 'relu', inputs: [x] })[0]
  }
  throw new NoCounterpart(`values are kept between ${String(low)} and ${String(high)}`)
}

/** softmax(q·kᵀ/√d)·v, heads among the axes before the last two (Vaswani et al. 2017, §3.2.1). */
const attention: CallReader = (call) => {
  const [query, key, value] = ['query', 'key', 'value'].map((name, i) => tensorArgument(call, i, name))
  const { tracer, site } = call
  const features = query?.dims.at(-1) ?? 1
  const [scores] = tracer.apply(site, {
    layer: 'matmul',
    inputs: [query as TensorValue, key as TensorValue],
    options: { transpose_b: true },
  }) as [TensorValue]
  const [scaled] = tracer.apply(site, {
    layer: 'affine',
    inputs: [scores],
    options: { factor: rounded(1 / Math.sqrt(features)) },
  }) as [TensorValue]
  const [weights] = tracer.apply(site, {
    layer: 'softmax',
    inputs: [scaled],
    options: { axis: tracer.shapeOf(scaled).length - 1 },
  }) as [TensorValue]
  return tracer.apply(site, { layer: 'matmul', inputs: [weights, value as TensorValue] })[0]
}

const softmax =
  (layer: string): CallReader =>
  (call) => {
    const x = input(call)
    const dim = numberOf(call.argument(1, 'dim'))
    if (dim === undefined) throw new NoCounterpart('its dim is not given')
    return call.tracer.apply(call.site, { layer, inputs: [x], options: { axis: imageAxisAt(x, dim) } })[0]
  }

const dropout = simple('dropout', (call) => ({ rate: rounded(numberOf(call.argument(1, 'p')) ?? 0.5) }))

export const ARITHMETIC: Readonly<Record<string, CallReader>> = {
  softmax: softmax('softmax'),
  log_softmax: softmax('log_softmax'),
  dropout,
  dropout1d: dropout,
  dropout2d: dropout,
  dropout3d: dropout,
  alpha_dropout: dropout,
  feature_dropout: dropout,
  add: binary('add'),
  __add__: binary('add'),
  __radd__: binary('add', true),
  __iadd__: binary('add'),
  sub: binary('sub'),
  subtract: binary('sub'),
  __sub__: binary('sub'),
  __isub__: binary('sub'),
  rsub: binary('sub', true),
  __rsub__: binary('sub', true),
  mul: binary('mul'),
  multiply: binary('mul'),
  __mul__: binary('mul'),
  __rmul__: binary('mul', true),
  __imul__: binary('mul'),
  div: binary('divide'),
  divide: binary('divide'),
  true_divide: binary('divide'),
  __truediv__: binary('divide'),
  __itruediv__: binary('divide'),
  __rtruediv__: binary('divide', true),
  __rdiv__: binary('divide', true),
  pow: binary('power'),
  __pow__: binary('power'),
  linear,
  matmul,
  __matmul__: matmul,
  bmm: matmul,
  mm: matmul,
  scaled_dot_product_attention: attention,
  clamp,
  clip: clamp,
  hardtanh: clamp,
}
