/** Convolutions and pooling: what slides a window over a map. */
import type { ImportOptions, ImportValue } from '../../../graph/graph'
import { constantAt, NoCounterpart, type Tracer, tensorAt } from '../../trace/tracer'
import type { ConstantValue, TensorValue } from '../../trace/values'
import type { OnnxNode } from '../node'
import type { Inputs, Operator, Operators } from './operator'

/** What a window does along each axis, as ONNX's attributes say it. */
interface Window {
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  readonly padding: ImportValue
}

function windowOf(node: OnnxNode, kernel: readonly number[], sizes: readonly number[]): Window {
  const ones = kernel.map(() => 1)
  const stride = node.ints('strides') ?? ones
  const dilation = node.ints('dilations') ?? ones
  return { kernel, stride, dilation, padding: paddingOf(node, { kernel, stride, dilation }, sizes) }
}

function paddingOf(
  node: OnnxNode,
  { kernel, stride, dilation }: Omit<Window, 'padding'>,
  sizes: readonly number[],
): ImportValue {
  const auto = node.text('auto_pad', 'NOTSET')
  if (auto === 'VALID') return 0
  if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') {
    const pairs = kernel.map((k, i) => {
      const [s, d, size] = [stride[i] as number, dilation[i] as number, sizes[i] as number]
      const total = Math.max(0, (Math.ceil(size / s) - 1) * s + d * (k - 1) + 1 - size)
      const less = Math.floor(total / 2)
      return auto === 'SAME_UPPER' ? [less, total - less] : [total - less, less]
    })
    return pairs.flat()
  }
  const pads = node.ints('pads') ?? kernel.flatMap(() => [0, 0])
  return kernel.flatMap((_, i) => [pads[i] as number, pads[i + kernel.length] as number])
}

function windowOptions({ kernel, stride, dilation, padding }: Window): ImportOptions {
  return { kernel, stride, padding, dilation }
}

function spatialOf(x: TensorValue, tracer: Tracer): readonly number[] {
  return tracer.shapeOf(x).slice(1)
}

/** @throws NoCounterpart where the weights are made by the network */
function weightAt(inputs: Inputs, index: number): ConstantValue {
  const weight = constantAt(inputs, index)
  if (weight === undefined) throw new NoCounterpart('it has no weights')
  return weight
}

/** A convolution with its tensors at these places. */
function convolution(places: {
  readonly x: number
  readonly weight: number
  readonly bias: number
}): Operator {
  return (node, inputs, tracer) => {
    const x = tensorAt(inputs, places.x)
    const weight = weightAt(inputs, places.weight)
    const bias = constantAt(inputs, places.bias)
    const [channels, perGroup, ...kernel] = weight.dims as readonly [number, number, ...number[]]
    const groups = node.int('group', 1)
    return tracer.apply(node.site, {
      layer: 'conv',
      inputs: [x],
      options: {
        channels,
        ...windowOptions(windowOf(node, kernel, spatialOf(x, tracer))),
        groups,
        bias: bias !== undefined,
      },
      weights: [weight, bias],
      declared: { name: 'in_channels', value: perGroup * groups, axis: 0 },
    })
  }
}

const convTranspose: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const weight = weightAt(inputs, 1)
  const bias = constantAt(inputs, 2)
  const [inChannels, perGroup, ...kernel] = weight.dims as readonly [number, number, ...number[]]
  const groups = node.int('group', 1)
  const sizes = spatialOf(x, tracer)
  const window = windowOf(node, kernel, sizes)
  const reached = node.ints('output_shape')
  const auto = node.text('auto_pad', 'NOTSET')
  if (reached !== undefined || auto.startsWith('SAME')) {
    throw new NoCounterpart('its output shape is stated in place of a padding')
  }
  return tracer.apply(node.site, {
    layer: 'conv_transpose',
    inputs: [x],
    options: {
      channels: perGroup * groups,
      ...windowOptions(window),
      output_padding: node.ints('output_padding') ?? kernel.map(() => 0),
      groups,
      bias: bias !== undefined,
    },
    weights: [weight, bias],
    declared: { name: 'in_channels', value: inChannels, axis: 0 },
  })
}

const maxPool: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const { kernel, stride, padding, dilation } = windowOf(
    node,
    node.ints('kernel_shape') ?? [],
    spatialOf(x, tracer),
  )
  const ceil = node.int('ceil_mode', 0) === 1
  return tracer.apply(node.site, {
    layer: 'maxpool',
    inputs: [x],
    options: { kernel, stride, padding, ceil, dilation },
  })
}

const averagePool: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const { kernel, stride, padding } = windowOf(node, node.ints('kernel_shape') ?? [], spatialOf(x, tracer))
  return tracer.apply(node.site, {
    layer: 'avgpool',
    inputs: [x],
    options: {
      kernel,
      stride,
      padding,
      ceil: node.int('ceil_mode', 0) === 1,
      count_include_pad: node.int('count_include_pad', 0) === 1,
    },
  })
}

function simple(layer: string): Operator {
  return (node, inputs, tracer) => tracer.apply(node.site, { layer, inputs: [tensorAt(inputs, 0)] })
}

export const WINDOWS: Operators = {
  Conv: convolution({ x: 0, weight: 1, bias: 2 }),
  ConvInteger: convolution({ x: 0, weight: 1, bias: 4 }),
  QLinearConv: convolution({ x: 0, weight: 3, bias: 8 }),
  ConvTranspose: convTranspose,
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: simple('global_avgpool'),
  QLinearGlobalAveragePool: simple('global_avgpool'),
  GlobalMaxPool: simple('global_maxpool'),
}
