/** Activations and what passes a tensor on. */
import type { ImportOptions } from '../../../graph/graph'
import { rounded } from '../../trace/arithmetic'
import { permuted } from '../../trace/shapes'
import { type CallReader, input, numberOf } from '../call'
import { flattened } from '../operations'
import { pass, simple } from './shared'

export const VALUES: Readonly<Record<string, CallReader>> = {
  relu: simple('relu'),
  relu6: simple('relu6'),
  leaky_relu: simple('leaky_relu', (call) => ({
    slope: rounded(numberOf(call.argument(1, 'negative_slope')) ?? 0.01),
  })),
  elu: simple('elu', (call) => ({ alpha: rounded(numberOf(call.argument(1, 'alpha')) ?? 1) })),
  selu: simple('selu'),
  gelu: simple(
    'gelu',
    (call): ImportOptions => (call.argument(1, 'approximate') === 'tanh' ? { approximate: 'tanh' } : {}),
  ),
  silu: simple('silu'),
  mish: simple('mish'),
  sigmoid: simple('sigmoid'),
  tanh: simple('tanh'),
  hardsigmoid: simple('hardsigmoid'),
  hardswish: simple('hardswish'),
  softplus: simple('softplus'),
  abs: simple('abs'),
  neg: simple('affine', () => ({ factor: -1 })),
  sqrt: simple('power', () => ({ exponent: 0.5 })),
  rsqrt: simple('power', () => ({ exponent: -0.5 })),
  square: simple('power', () => ({ exponent: 2 })),
  reciprocal: simple('power', () => ({ exponent: -1 })),
  stochastic_depth: simple('drop_path', (call) => ({
    rate: rounded(numberOf(call.argument(1, 'p')) ?? 0.5),
  })),
  flatten: (call) =>
    flattened(
      call,
      input(call),
      numberOf(call.argument(1, 'start_dim')) ?? 0,
      numberOf(call.argument(2, 'end_dim')) ?? -1,
    ),
  t: (call) => permuted(call.site, call.tracer, input(call), [1, 0])[0],
  pixel_shuffle: simple('pixel_shuffle', (call) => ({
    factor: numberOf(call.argument(1, 'upscale_factor')) ?? 1,
  })),
  pixel_unshuffle: simple('space_to_depth', (call) => ({
    block: numberOf(call.argument(1, 'downscale_factor')) ?? 1,
  })),
  channel_shuffle: simple('channel_shuffle', (call) => ({
    groups: numberOf(call.argument(1, 'groups')) ?? 1,
  })),
  contiguous: pass,
  clone: pass,
  detach: pass,
  to: pass,
  float: pass,
  half: pass,
  type: pass,
  type_as: pass,
  cpu: pass,
  cuda: pass,
  requires_grad: pass,
  identity: pass,
}
