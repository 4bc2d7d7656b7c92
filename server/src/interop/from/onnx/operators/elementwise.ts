/** Activations and arithmetic, value by value. */
import type { ImportOptions } from '../../../graph/graph'
import { type Operator as ArithmeticOperator, arithmetic, rounded } from '../../trace/arithmetic'
import { imageAxisAt } from '../../trace/shapes'
import { constantAt, NoCounterpart, numbersAt, type Tracer, tensorAt } from '../../trace/tracer'
import type { TensorValue, TraceValue } from '../../trace/values'
import type { OnnxNode } from '../node'
import type { Inputs, Operator, Operators } from './operator'

function activation(layer: string, options: (node: OnnxNode) => ImportOptions = () => ({})): Operator {
  return (node, inputs, tracer) =>
    tracer.apply(node.site, { layer, inputs: [tensorAt(inputs, 0)], options: options(node) })
}

/** Takes the tensor on: a type changes, or a number is rounded, and nothing that the language speaks of. */
const pass: Operator = (_node, inputs) => [inputs[0]]

const clip: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const low = numbersAt(inputs, 1)?.[0] ?? node.float('min', Number.NEGATIVE_INFINITY)
  const high = numbersAt(inputs, 2)?.[0] ?? node.float('max', Number.POSITIVE_INFINITY)
  if (low === 0 && high === 6) return tracer.apply(node.site, { layer: 'relu6', inputs: [x] })
  if (low === 0 && high >= 3.4e38) return tracer.apply(node.site, { layer: 'relu', inputs: [x] })
  return [tracer.opaque(node.site, [x], x.dims, `values are kept between ${low} and ${high}`)]
}

const prelu: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const slope = constantAt(inputs, 1)
  const isPerChannel = slope?.dims.some((dim) => dim > 1)
  return tracer.apply(node.site, {
    layer: 'prelu',
    inputs: [x],
    options: { per_channel: isPerChannel === true },
    weights: [slope],
  })
}

const dropout: Operator = (node, inputs, tracer) => {
  const rate = numbersAt(inputs, 1)?.[0] ?? node.float('ratio', 0.5)
  const made = tracer.apply(node.site, {
    layer: 'dropout',
    inputs: [tensorAt(inputs, 0)],
    options: { rate: rounded(rate) },
  })
  return [...made, undefined]
}

/** `softmax` and `log_softmax`: up to opset 12 all axes from the given one on were one. */
function softmax(layer: string): Operator {
  return (node, inputs, tracer) => {
    const x = tensorAt(inputs, 0)
    const standard = node.opset < 13 ? 1 : -1
    const axis = imageAxisAt(x, node.int('axis', standard))
    const isLast = axis === tracer.shapeOf(x).length - 1
    if (node.opset < 13 && !isLast) throw new NoCounterpart('several axes are normalised together')
    return tracer.apply(node.site, { layer, inputs: [x], options: { axis } })
  }
}

function binary(operator: ArithmeticOperator): Operator {
  return (node, inputs, tracer) => arithmetic(node.site, tracer, operator, inputs[0], inputs[1])
}

/** Joins as many tensors as there are. */
function merge(layer: string): Operator {
  return (node, inputs, tracer) => {
    const given = inputs.filter((input): input is TraceValue => input !== undefined)
    const beside = given.find((input) => input.kind === 'tensor')
    if (beside === undefined) throw new NoCounterpart('it has no tensor')
    const tensors = given.map((input) =>
      input.kind === 'tensor' ? input : tracer.parameter(node.site, input, beside as TensorValue),
    )
    if (tensors.length === 1) return tensors
    return tracer.apply(node.site, { layer, inputs: tensors, batch: (beside as TensorValue).batch })
  }
}

function quantizedSum(layer: string): Operator {
  return (node, inputs, tracer) =>
    tracer.apply(node.site, { layer, inputs: [tensorAt(inputs, 0), tensorAt(inputs, 3)] })
}

/** Named for folding; what is left of them afterwards has no layer. */
function opaqueValues(remark: string): Operator {
  return (node, inputs: Inputs, tracer: Tracer) => {
    const x = tensorAt(inputs, 0)
    return [tracer.opaque(node.site, [x], x.dims, remark)]
  }
}

const power = (exponent: number): Operator => activation('power', () => ({ exponent }))

export const ELEMENTWISE: Operators = {
  Add: binary('add'),
  Sub: binary('sub'),
  Mul: binary('mul'),
  Div: binary('divide'),
  Pow: binary('power'),
  Sum: merge('add'),
  Max: merge('maximum'),
  QLinearAdd: quantizedSum('add'),
  QLinearMul: quantizedSum('mul'),
  Relu: activation('relu'),
  LeakyRelu: activation('leaky_relu', (node) => ({ slope: rounded(node.float('alpha', 0.01)) })),
  PRelu: prelu,
  Elu: activation('elu', (node) => ({ alpha: rounded(node.float('alpha', 1)) })),
  Selu: activation('selu'),
  Sigmoid: activation('sigmoid'),
  HardSigmoid: activation('hardsigmoid'),
  HardSwish: activation('hardswish'),
  Softplus: activation('softplus'),
  Tanh: activation('tanh'),
  Mish: activation('mish'),
  Gelu: activation(
    'gelu',
    (node): ImportOptions => (node.text('approximate', 'none') === 'tanh' ? { approximate: 'tanh' } : {}),
  ),
  Abs: activation('abs'),
  Neg: activation('affine', () => ({ factor: -1 })),
  Sqrt: power(0.5),
  Reciprocal: power(-1),
  Clip: clip,
  Softmax: softmax('softmax'),
  LogSoftmax: softmax('log_softmax'),
  Dropout: dropout,
  Identity: pass,
  Cast: pass,
  QuantizeLinear: pass,
  DequantizeLinear: pass,
  Erf: opaqueValues('the error function'),
  Exp: opaqueValues('the exponential function'),
  Log: opaqueValues('the logarithm'),
  Sin: opaqueValues('the sine'),
  Cos: opaqueValues('the cosine'),
  Floor: opaqueValues('rounds down'),
  Ceil: opaqueValues('rounds up'),
  Round: opaqueValues('rounds'),
  Sign: opaqueValues('the sign'),
  Not: opaqueValues('negates'),
  Softsign: opaqueValues('x / (1 + |x|)'),
  Celu: opaqueValues('the activation CELU'),
  ThresholdedRelu: opaqueValues('a ReLU above a threshold'),
}
