/** Functions of torch and torch.nn.functional, and methods of tensors, by the last part of their names. */
import type { ImportOptions } from '../../graph/graph'
import { product } from '../../../model/shape'
import { arithmetic, type Operator, rounded } from '../trace/arithmetic'
import { imageAxisAt, linearOver, permuted, reshaped, sliced } from '../trace/shapes'
import { NoCounterpart } from '../trace/tracer'
import type { ConstantValue, TensorValue, TraceValue } from '../trace/values'
import {
  type CallReader,
  listArgument,
  numberOf,
  numbersOf,
  type PyTorchCall,
  tensorArgument,
} from './call'
import type { DumpValue } from './dump'
import { convolution, flattened, padded, pooled, resized, transposedConvolution } from './operations'

function input(call: PyTorchCall): TensorValue {
  return tensorArgument(call, 0, 'input')
}

function constant(call: PyTorchCall, place: number, name: string): ConstantValue | undefined {
  const value = call.value(call.argument(place, name))
  return value?.kind === 'constant' ? value : undefined
}

/** Numbers that follow each other as arguments, or stand in a list: `x.view(2, -1)`, `x.view((2, -1))`. */
function numbersFrom(call: PyTorchCall, place: number, name: string): readonly number[] {
  const first = call.argument(place, name)
  if (Array.isArray(first)) return numbersOf(first) ?? []
  return numbersOf(call.call.args.slice(place)) ?? numbersOf(first) ?? []
}

function simple(layer: string, options: (call: PyTorchCall) => ImportOptions = () => ({})): CallReader {
  return (call) => call.tracer.apply(call.site, { layer, inputs: [input(call)], options: options(call) })[0]
}

const pass: CallReader = (call) => call.value(call.call.args[0])

function binary(operator: Operator, reversed = false): CallReader {
  return (call) => {
    const a = operand(call, call.call.args[0])
    const b = operand(call, call.argument(1, 'other') ?? call.argument(1, 'exponent'))
    const [made] = arithmetic(call.site, call.tracer, operator, reversed ? b : a, reversed ? a : b)
    return made
  }
}

/** A tensor, weights, or a number as a constant. */
function operand(call: PyTorchCall, value: DumpValue | undefined): TraceValue | undefined {
  if (typeof value === 'number') return { kind: 'constant', dims: [], numbers: [value], trained: false }
  return call.value(value)
}

const linear: CallReader = (call) => {
  const weight = constant(call, 1, 'weight')
  const [features, inFeatures] = weight?.dims ?? []
  if (features === undefined || inFeatures === undefined) throw new NoCounterpart('its weights are made by the network')
  return linearOver(call.site, call.tracer, input(call), { features, inFeatures }, [weight, constant(call, 2, 'bias')])[0]
}

const matmul: CallReader = (call) => {
  const a = call.value(call.call.args[0])
  const b = call.value(call.argument(1, 'other') ?? call.argument(1, 'mat2'))
  if (a?.kind === 'tensor' && b?.kind === 'constant' && b.dims.length === 2) {
    const [inFeatures, features] = b.dims as readonly [number, number]
    return linearOver(call.site, call.tracer, a, { features, inFeatures }, [b, undefined])[0]
  }
  if (a?.kind !== 'tensor' || b?.kind !== 'tensor') throw new NoCounterpart('it multiplies by weights of its own')
  return call.tracer.apply(call.site, { layer: 'matmul', inputs: [a, b] })[0]
}

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

/** The tensors of a list, constants as parameters. */
function joined(call: PyTorchCall, layer: string): CallReaderResult {
  const values = listArgument(call, 0, 'tensors')
  const beside = values.find((value): value is TensorValue => value.kind === 'tensor')
  if (beside === undefined) throw new NoCounterpart('it has no tensor of the network')
  const tensors = values.map((value) =>
    value.kind === 'tensor' ? value : call.tracer.parameter(call.site, value, beside),
  )
  const dim = numberOf(call.argument(1, 'dim')) ?? 0
  return { tensors, beside, dim, layer }
}

interface CallReaderResult {
  readonly tensors: readonly TensorValue[]
  readonly beside: TensorValue
  readonly dim: number
  readonly layer: string
}

const cat: CallReader = (call) => {
  const { tensors, beside, dim } = joined(call, 'concat')
  return call.tracer.apply(call.site, {
    layer: 'concat',
    inputs: tensors,
    options: { axis: imageAxisAt(beside, dim) },
    batch: beside.batch,
  })[0]
}

const stack: CallReader = (call) => {
  const { tensors, beside, dim } = joined(call, 'stack')
  const rank = beside.dims.length + 1
  const at = dim < 0 ? dim + rank : dim
  const batch = beside.batch
  if (batch !== undefined && at <= batch.axis) throw new NoCounterpart('it stacks in front of the batch')
  return call.tracer.apply(call.site, {
    layer: 'stack',
    inputs: tensors,
    options: { axis: batch === undefined ? at : at - 1 },
    batch,
  })[0]
}

/** Cuts an axis into parts of the sizes that were made. */
const split: CallReader = (call) => {
  const x = input(call)
  const dim = numberOf(call.argument(2, 'dim')) ?? 0
  const axis = dim < 0 ? dim + x.dims.length : dim
  const parts = call.results.map((dims) => dims[axis] as number)
  if (parts.length === 1) return [x]
  return call.tracer.apply(call.site, { layer: 'split', inputs: [x], options: { parts, axis: imageAxisAt(x, axis) } })
}

const toResult: CallReader = (call) => {
  const [dims] = call.results
  if (dims === undefined) throw new NoCounterpart('its size is not known')
  return reshaped(call.site, call.tracer, input(call), dims)[0]
}

const permute: CallReader = (call) => {
  const x = input(call)
  const order = numbersFrom(call, 1, 'dims').map((axis) => (axis < 0 ? axis + x.dims.length : axis))
  return permuted(call.site, call.tracer, x, order)[0]
}

const transpose: CallReader = (call) => {
  const x = input(call)
  const [a, b] = [call.argument(1, 'dim0'), call.argument(2, 'dim1')].map((axis, i) => {
    const number = numberOf(axis) ?? i
    return number < 0 ? number + x.dims.length : number
  }) as [number, number]
  const order = x.dims.map((_, axis) => (axis === a ? b : axis === b ? a : axis))
  return permuted(call.site, call.tracer, x, order)[0]
}

/** A figure over some axes. */
function reduce(layer: string, more: ImportOptions = {}): CallReader {
  return (call) => {
    const x = input(call)
    const given = call.argument(1, 'dim') ?? call.argument(1, 'axis')
    const axes = numbersOf(given) ?? x.dims.map((_, i) => i).filter((axis) => axis !== x.batch?.axis)
    const counted = axes.map((axis) => (axis < 0 ? axis + x.dims.length : axis))
    const keep = (call.argument(2, 'keepdim') ?? call.argument(2, 'keepdims')) === true
    const { batch } = x
    const before = keep || batch === undefined ? 0 : counted.filter((axis) => axis < batch.axis).length
    const [made] = call.tracer.apply(call.site, {
      layer,
      inputs: [x],
      options: { axis: counted.map((axis) => imageAxisAt(x, axis)), keep, ...more },
      batch: batch === undefined ? undefined : { ...batch, axis: batch.axis - before },
    })
    return Array.isArray(call.call.out) ? [made, undefined] : made
  }
}

const softmax =
  (layer: string): CallReader =>
  (call) => {
    const x = input(call)
    const dim = numberOf(call.argument(1, 'dim'))
    if (dim === undefined) throw new NoCounterpart('its dim is not given')
    return call.tracer.apply(call.site, { layer, inputs: [x], options: { axis: imageAxisAt(x, dim) } })[0]
  }

type Index = DumpValue

function isSlice(index: Index): index is Extract<Index, { readonly slice: readonly DumpValue[] }> {
  return typeof index === 'object' && index !== null && !Array.isArray(index) && 'slice' in index
}

/** `x[:, 0]`, `x[..., 1:]`, `x[:, None]`. */
const getItem: CallReader = (call) => {
  const source = call.value(call.call.args[0])
  const written = call.call.args[1]
  if (source?.kind === 'constant') {
    const [dims] = call.results
    if (dims === undefined) throw new NoCounterpart('its size is not known')
    const { numbers: _numbers, ...rest } = source
    return { ...rest, dims }
  }
  let x = input(call)
  const given: readonly Index[] = Array.isArray(written) ? written : [written as Index]
  const isEllipsis = (index: Index) => typeof index === 'object' && index !== null && 'ellipsis' in index
  const counts = given.filter((index) => index !== null && !isEllipsis(index)).length
  const indices = given.flatMap((index): readonly Index[] =>
    isEllipsis(index)
      ? Array.from({ length: x.dims.length - counts }, () => ({ slice: [null, null, null] }) as const)
      : [index],
  )
  const dropped: number[] = []
  let axis = 0
  for (const index of indices) {
    if (index === null) continue
    if (typeof index === 'number') {
      const size = x.dims[axis] as number
      const start = index < 0 ? index + size : index
      x = sliced(call.site, call.tracer, x, axis, { start, stop: start + 1 })
      dropped.push(axis)
    } else if (isSlice(index)) {
      const [start, stop, step] = index.slice.map(numberOf)
      x = sliced(call.site, call.tracer, x, axis, {
        start: start ?? 0,
        stop: stop ?? (x.dims[axis] as number),
        step: step ?? 1,
      })
    } else throw new NoCounterpart('it picks positions that are computed')
    axis++
  }
  const [dims] = call.results
  if (dims === undefined || (dropped.length === 0 && dims.length === x.dims.length)) return x
  return reshaped(call.site, call.tracer, x, dims)[0]
}

/** Repeats along the axes that grow. */
const expand: CallReader = (call) => {
  const source = call.value(call.call.args[0])
  const [dims] = call.results
  if (dims === undefined) throw new NoCounterpart('its size is not known')
  if (source?.kind === 'constant') {
    const { numbers: _numbers, ...rest } = source
    return product(source.dims) === product(dims) ? { ...source, dims } : { ...rest, dims }
  }
  const x = input(call)
  const lifted =
    dims.length === x.dims.length
      ? x
      : (reshaped(call.site, call.tracer, x, [...Array.from({ length: dims.length - x.dims.length }, () => 1), ...x.dims])[0] as TensorValue)
  return repeated(call, lifted, dims.map((size, i) => size / (lifted.dims[i] as number)))
}

const repeat: CallReader = (call) => repeated(call, input(call), numbersFrom(call, 1, 'repeats'))

function repeated(call: PyTorchCall, x: TensorValue, counts: readonly number[]): TensorValue | undefined {
  if (counts.length !== x.dims.length) throw new NoCounterpart('it adds axes')
  const axes = counts.flatMap((count, axis) => (count === 1 ? [] : [axis]))
  if (axes.length === 0) return x
  return call.tracer.apply(call.site, {
    layer: 'repeat',
    inputs: [x],
    options: {
      counts: axes.map((axis) => counts[axis] as number),
      axes: axes.map((axis) => imageAxisAt(x, axis)),
    },
  })[0]
}

const roll: CallReader = (call) => {
  const x = input(call)
  const shift = numbersOf(call.argument(1, 'shifts')) ?? []
  const axes = numbersOf(call.argument(2, 'dims')) ?? []
  return call.tracer.apply(call.site, {
    layer: 'roll',
    inputs: [x],
    options: { shift, axis: axes.map((axis) => imageAxisAt(x, axis)) },
  })[0]
}

const flip: CallReader = (call) => {
  const x = input(call)
  const axes = numbersFrom(call, 1, 'dims').map((axis) => imageAxisAt(x, axis))
  return call.tracer.apply(call.site, { layer: 'flip', inputs: [x], options: { axis: axes } })[0]
}

const clamp: CallReader = (call) => {
  const x = input(call)
  const low = call.argument(1, 'min') ?? call.argument(1, 'min_val')
  const high = call.argument(2, 'max') ?? call.argument(2, 'max_val')
  if (low === 0 && high === 6) return call.tracer.apply(call.site, { layer: 'relu6', inputs: [x] })[0]
  if (low === 0 && (high === undefined || high === null)) {
    return call.tracer.apply(call.site, { layer: 'relu', inputs: [x] })[0]
  }
  throw new NoCounterpart(`values are kept between ${String(low)} and ${String(high)}`)
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
  if (count === undefined || features === undefined) throw new NoCounterpart('its table is made by the network')
  return call.tracer.apply(call.site, {
    layer: 'embedding',
    inputs: [input(call)],
    options: { count, features },
    weights: [weight],
  })[0]
}

/** softmax(q·kᵀ/√d)·v, heads among the axes before the last two (Vaswani et al. 2017, §3.2.1). */
const attention: CallReader = (call) => {
  const [query, key, value] = ['query', 'key', 'value'].map((name, i) => tensorArgument(call, i, name))
  const { tracer, site } = call
  const features = query?.dims.at(-1) ?? 1
  const [scores] = tracer.apply(site, {
    layer: 'matmul',
    inputs: [query as TensorValue, key as TensorValue],
    options: { transpose_b: true },
  }) as [TensorValue]
  const [scaled] = tracer.apply(site, {
    layer: 'affine',
    inputs: [scores],
    options: { factor: rounded(1 / Math.sqrt(features)) },
  }) as [TensorValue]
  const [weights] = tracer.apply(site, {
    layer: 'softmax',
    inputs: [scaled],
    options: { axis: tracer.shapeOf(scaled).length - 1 },
  }) as [TensorValue]
  return tracer.apply(site, { layer: 'matmul', inputs: [weights, value as TensorValue] })[0]
}

const select: CallReader = (call) => {
  const x = input(call)
  const dim = numberOf(call.argument(1, 'dim')) ?? 0
  const index = numberOf(call.argument(2, 'index')) ?? 0
  const axis = dim < 0 ? dim + x.dims.length : dim
  const start = index < 0 ? index + (x.dims[axis] as number) : index
  const cut = sliced(call.site, call.tracer, x, axis, { start, stop: start + 1 })
  return reshaped(call.site, call.tracer, cut, x.dims.toSpliced(axis, 1))[0]
}

const narrow: CallReader = (call) => {
  const start = numberOf(call.argument(2, 'start')) ?? 0
  const length = numberOf(call.argument(3, 'length')) ?? 1
  return sliced(call.site, call.tracer, input(call), numberOf(call.argument(1, 'dim')) ?? 0, {
    start,
    stop: start + length,
  })
}

const dropout = simple('dropout', (call) => ({ rate: rounded(numberOf(call.argument(1, 'p')) ?? 0.5) }))

/** Each name also stands for its variant in place, `relu_`. */
export const FUNCTIONS: Readonly<Record<string, CallReader>> = {
  relu: simple('relu'),
  relu6: simple('relu6'),
  leaky_relu: simple('leaky_relu', (call) => ({ slope: rounded(numberOf(call.argument(1, 'negative_slope')) ?? 0.01) })),
  elu: simple('elu', (call) => ({ alpha: rounded(numberOf(call.argument(1, 'alpha')) ?? 1) })),
  selu: simple('selu'),
  gelu: simple('gelu', (call): ImportOptions => (call.argument(1, 'approximate') === 'tanh' ? { approximate: 'tanh' } : {})),
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
  softmax: softmax('softmax'),
  log_softmax: softmax('log_softmax'),
  dropout,
  dropout1d: dropout,
  dropout2d: dropout,
  dropout3d: dropout,
  alpha_dropout: dropout,
  feature_dropout: dropout,
  stochastic_depth: simple('drop_path', (call) => ({ rate: rounded(numberOf(call.argument(1, 'p')) ?? 0.5) })),
  add: binary('add'),
  __add__: binary('add'),
  __radd__: binary('add', true),
  __iadd__: binary('add'),
  sub: binary('sub'),
  subtract: binary('sub'),
  __sub__: binary('sub'),
  __isub__: binary('sub'),
  rsub: binary('sub', true),
  __rsub__: binary('sub', true),
  mul: binary('mul'),
  multiply: binary('mul'),
  __mul__: binary('mul'),
  __rmul__: binary('mul', true),
  __imul__: binary('mul'),
  div: binary('divide'),
  divide: binary('divide'),
  true_divide: binary('divide'),
  __truediv__: binary('divide'),
  __itruediv__: binary('divide'),
  __rtruediv__: binary('divide', true),
  __rdiv__: binary('divide', true),
  pow: binary('power'),
  __pow__: binary('power'),
  linear,
  matmul,
  __matmul__: matmul,
  bmm: matmul,
  mm: matmul,
  scaled_dot_product_attention: attention,
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
  cat,
  concat: cat,
  concatenate: cat,
  stack,
  chunk: split,
  split,
  split_with_sizes: split,
  tensor_split: split,
  view: toResult,
  reshape: toResult,
  view_as: toResult,
  reshape_as: toResult,
  squeeze: toResult,
  unsqueeze: toResult,
  unflatten: toResult,
  flatten: (call) =>
    flattened(call, input(call), numberOf(call.argument(1, 'start_dim')) ?? 0, numberOf(call.argument(2, 'end_dim')) ?? -1),
  permute,
  transpose,
  swapaxes: transpose,
  t: (call) => permuted(call.site, call.tracer, input(call), [1, 0])[0],
  mean: reduce('mean'),
  sum: reduce('sum'),
  max: reduce('max'),
  amax: reduce('max'),
  min: reduce('min'),
  amin: reduce('min'),
  var: reduce('var'),
  norm: reduce('norm'),
  __getitem__: getItem,
  select,
  narrow,
  expand,
  expand_as: expand,
  broadcast_to: expand,
  repeat,
  tile: repeat,
  roll,
  flip,
  clamp,
  clip: clamp,
  hardtanh: clamp,
  embedding,
  pixel_shuffle: simple('pixel_shuffle', (call) => ({ factor: numberOf(call.argument(1, 'upscale_factor')) ?? 1 })),
  pixel_unshuffle: simple('space_to_depth', (call) => ({ block: numberOf(call.argument(1, 'downscale_factor')) ?? 1 })),
  channel_shuffle: simple('channel_shuffle', (call) => ({ groups: numberOf(call.argument(1, 'groups')) ?? 1 })),
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
