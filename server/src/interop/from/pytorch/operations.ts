/** What layers of torch.nn and functions of torch.nn.functional have in common. */

import { product } from '../../../model/shape'
import type { ImportOptions, ImportValue } from '../../graph/graph'
import { reshaped } from '../trace/shapes'
import { NoCounterpart } from '../trace/tracer'
import type { ConstantValue, TensorValue } from '../trace/values'
import { numberOf, numbersOf, type PyTorchCall, perAxis } from './call'
import type { DumpValue } from './dump'

interface ConvolutionArguments {
  readonly stride?: DumpValue | undefined
  readonly padding?: DumpValue | undefined
  readonly outputPadding?: DumpValue | undefined
  readonly dilation?: DumpValue | undefined
  readonly groups?: DumpValue | undefined
  readonly paddingMode?: DumpValue | undefined
}

/** How PyTorch calls what stands in a padding. */
const PADDING_MODES: Readonly<Record<string, string>> = {
  zeros: 'zeros',
  reflect: 'reflect',
  replicate: 'nearest',
  circular: 'circular',
}

export function convolution(
  { tracer, site }: PyTorchCall,
  x: TensorValue,
  weight: ConstantValue | undefined,
  bias: ConstantValue | undefined,
  { stride, padding, dilation, groups, paddingMode }: ConvolutionArguments,
): TensorValue | undefined {
  const [channels, perGroup, ...kernel] = weight?.dims ?? []
  if (channels === undefined || perGroup === undefined)
    throw new NoCounterpart('its weights are made by the network')
  const axes = kernel.length
  const count = numberOf(groups) ?? 1
  const mode = PADDING_MODES[typeof paddingMode === 'string' ? paddingMode : 'zeros'] ?? 'zeros'
  const padded: ImportValue =
    typeof padding === 'string' ? padding : perAxis(padding, axes, 0).flatMap((amount) => [amount, amount])
  return tracer.apply(site, {
    layer: 'conv',
    inputs: [x],
    options: {
      channels,
      kernel,
      stride: perAxis(stride, axes, 1),
      padding: padded,
      dilation: perAxis(dilation, axes, 1),
      groups: count,
      bias: bias !== undefined,
      ...(mode === 'zeros' ? {} : { padding_mode: mode }),
      ...frozen(weight),
    },
    weights: [weight, bias],
    declared: { name: 'in_channels', value: perGroup * count, axis: 0 },
  })[0]
}

/** Weights that are not trained are told apart. */
function frozen(weight: ConstantValue | undefined): ImportOptions {
  return weight === undefined || weight.trained ? {} : { trainable: false }
}

export function transposedConvolution(
  { tracer, site }: PyTorchCall,
  x: TensorValue,
  weight: ConstantValue | undefined,
  bias: ConstantValue | undefined,
  { stride, padding, outputPadding, dilation, groups }: ConvolutionArguments,
): TensorValue | undefined {
  const [inChannels, perGroup, ...kernel] = weight?.dims ?? []
  if (inChannels === undefined || perGroup === undefined)
    throw new NoCounterpart('its weights are made by the network')
  const axes = kernel.length
  const count = numberOf(groups) ?? 1
  return tracer.apply(site, {
    layer: 'conv_transpose',
    inputs: [x],
    options: {
      channels: perGroup * count,
      kernel,
      stride: perAxis(stride, axes, 1),
      padding: perAxis(padding, axes, 0).flatMap((amount) => [amount, amount]),
      output_padding: perAxis(outputPadding, axes, 0),
      dilation: perAxis(dilation, axes, 1),
      groups: count,
      bias: bias !== undefined,
      ...frozen(weight),
    },
    weights: [weight, bias],
    declared: { name: 'in_channels', value: inChannels, axis: 0 },
  })[0]
}

/** A normalisation with its two weights, or none. */
export function normalised(
  call: PyTorchCall,
  x: TensorValue,
  layer: string,
  options: ImportOptions,
  declared?: { readonly name: string; readonly axis: number },
): TensorValue | undefined {
  const weight = call.weight('weight')
  const bias = call.weight('bias')
  const affine = weight !== undefined || bias !== undefined
  return call.tracer.apply(call.site, {
    layer,
    inputs: [x],
    options: { ...options, affine, ...frozen(weight) },
    weights: [weight, bias],
    ...(declared === undefined || weight === undefined
      ? {}
      : { declared: { ...declared, value: weight.dims.at(-1) ?? 0 } }),
  })[0]
}

interface PoolArguments {
  readonly kernel: DumpValue | undefined
  readonly stride?: DumpValue | undefined
  readonly padding?: DumpValue | undefined
  readonly dilation?: DumpValue | undefined
  readonly ceil?: DumpValue | undefined
  readonly countIncludePad?: DumpValue | undefined
}

export function pooled(
  { tracer, site }: PyTorchCall,
  x: TensorValue,
  layer: 'maxpool' | 'avgpool',
  { kernel, stride, padding, dilation, ceil, countIncludePad }: PoolArguments,
): TensorValue | undefined {
  const axes = tracer.shapeOf(x).length - 1
  const size = perAxis(kernel, axes, 1)
  const step =
    stride === undefined || stride === null || (Array.isArray(stride) && stride.length === 0)
      ? size
      : perAxis(stride, axes, 1)
  return tracer.apply(site, {
    layer,
    inputs: [x],
    options: {
      kernel: size,
      stride: step,
      padding: perAxis(padding, axes, 0).flatMap((amount) => [amount, amount]),
      ceil: ceil === true,
      ...(layer === 'maxpool'
        ? { dilation: perAxis(dilation, axes, 1) }
        : { count_include_pad: countIncludePad !== false }),
    },
  })[0]
}

interface ResizeArguments {
  readonly size?: DumpValue | undefined
  readonly scale?: DumpValue | undefined
  readonly mode?: DumpValue | undefined
  readonly alignCorners?: DumpValue | undefined
}

/** How PyTorch calls interpolations. */
const MODES: Readonly<Record<string, string>> = {
  nearest: 'nearest',
  'nearest-exact': 'nearest',
  linear: 'bilinear',
  bilinear: 'bilinear',
  trilinear: 'bilinear',
  bicubic: 'bicubic',
}

export function resized(
  { tracer, site }: PyTorchCall,
  x: TensorValue,
  { size, scale, mode, alignCorners }: ResizeArguments,
): TensorValue | undefined {
  const axes = tracer.shapeOf(x).length - 1
  const word = MODES[typeof mode === 'string' ? mode : 'nearest']
  if (word === undefined) throw new NoCounterpart(`its mode ${String(mode)} has no name here`)
  const options: ImportOptions = { mode: word, ...(alignCorners === true ? { align_corners: true } : {}) }
  const factors = numbersOf(scale)
  if (factors !== undefined) {
    return tracer.apply(site, {
      layer: 'upsample',
      inputs: [x],
      options: { scale: perAxis(scale, axes, 1), ...options },
    })[0]
  }
  return tracer.apply(site, {
    layer: 'resize',
    inputs: [x],
    options: { size: perAxis(size, axes, 1), ...options },
  })[0]
}

/** PyTorch pads the last axis first. */
export function padded(
  { tracer, site }: PyTorchCall,
  x: TensorValue,
  amounts: readonly number[],
  mode: string,
  value: DumpValue | undefined,
): TensorValue | undefined {
  const rank = tracer.shapeOf(x).length
  const pairs = Array.from({ length: amounts.length / 2 }, (_, i) => [
    amounts[2 * i] as number,
    amounts[2 * i + 1] as number,
  ])
  const own = Array.from({ length: rank }, (_, i) => pairs[rank - 1 - i] ?? [0, 0])
  const filled = numberOf(value) ?? 0
  const remark = mode === 'zeros' && filled !== 0 ? { remark: `the padding is ${filled} in the model` } : {}
  const [channels, ...spatial] = own
  if (pairs.length > rank) throw new NoCounterpart('it pads the batch')
  if (channels?.every((amount) => amount === 0)) {
    if (spatial.flat().every((amount) => amount === 0)) return x
    return tracer.apply(site, {
      layer: 'pad',
      inputs: [x],
      options: { amounts: spatial.flat(), mode },
      ...remark,
    })[0]
  }
  let made: TensorValue | undefined = x
  for (const [axis, pair] of own.entries()) {
    if (made === undefined || pair.every((amount) => amount === 0)) continue
    made = tracer.apply(site, {
      layer: 'pad',
      inputs: [made],
      options: { amounts: pair, axis, mode },
      ...remark,
    })[0]
  }
  return made
}

export function flattened({ tracer, site }: PyTorchCall, x: TensorValue, start: number, end: number) {
  const count = x.dims.length
  const from = start < 0 ? start + count : start
  const to = end < 0 ? end + count : end
  const merged = product(x.dims.slice(from, to + 1))
  return reshaped(site, tracer, x, [...x.dims.slice(0, from), merged, ...x.dims.slice(to + 1)])[0]
}
