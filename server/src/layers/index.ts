/** The catalogue: every layer, sorted by name, and the ways to find one. */
import {
  abs,
  elu,
  gelu,
  hardsigmoid,
  hardswish,
  leakyRelu,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from './activations'
import { batchnorm } from './batchnorm'
import { concat } from './concat'
import { conv } from './conv'
import { convTranspose } from './conv-transpose'
import type { AnyLayer } from './declare'
import { depthwiseConv } from './depthwise-conv'
import { add, maximum, mul, sub } from './elementwise'
import { flatten } from './flatten'
import { linear } from './linear'
import { avgpool, maxpool } from './pool'
import { separableConv } from './separable-conv'

export const LAYERS: readonly AnyLayer[] = [
  abs,
  add,
  avgpool,
  batchnorm,
  concat,
  conv,
  convTranspose,
  depthwiseConv,
  elu,
  flatten,
  gelu,
  hardsigmoid,
  hardswish,
  leakyRelu,
  linear,
  maximum,
  maxpool,
  mish,
  mul,
  relu,
  relu6,
  selu,
  separableConv,
  sigmoid,
  silu,
  softplus,
  sub,
  tanh,
]

const byName = new Map(LAYERS.flatMap((layer) => [layer.name, ...layer.aliases].map((name) => [name, layer])))

const byForeignName = new Map(
  LAYERS.flatMap((layer) =>
    [...layer.foreign, layer.name, ...layer.aliases].map((name) => [plain(name), layer] as const),
  ),
)

/** The layer of that name or alias. */
export function findLayer(name: string): AnyLayer | undefined {
  return byName.get(name)
}

/** Our layer for a name of PyTorch, Keras or Caffe, or for one of ours in other letters (`Conv2D`, `batch_norm`). */
export function foreignLayer(name: string): AnyLayer | undefined {
  return byForeignName.get(plain(name))
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}
