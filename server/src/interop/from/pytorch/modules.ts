/** The layers of torch.nn, by their class. */
import type { ImportOptions, ImportValue } from '../../graph/graph'
import { rounded } from '../trace/arithmetic'
import { imageAxisAt, linearOver, reshaped } from '../trace/shapes'
import { NoCounterpart } from '../trace/tracer'
import type { TensorValue } from '../trace/values'
import { attribute, type CallReader, input, numberOf, numbersOf, type PyTorchCall, perAxis } from './call'
import {
  convolution,
  flattened,
  normalised,
  padded,
  pooled,
  resized,
  transposedConvolution,
} from './operations'
import { attention, recurrent } from './sequences'

/** A layer without weights, with options of its attributes. */
function simple(layer: string, options: (call: PyTorchCall) => ImportOptions = () => ({})): CallReader {
  return (call) => call.tracer.apply(call.site, { layer, inputs: [input(call)], options: options(call) })[0]
}

const pass: CallReader = (call) => input(call)

const conv: CallReader = (call) => {
  const x = input(call)
  return convolution(call, x, call.weight('weight'), call.weight('bias'), {
    stride: attribute(call, 'stride'),
    padding: attribute(call, 'padding'),
    dilation: attribute(call, 'dilation'),
    groups: attribute(call, 'groups'),
    paddingMode: attribute(call, 'padding_mode'),
  })
}

const convTranspose: CallReader = (call) =>
  transposedConvolution(call, input(call), call.weight('weight'), call.weight('bias'), {
    stride: attribute(call, 'stride'),
    padding: attribute(call, 'padding'),
    outputPadding: attribute(call, 'output_padding'),
    dilation: attribute(call, 'dilation'),
    groups: attribute(call, 'groups'),
  })

const linear: CallReader = (call) => {
  const weight = call.weight('weight')
  const [features, inFeatures] = weight?.dims ?? []
  if (weight === undefined || features === undefined || inFeatures === undefined) {
    throw new NoCounterpart('its weights are not there')
  }
  return linearOver(call.site, call.tracer, input(call), { features, inFeatures }, [
    weight,
    call.weight('bias'),
  ])[0]
}

const batchNorm: CallReader = (call) => {
  const momentum = numberOf(attribute(call, 'momentum'))
  return normalised(
    call,
    input(call),
    'batchnorm',
    {
      eps: rounded(numberOf(attribute(call, 'eps')) ?? 1e-5),
      ...(momentum === undefined ? {} : { momentum: rounded(momentum) }),
    },
    { name: 'num_features', axis: 0 },
  )
}

const frozenBatchNorm: CallReader = (call) =>
  call.tracer.apply(call.site, {
    layer: 'batchnorm',
    inputs: [input(call)],
    options: { trainable: false },
  })[0]

const instanceNorm: CallReader = (call) =>
  normalised(call, input(call), 'instancenorm', { eps: rounded(numberOf(attribute(call, 'eps')) ?? 1e-5) })

const groupNorm: CallReader = (call) =>
  normalised(
    call,
    input(call),
    'groupnorm',
    {
      groups: numberOf(attribute(call, 'num_groups')) ?? 1,
      eps: rounded(numberOf(attribute(call, 'eps')) ?? 1e-5),
    },
    { name: 'num_channels', axis: 0 },
  )

const layerNorm: CallReader = (call) => {
  const x = input(call)
  const count = numbersOf(attribute(call, 'normalized_shape'))?.length ?? 1
  const rank = call.tracer.shapeOf(x).length
  return normalised(
    call,
    x,
    'layernorm',
    {
      axes: Array.from({ length: count }, (_, i) => rank - count + i),
      eps: rounded(numberOf(attribute(call, 'eps')) ?? 1e-5),
    },
    { name: 'normalized_shape', axis: -1 },
  )
}

function pool(layer: 'maxpool' | 'avgpool'): CallReader {
  return (call) =>
    pooled(call, input(call), layer, {
      kernel: attribute(call, 'kernel_size'),
      stride: attribute(call, 'stride'),
      padding: attribute(call, 'padding'),
      dilation: attribute(call, 'dilation'),
      ceil: attribute(call, 'ceil_mode'),
      countIncludePad: attribute(call, 'count_include_pad'),
    })
}

function adaptivePool(layer: string): CallReader {
  return (call) => {
    const x = input(call)
    const size = attribute(call, 'output_size')
    return call.tracer.apply(call.site, {
      layer,
      inputs: [x],
      options: { size: Array.isArray(size) ? (size as readonly ImportValue[]) : (size as number) },
    })[0]
  }
}

const upsample: CallReader = (call) =>
  resized(call, input(call), {
    size: attribute(call, 'size'),
    scale: attribute(call, 'scale_factor'),
    mode: attribute(call, 'mode'),
    alignCorners: attribute(call, 'align_corners'),
  })

function padding(mode: string): CallReader {
  return (call) =>
    padded(call, input(call), numbersOf(attribute(call, 'padding')) ?? [], mode, attribute(call, 'value'))
}

function softmax(layer: string): CallReader {
  return (call) => {
    const x = input(call)
    const dim = numberOf(attribute(call, 'dim'))
    if (dim === undefined) throw new NoCounterpart('its dim is not given')
    return call.tracer.apply(call.site, { layer, inputs: [x], options: { axis: imageAxisAt(x, dim) } })[0]
  }
}

const flatten: CallReader = (call) =>
  flattened(
    call,
    input(call),
    numberOf(attribute(call, 'start_dim')) ?? 1,
    numberOf(attribute(call, 'end_dim')) ?? -1,
  )

const unflatten: CallReader = (call) => {
  const x = input(call)
  const dim = numberOf(attribute(call, 'dim')) ?? 1
  const sizes = numbersOf(attribute(call, 'unflattened_size')) ?? []
  return reshaped(
    call.site,
    call.tracer,
    x,
    x.dims.toSpliced(dim < 0 ? dim + x.dims.length : dim, 1, ...sizes),
  )[0]
}

const prelu: CallReader = (call) => {
  const slope = call.weight('weight')
  return call.tracer.apply(call.site, {
    layer: 'prelu',
    inputs: [input(call)],
    options: { per_channel: (slope?.dims[0] ?? 1) > 1 },
    weights: [slope],
  })[0]
}

const embedding: CallReader = (call) => {
  const weight = call.weight('weight')
  const [count, features] = weight?.dims ?? []
  if (count === undefined || features === undefined) throw new NoCounterpart('its table is not there')
  return call.tracer.apply(call.site, {
    layer: 'embedding',
    inputs: [input(call)],
    options: { count, features },
    weights: [weight],
  })[0]
}

const glu: CallReader = (call) => {
  const x = input(call)
  return call.tracer.apply(call.site, {
    layer: 'glu',
    inputs: [x],
    options: { axis: imageAxisAt(x, numberOf(attribute(call, 'dim')) ?? -1) },
  })[0]
}

const unfold: CallReader = (call) => {
  const x = input(call)
  const axes = call.tracer.shapeOf(x).length - 1
  const at = (name: string, standard: number) => perAxis(attribute(call, name), axes, standard)
  const [made] = call.tracer.apply(call.site, {
    layer: 'unfold',
    inputs: [x],
    options: {
      kernel: at('kernel_size', 1),
      stride: at('stride', 1),
      padding: at('padding', 0).flatMap((amount) => [amount, amount]),
      dilation: at('dilation', 1),
    },
  }) as [TensorValue]
  const [result] = call.results
  return result === undefined ? made : reshaped(call.site, call.tracer, made, result)[0]
}

/** `Conv1d`, `Conv2d` and `Conv3d` are read alike. */
function ranks(name: string, reader: CallReader): Readonly<Record<string, CallReader>> {
  return Object.fromEntries(
    ['1d', '2d', '3d'].flatMap((rank) => [
      [`${name}${rank}`, reader],
      [`Lazy${name}${rank}`, reader],
    ]),
  )
}

const rate = (call: PyTorchCall): ImportOptions => ({ rate: rounded(numberOf(attribute(call, 'p')) ?? 0.5) })

/** By the names of the classes; a class that derives from one of them is not known by it. */
export const MODULES: Readonly<Record<string, CallReader>> = {
  ...ranks('Conv', conv),
  ...ranks('ConvTranspose', convTranspose),
  ...ranks('BatchNorm', batchNorm),
  ...ranks('InstanceNorm', instanceNorm),
  ...ranks('MaxPool', pool('maxpool')),
  ...ranks('AvgPool', pool('avgpool')),
  ...ranks('AdaptiveAvgPool', adaptivePool('adaptive_avgpool')),
  ...ranks('AdaptiveMaxPool', adaptivePool('adaptive_maxpool')),
  ...ranks('Dropout', simple('dropout', rate)),
  ...ranks('ReflectionPad', padding('reflect')),
  ...ranks('ReplicationPad', padding('nearest')),
  ...ranks('ConstantPad', padding('zeros')),
  ...ranks('ZeroPad', padding('zeros')),
  SyncBatchNorm: batchNorm,
  FrozenBatchNorm2d: frozenBatchNorm,
  GroupNorm: groupNorm,
  LayerNorm: layerNorm,
  LocalResponseNorm: simple('lrn', (call) => ({
    size: numberOf(attribute(call, 'size')) ?? 5,
    alpha: rounded(numberOf(attribute(call, 'alpha')) ?? 1e-4),
    beta: rounded(numberOf(attribute(call, 'beta')) ?? 0.75),
    k: rounded(numberOf(attribute(call, 'k')) ?? 1),
  })),
  Linear: linear,
  LazyLinear: linear,
  NonDynamicallyQuantizableLinear: linear,
  Embedding: embedding,
  LSTM: recurrent('lstm'),
  GRU: recurrent('gru'),
  MultiheadAttention: attention,
  ReLU: simple('relu'),
  ReLU6: simple('relu6'),
  LeakyReLU: simple('leaky_relu', (call) => ({
    slope: rounded(numberOf(attribute(call, 'negative_slope')) ?? 0.01),
  })),
  ELU: simple('elu', (call) => ({ alpha: rounded(numberOf(attribute(call, 'alpha')) ?? 1) })),
  SELU: simple('selu'),
  GELU: simple(
    'gelu',
    (call): ImportOptions => (attribute(call, 'approximate') === 'tanh' ? { approximate: 'tanh' } : {}),
  ),
  SiLU: simple('silu'),
  Mish: simple('mish'),
  Sigmoid: simple('sigmoid'),
  Tanh: simple('tanh'),
  Hardsigmoid: simple('hardsigmoid'),
  Hardswish: simple('hardswish'),
  Softplus: simple('softplus'),
  PReLU: prelu,
  GLU: glu,
  Softmax: softmax('softmax'),
  Softmax2d: simple('softmax', () => ({ axis: 0 })),
  LogSoftmax: softmax('log_softmax'),
  Dropout: simple('dropout', rate),
  AlphaDropout: simple('dropout', rate),
  FeatureAlphaDropout: simple('dropout', rate),
  StochasticDepth: simple('drop_path', (call) => ({ rate: rounded(numberOf(attribute(call, 'p')) ?? 0.5) })),
  Flatten: flatten,
  Unflatten: unflatten,
  Identity: pass,
  Upsample: upsample,
  UpsamplingNearest2d: upsample,
  UpsamplingBilinear2d: upsample,
  PixelShuffle: simple('pixel_shuffle', (call) => ({
    factor: numberOf(attribute(call, 'upscale_factor')) ?? 1,
  })),
  PixelUnshuffle: simple('space_to_depth', (call) => ({
    block: numberOf(attribute(call, 'downscale_factor')) ?? 1,
  })),
  ChannelShuffle: simple('channel_shuffle', (call) => ({ groups: numberOf(attribute(call, 'groups')) ?? 1 })),
  Unfold: unfold,
}
