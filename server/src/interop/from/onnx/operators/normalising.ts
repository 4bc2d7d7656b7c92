/** Normalisation layers. */

import { rounded } from '../../trace/arithmetic'
import { imageAxisAt } from '../../trace/shapes'
import { constantAt, NoCounterpart, tensorAt } from '../../trace/tracer'
import type { Operator, Operators } from './operator'

const batchNormalization: Operator = (node, inputs, tracer) => {
  const made = tracer.apply(node.site, {
    layer: 'batchnorm',
    inputs: [tensorAt(inputs, 0)],
    // ONNX counts the share of the past, PyTorch and we that of the batch.
    options: {
      eps: rounded(node.float('epsilon', 1e-5)),
      momentum: rounded(1 - node.float('momentum', 0.9)),
    },
    weights: [constantAt(inputs, 1), constantAt(inputs, 2)],
    declared: { name: 'num_features', value: constantAt(inputs, 1)?.dims[0] ?? 0, axis: 0 },
  })
  return made
}

const instanceNormalization: Operator = (node, inputs, tracer) =>
  tracer.apply(node.site, {
    layer: 'instancenorm',
    inputs: [tensorAt(inputs, 0)],
    options: { affine: true, eps: rounded(node.float('epsilon', 1e-5)) },
    weights: [constantAt(inputs, 1), constantAt(inputs, 2)],
    declared: { name: 'num_features', value: constantAt(inputs, 1)?.dims[0] ?? 0, axis: 0 },
  })

const groupNormalization: Operator = (node, inputs, tracer) =>
  tracer.apply(node.site, {
    layer: 'groupnorm',
    inputs: [tensorAt(inputs, 0)],
    options: { groups: node.int('num_groups', 1), eps: rounded(node.float('epsilon', 1e-5)) },
    weights: [constantAt(inputs, 1), constantAt(inputs, 2)],
  })

const layerNormalization: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const first = imageAxisAt(x, node.int('axis', -1))
  const rank = tracer.shapeOf(x).length
  const [scale, bias] = [constantAt(inputs, 1), constantAt(inputs, 2)]
  return tracer.apply(node.site, {
    layer: 'layernorm',
    inputs: [x],
    options: {
      axes: Array.from({ length: rank - first }, (_, i) => first + i),
      eps: rounded(node.float('epsilon', 1e-5)),
    },
    weights: [scale, bias],
    ...(bias === undefined ? { remark: 'the model has no bias here' } : {}),
  })
}

const lrn: Operator = (node, inputs, tracer) => {
  const size = node.int('size', 0)
  if (size <= 0) throw new NoCounterpart('its size is not in the file')
  return tracer.apply(node.site, {
    layer: 'lrn',
    inputs: [tensorAt(inputs, 0)],
    options: {
      size,
      alpha: rounded(node.float('alpha', 1e-4)),
      beta: rounded(node.float('beta', 0.75)),
      k: rounded(node.float('bias', 1)),
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
