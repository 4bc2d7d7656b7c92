/** Windows, normalisation and tables, as functions of torch.nn.functional. */
import { rounded } from '../../trace/arithmetic'
import { NoCounterpart } from '../../trace/tracer'
import { type CallReader, input, numberOf, numbersOf } from '../call'
import { convolution, padded, pooled, resized, transposedConvolution } from '../operations'
import { constant } from './shared'

const conv: CallReader = (call) =>
  convolution(call, input(call), constant(call, 1, 'weight'), constant(call, 2, 'bias'), {
    stride: call.argument(3, 'stride'),
    padding: call.argument(4, 'padding'),
    dilation: call.argument(5, 'dilation'),
    groups: call.argument(6, 'groups'),
  })

const convTranspose: CallReader = (call) =>
  transposedConvolution(call, input(call), constant(call, 1, 'weight'), constant(call, 2, 'bias'), {
    stride: call.argument(3, 'stride'),
    padding: call.argument(4, 'padding'),
    outputPadding: call.argument(5, 'output_padding'),
    groups: call.argument(6, 'groups'),
    dilation: call.argument(7, 'dilation'),
  })

const maxPool: CallReader = (call) =>
  pooled(call, input(call), 'maxpool', {
    kernel: call.argument(1, 'kernel_size'),
    stride: call.argument(2, 'stride'),
    padding: call.argument(3, 'padding'),
    dilation: call.argument(4, 'dilation'),
    ceil: call.argument(5, 'ceil_mode'),
  })

const avgPool: CallReader = (call) =>
  pooled(call, input(call), 'avgpool', {
    kernel: call.argument(1, 'kernel_size'),
    stride: call.argument(2, 'stride'),
    padding: call.argument(3, 'padding'),
    ceil: call.argument(4, 'ceil_mode'),
    countIncludePad: call.argument(5, 'count_include_pad'),
  })

function adaptivePool(layer: string): CallReader {
  return (call) => {
    const size = call.argument(1, 'output_size')
    return call.tracer.apply(call.site, {
      layer,
      inputs: [input(call)],
      options: { size: Array.isArray(size) ? (size as readonly (number | null)[]) : (size as number) },
    })[0]
  }
}

const interpolate: CallReader = (call) =>
  resized(call, input(call), {
    size: call.argument(1, 'size'),
    scale: call.argument(2, 'scale_factor'),
    mode: call.argument(3, 'mode'),
    alignCorners: call.argument(4, 'align_corners'),
  })

const PAD_MODES: Readonly<Record<string, string>> = {
  constant: 'zeros',
  reflect: 'reflect',
  replicate: 'nearest',
  circular: 'circular',
}

const pad: CallReader = (call) => {
  const mode = call.argument(2, 'mode')
  return padded(
    call,
    input(call),
    numbersOf(call.argument(1, 'pad')) ?? [],
    PAD_MODES[typeof mode === 'string' ? mode : 'constant'] ?? 'zeros',
    call.argument(3, 'value'),
  )
}

const batchNorm: CallReader = (call) => {
  const weight = constant(call, 3, 'weight')
  return call.tracer.apply(call.site, {
    layer: 'batchnorm',
    inputs: [input(call)],
    options: { affine: weight !== undefined, eps: rounded(numberOf(call.argument(7, 'eps')) ?? 1e-5) },
    weights: [weight, constant(call, 4, 'bias')],
  })[0]
}

const layerNorm: CallReader = (call) => {
  const x = input(call)
  const rank = call.tracer.shapeOf(x).length
  const count = numbersOf(call.argument(1, 'normalized_shape'))?.length ?? 1
  const weight = constant(call, 2, 'weight')
  return call.tracer.apply(call.site, {
    layer: 'layernorm',
    inputs: [x],
    options: {
      axes: Array.from({ length: count }, (_, i) => rank - count + i),
      eps: rounded(numberOf(call.argument(4, 'eps')) ?? 1e-5),
      affine: weight !== undefined,
    },
    weights: [weight, constant(call, 3, 'bias')],
  })[0]
}

const groupNorm: CallReader = (call) => {
  const weight = constant(call, 2, 'weight')
  return call.tracer.apply(call.site, {
    layer: 'groupnorm',
    inputs: [input(call)],
    options: {
      groups: numberOf(call.argument(1, 'num_groups')) ?? 1,
      eps: rounded(numberOf(call.argument(4, 'eps')) ?? 1e-5),
      affine: weight !== undefined,
    },
    weights: [weight, constant(call, 3, 'bias')],
  })[0]
}

const embedding: CallReader = (call) => {
  const weight = constant(call, 1, 'weight')
  const [count, features] = weight?.dims ?? []
  if (count === undefined || features === undefined)
    throw new NoCounterpart('its table is made by the network')
  return call.tracer.apply(call.site, {
    layer: 'embedding',
    inputs: [input(call)],
    options: { count, features },
    weights: [weight],
  })[0]
}

export const WINDOWS: Readonly<Record<string, CallReader>> = {
  conv1d: conv,
  conv2d: conv,
  conv3d: conv,
  conv_transpose1d: convTranspose,
  conv_transpose2d: convTranspose,
  conv_transpose3d: convTranspose,
  max_pool1d: maxPool,
  max_pool2d: maxPool,
  max_pool3d: maxPool,
  boolean_dispatch: maxPool,
  avg_pool1d: avgPool,
  avg_pool2d: avgPool,
  avg_pool3d: avgPool,
  adaptive_avg_pool1d: adaptivePool('adaptive_avgpool'),
  adaptive_avg_pool2d: adaptivePool('adaptive_avgpool'),
  adaptive_avg_pool3d: adaptivePool('adaptive_avgpool'),
  adaptive_max_pool1d: adaptivePool('adaptive_maxpool'),
  adaptive_max_pool2d: adaptivePool('adaptive_maxpool'),
  adaptive_max_pool3d: adaptivePool('adaptive_maxpool'),
  batch_norm: batchNorm,
  layer_norm: layerNorm,
  group_norm: groupNorm,
  interpolate,
  upsample: interpolate,
  pad,
  embedding,
}
