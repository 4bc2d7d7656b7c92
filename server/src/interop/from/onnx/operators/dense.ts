/** Products with matrices. */
import { linearOver } from '../../trace/shapes'
import { constantAt, NoCounterpart, tensorAt } from '../../trace/tracer'
import type { Operator, Operators } from './operator'

const gemm: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const weight = constantAt(inputs, 1)
  const bias = constantAt(inputs, 2)
  if (weight === undefined || node.int('transA', 0) !== 0)
    throw new NoCounterpart('it multiplies two tensors')
  const [rows, columns] = weight.dims as readonly [number, number]
  const isTransposed = node.int('transB', 0) === 1
  const [inFeatures, features] = isTransposed ? [columns, rows] : [rows, columns]
  return linearOver(node.site, tracer, x, { features, inFeatures }, [weight, bias])
}

/** A product of tensors, or of a tensor with a matrix of weights, at these places. */
function matMul(a: number, b: number): Operator {
  return (node, inputs, tracer) => {
    const right = inputs[b]
    const x = tensorAt(inputs, a)
    if (right?.kind === 'constant') {
      if (right.dims.length !== 2) throw new NoCounterpart('it multiplies by more than one matrix')
      const [inFeatures, features] = right.dims as readonly [number, number]
      return linearOver(node.site, tracer, x, { features, inFeatures }, [right, undefined])
    }
    return tracer.apply(node.site, { layer: 'matmul', inputs: [x, tensorAt(inputs, b)] })
  }
}

export const DENSE: Operators = {
  Gemm: gemm,
  MatMul: matMul(0, 1),
  MatMulInteger: matMul(0, 1),
  QLinearMatMul: matMul(0, 3),
}
