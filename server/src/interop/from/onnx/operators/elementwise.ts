/** Activations and arithmetic, value by value. */
import type { ImportOptions } from '../../../graph/graph'
import type { OnnxNode } from '../node'
import { constantAt, NoCounterpart, numbersAt, type Reader, tensorAt } from '../reader'
import type { ConstantValue, OnnxValue, TensorValue } from '../values'
import type { Inputs, Operator, Operators } from './operator'

function activation(layer: string, options: (node: OnnxNode) => ImportOptions = () => ({})): Operator {
  return (node, inputs, reader) =>
    reader.apply(node, { layer, inputs: [tensorAt(inputs, 0)], options: options(node) })
}

/** Takes the tensor on: a type changes, or a number is rounded, and nothing that the language speaks of. */
const pass: Operator = (_node, inputs) => [inputs[0]]

const clip: Operator = (node, inputs, reader) => {
  const x = tensorAt(inputs, 0)
  const low = numbersAt(inputs, 1)?.[0] ?? node.float('min', Number.NEGATIVE_INFINITY)
  const high = numbersAt(inputs, 2)?.[0] ?? node.float('max', Number.POSITIVE_INFINITY)
  if (low === 0 && high === 6) return reader.apply(node, { layer: 'relu6', inputs: [x] })
  if (low === 0 && high >= 3.4e38) return reader.apply(node, { layer: 'relu', inputs: [x] })
  return [reader.opaque(node, [x], x.dims, `values are kept between ${low} and ${high}`)]
}

const prelu: Operator = (node, inputs, reader) => {
  const x = tensorAt(inputs, 0)
  const slope = constantAt(inputs, 1)
  const isPerChannel = slope !== undefined && slope.dims.some((dim) => dim > 1)
  return reader.apply(node, {
    layer: 'prelu',
    inputs: [x],
    options: { per_channel: isPerChannel },
    weights: [slope],
  })
}

const dropout: Operator = (node, inputs, reader) => {
  const rate = numbersAt(inputs, 1)?.[0] ?? node.float('ratio', 0.5)
  const made = reader.apply(node, { layer: 'dropout', inputs: [tensorAt(inputs, 0)], options: { rate: round(rate) } })
  return [...made, undefined]
}

/** A 32-bit float as the shortest decimal that is it. */
export function round(value: number): number {
  return Number(value.toPrecision(7))
}

/** `softmax` and `log_softmax`: up to opset 12 all axes from the given one on were one. */
function softmax(layer: string): Operator {
  return (node, inputs, reader) => {
    const x = tensorAt(inputs, 0)
    const standard = reader.opset < 13 ? 1 : -1
    const axis = imageAxisAt(x, node.int('axis', standard))
    const isLast = axis === reader.shapeOf(x).length - 1
    if (reader.opset < 13 && !isLast) throw new NoCounterpart('several axes are normalised together')
    return reader.apply(node, { layer, inputs: [x], options: { axis } })
  }
}

/** An axis of ONNX's as one of ours. @throws NoCounterpart for the batch */
export function imageAxisAt(x: TensorValue, axis: number): number {
  const counted = axis < 0 ? axis + x.dims.length : axis
  if (x.batch === undefined || counted < x.batch.axis) return counted
  const isAlone = x.batch.times === 1 && x.batch.outer === 1
  if (counted === x.batch.axis && isAlone) throw new NoCounterpart('it works along the batch')
  return isAlone ? counted - 1 : counted
}

/** What two operands make; a number that is known is an affine layer, a constant beside a tensor a parameter. */
function arithmetic(
  layer: string,
  withNumber: (value: number, isFirst: boolean) => { readonly layer: string; readonly options: ImportOptions } | undefined,
): Operator {
  return (node, inputs, reader) => {
    const [a, b] = inputs
    if (a === undefined || b === undefined) throw new NoCounterpart('an operand is missing')
    if (a.kind === 'tensor' && b.kind === 'tensor') return reader.apply(node, { layer, inputs: [a, b] })
    const isFirst = a.kind === 'tensor'
    const tensor = (isFirst ? a : b) as TensorValue
    const constant = (isFirst ? b : a) as ConstantValue
    const number = onlyNumber(constant)
    const single = number === undefined ? undefined : withNumber(round(number), isFirst)
    if (single !== undefined) return reader.apply(node, { ...single, inputs: [tensor] })
    const other = reader.parameter(node, constant, tensor)
    const [result] = reader.apply(node, {
      layer,
      inputs: isFirst ? [tensor, other] : [other, tensor],
      batch: tensor.batch,
    })
    return [result]
  }
}

/** The number of a constant with one entry, of no trained weight. */
function onlyNumber({ numbers }: ConstantValue): number | undefined {
  return numbers?.length === 1 ? numbers[0] : undefined
}

const ARITHMETIC: Operators = {
  Add: arithmetic('add', (value) => ({ layer: 'affine', options: { offset: value } })),
  Sub: arithmetic('sub', (value, isFirst) => ({
    layer: 'affine',
    options: isFirst ? { offset: -value } : { factor: -1, offset: value },
  })),
  Mul: arithmetic('mul', (value) => ({ layer: 'affine', options: { factor: value } })),
  Div: arithmetic('divide', (value, isFirst) =>
    isFirst ? { layer: 'affine', options: { factor: 1 / value } } : undefined,
  ),
  Pow: arithmetic('power', (value, isFirst) =>
    isFirst ? { layer: 'power', options: { exponent: value } } : undefined,
  ),
}

/** Joins as many tensors as there are. */
function merge(layer: string): Operator {
  return (node, inputs, reader) => {
    const given = inputs.filter((input): input is OnnxValue => input !== undefined)
    const beside = given.find((input) => input.kind === 'tensor')
    if (beside === undefined) throw new NoCounterpart('it has no tensor')
    const tensors = given.map((input) =>
      input.kind === 'tensor' ? input : reader.parameter(node, input, beside as TensorValue),
    )
    if (tensors.length === 1) return tensors
    return reader.apply(node, { layer, inputs: tensors, batch: (beside as TensorValue).batch })
  }
}

function quantizedSum(layer: string): Operator {
  return (node, inputs, reader) =>
    reader.apply(node, { layer, inputs: [tensorAt(inputs, 0), tensorAt(inputs, 3)] })
}

/** Named for folding; what is left of them afterwards has no layer. */
function opaqueValues(remark: string): Operator {
  return (node, inputs: Inputs, reader: Reader) => {
    const x = tensorAt(inputs, 0)
    return [reader.opaque(node, [x], x.dims, remark)]
  }
}

const power = (exponent: number): Operator => activation('power', () => ({ exponent }))

export const ELEMENTWISE: Operators = {
  ...ARITHMETIC,
  Sum: merge('add'),
  Max: merge('maximum'),
  QLinearAdd: quantizedSum('add'),
  QLinearMul: quantizedSum('mul'),
  Relu: activation('relu'),
  LeakyRelu: activation('leaky_relu', (node) => ({ slope: round(node.float('alpha', 0.01)) })),
  PRelu: prelu,
  Elu: activation('elu', (node) => ({ alpha: round(node.float('alpha', 1)) })),
  Selu: activation('selu'),
  Sigmoid: activation('sigmoid'),
  HardSigmoid: activation('hardsigmoid'),
  HardSwish: activation('hardswish'),
  Softplus: activation('softplus'),
  Tanh: activation('tanh'),
  Mish: activation('mish'),
  Gelu: activation('gelu', (node): ImportOptions =>
    node.text('approximate', 'none') === 'tanh' ? { approximate: 'tanh' } : {},
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
