/** Products with matrices. */
import { constantAt, NoCounterpart, type Reader, tensorAt } from '../reader'
import type { OnnxNode } from '../node'
import type { ConstantValue, TensorValue } from '../values'
import type { Inputs, Operator, Operators } from './operator'

/** A linear layer over the last axis; more axes than rows have are merged and taken apart again. */
export function linear(
  node: OnnxNode,
  reader: Reader,
  x: TensorValue,
  { features, inFeatures }: { readonly features: number; readonly inFeatures: number },
  weights: readonly (ConstantValue | undefined)[],
): readonly TensorValue[] {
  const shape = reader.shapeOf(x)
  const options = { features, bias: weights[1] !== undefined }
  const declared = { name: 'in_features', value: inFeatures, axis: -1 }
  if (shape.length <= 2) return reader.apply(node, { layer: 'linear', inputs: [x], options, weights, declared })
  const rows = shape.slice(0, -1)
  const [merged] = reader.apply(node, { layer: 'reshape', inputs: [x], options: { shape: [-1, shape.at(-1) as number] } })
  const [made] = reader.apply(node, {
    layer: 'linear',
    inputs: [merged as TensorValue],
    options,
    weights,
    declared,
  })
  return reader.apply(node, {
    layer: 'reshape',
    inputs: [made as TensorValue],
    options: { shape: [...rows, features] },
    batch: x.batch,
  })
}

const gemm: Operator = (node, inputs, reader) => {
  const x = tensorAt(inputs, 0)
  const weight = constantAt(inputs, 1)
  const bias = constantAt(inputs, 2)
  if (weight === undefined || node.int('transA', 0) !== 0) throw new NoCounterpart('it multiplies two tensors')
  const [rows, columns] = weight.dims as readonly [number, number]
  const isTransposed = node.int('transB', 0) === 1
  const [inFeatures, features] = isTransposed ? [columns, rows] : [rows, columns]
  return linear(node, reader, x, { features, inFeatures }, [weight, bias])
}

/** A product of tensors, or of a tensor with a matrix of weights, at these places. */
function matMul(a: number, b: number): Operator {
  return (node, inputs, reader) => {
    const right = inputs[b]
    const x = tensorAt(inputs, a)
    if (right?.kind === 'constant') {
      if (right.dims.length !== 2) throw new NoCounterpart('it multiplies by more than one matrix')
      const [inFeatures, features] = right.dims as readonly [number, number]
      return linear(node, reader, x, { features, inFeatures }, [right, undefined])
    }
    return product(node, inputs, reader, x, tensorAt(inputs, b))
  }
}

function product(node: OnnxNode, _inputs: Inputs, reader: Reader, x: TensorValue, y: TensorValue) {
  return reader.apply(node, { layer: 'matmul', inputs: [x, y] })
}

export const DENSE: Operators = {
  Gemm: gemm,
  MatMul: matMul(0, 1),
  MatMulInteger: matMul(0, 1),
  QLinearMatMul: matMul(0, 3),
}
