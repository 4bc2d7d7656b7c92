/** Normalisation layers. */
import { constantAt, NoCounterpart, tensorAt } from '../reader'
import { imageAxisAt, round } from './elementwise'
import type { Operator, Operators } from './operator'

const batchNormalization: Operator = (node, inputs, reader) => {
  const made = reader.apply(node, {
    layer: 'batchnorm',
    inputs: [tensorAt(inputs, 0)],
    // ONNX counts the share of the past, PyTorch and we that of the batch.
    options: { eps: round(node.float('epsilon', 1e-5)), momentum: round(1 - node.float('momentum', 0.9)) },
    weights: [constantAt(inputs, 1), constantAt(inputs, 2)],
    declared: { name: 'num_features', value: constantAt(inputs, 1)?.dims[0] ?? 0, axis: 0 },
  })
  return made
}

const instanceNormalization: Operator = (node, inputs, reader) =>
  reader.apply(node, {
    layer: 'instancenorm',
    inputs: [tensorAt(inputs, 0)],
    options: { affine: true, eps: round(node.float('epsilon', 1e-5)) },
    weights: [constantAt(inputs, 1), constantAt(inputs, 2)],
    declared: { name: 'num_features', value: constantAt(inputs, 1)?.dims[0] ?? 0, axis: 0 },
  })

const groupNormalization: Operator = (node, inputs, reader) =>
  reader.apply(node, {
    layer: 'groupnorm',
    inputs: [tensorAt(inputs, 0)],
    options: { groups: node.int('num_groups', 1), eps: round(node.float('epsilon', 1e-5)) },
    weights: [constantAt(inputs, 1), constantAt(inputs, 2)],
  })

const layerNormalization: Operator = (node, inputs, reader) => {
  const x = tensorAt(inputs, 0)
  const first = imageAxisAt(x, node.int('axis', -1))
  const rank = reader.shapeOf(x).length
  const [scale, bias] = [constantAt(inputs, 1), constantAt(inputs, 2)]
  return reader.apply(node, {
    layer: 'layernorm',
    inputs: [x],
    options: {
      axes: Array.from({ length: rank - first }, (_, i) => first + i),
      eps: round(node.float('epsilon', 1e-5)),
    },
    weights: [scale, bias],
    ...(bias === undefined ? { remark: 'the model has no bias here' } : {}),
  })
}

const lrn: Operator = (node, inputs, reader) => {
  const size = node.int('size', 0)
  if (size <= 0) throw new NoCounterpart('its size is not in the file')
  return reader.apply(node, {
    layer: 'lrn',
    inputs: [tensorAt(inputs, 0)],
    options: {
      size,
      alpha: round(node.float('alpha', 1e-4)),
      beta: round(node.float('beta', 0.75)),
      k: round(node.float('bias', 1)),
    },
  })
}

export const NORMALISING: Operators = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  GroupNormalization: groupNormalization,
  LayerNormalization: layerNormalization,
  LRN: lrn,
}
