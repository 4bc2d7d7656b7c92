/** What rearranges, cuts and joins axes. */

import { product } from '../../../../model/shape'
import type { ImportOptions, ImportValue } from '../../../graph/graph'
import { imageAxisAt, permuted, reshaped, sliced } from '../../trace/shapes'
import { constantAt, NoCounterpart, numbersAt, type Tracer, tensorAt } from '../../trace/tracer'
import type { TensorValue } from '../../trace/values'
import type { OnnxNode } from '../node'
import type { Inputs, Operator, Operators } from './operator'

const reshape: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const written = numbersAt(inputs, 1) ?? node.ints('shape')
  if (written === undefined) throw new NoCounterpart('its sizes are not in the file')
  const keepsZero = node.int('allowzero', 0) === 0
  const sizes = written.map((size, i) => (size === 0 && keepsZero ? (x.dims[i] as number) : size))
  const known = product(sizes.filter((size) => size !== -1))
  const total = product(x.dims)
  return reshaped(
    node.site,
    tracer,
    x,
    sizes.map((size) => (size === -1 ? total / known : size)),
  )
}

const flatten: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const written = node.int('axis', 1)
  const axis = written < 0 ? written + x.dims.length : written
  return reshaped(node.site, tracer, x, [product(x.dims.slice(0, axis)), product(x.dims.slice(axis))])
}

function axesOf(node: OnnxNode, inputs: Inputs, index: number, rank: number): readonly number[] | undefined {
  const axes = node.ints('axes') ?? numbersAt(inputs, index)
  return axes?.map((axis) => (axis < 0 ? axis + rank : axis))
}

const squeeze: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const axes = axesOf(node, inputs, 1, x.dims.length)
  const isGone = (size: number, i: number) => (axes === undefined ? size === 1 : axes.includes(i))
  return reshaped(
    node.site,
    tracer,
    x,
    x.dims.filter((size, i) => !isGone(size, i)),
  )
}

const unsqueeze: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const count = (node.ints('axes') ?? numbersAt(inputs, 1) ?? []).length
  const axes = axesOf(node, inputs, 1, x.dims.length + count) ?? []
  const dims = [...x.dims]
  for (const axis of [...axes].sort((a, b) => a - b)) dims.splice(axis, 0, 1)
  const made = reshaped(node.site, tracer, x, dims)
  return made
}

const transpose: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const perm = node.ints('perm') ?? x.dims.map((_, i) => x.dims.length - 1 - i)
  return permuted(node.site, tracer, x, perm)
}

const concat: Operator = (node, inputs, tracer) => {
  const given = inputs.filter((input) => input !== undefined)
  const beside = given.find((input): input is TensorValue => input.kind === 'tensor')
  if (beside === undefined) throw new NoCounterpart('it has no tensor')
  const tensors = given.map((input) =>
    input.kind === 'tensor' ? input : tracer.parameter(node.site, input, beside),
  )
  const axis = imageAxisAt(beside, node.int('axis', 0))
  return tracer.apply(node.site, { layer: 'concat', inputs: tensors, options: { axis }, batch: beside.batch })
}

const split: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const written = node.int('axis', 0)
  const axis = imageAxisAt(x, written)
  const sizes = node.ints('split') ?? numbersAt(inputs, 1)
  const size = tracer.shapeOf(x)[axis] as number
  const count = node.node.output.length
  const each = Math.ceil(size / count)
  const parts = sizes ?? Array.from({ length: count }, (_, i) => Math.min(each, size - i * each))
  return tracer.apply(node.site, { layer: 'split', inputs: [x], options: { parts, axis } })
}

const slice: Operator = (node, inputs, tracer) => {
  let x = tensorAt(inputs, 0)
  const starts = node.ints('starts') ?? numbersAt(inputs, 1) ?? []
  const ends = node.ints('ends') ?? numbersAt(inputs, 2) ?? []
  const axes = node.ints('axes') ?? numbersAt(inputs, 3) ?? starts.map((_, i) => i)
  const steps = numbersAt(inputs, 4) ?? starts.map(() => 1)
  for (const [i, written] of axes.entries()) {
    const axis = written < 0 ? written + x.dims.length : written
    const size = x.dims[axis] as number
    const step = steps[i] as number
    const [from, to] = [starts[i] as number, ends[i] as number]
    if (step < 0) {
      if (step !== -1 || from < size - 1 || to > -size) throw new NoCounterpart('it reads backwards in steps')
      x = tracer.apply(node.site, {
        layer: 'flip',
        inputs: [x],
        options: { axis: [imageAxisAt(x, axis)] },
      })[0] as TensorValue
      continue
    }
    x = sliced(node.site, tracer, x, axis, { start: from, stop: to, step })
  }
  return [x]
}

/** How ONNX calls what stands in the padding. */
const PAD_MODES: Readonly<Record<string, string>> = {
  constant: 'zeros',
  reflect: 'reflect',
  edge: 'nearest',
  wrap: 'circular',
}

const pad: Operator = (node, inputs, tracer) => {
  let x = tensorAt(inputs, 0)
  const { length } = x.dims
  const pads = node.ints('pads') ?? numbersAt(inputs, 1) ?? []
  const axes =
    numbersAt(inputs, 3)?.map((axis) => (axis < 0 ? axis + length : axis)) ?? x.dims.map((_, i) => i)
  const mode = PAD_MODES[node.text('mode', 'constant')] ?? 'zeros'
  const value = numbersAt(inputs, 2)?.[0] ?? node.float('value', 0)
  const remark = mode === 'zeros' && value !== 0 ? { remark: `the padding is ${value} in the model` } : {}
  const amounts = x.dims.map((_, axis) => {
    const i = axes.indexOf(axis)
    return i < 0 ? [0, 0] : [pads[i] as number, pads[i + axes.length] as number]
  })
  const rank = tracer.shapeOf(x).length
  const perImage = x.dims.flatMap((_, axis) => {
    const isBatch = x.batch?.axis === axis && rank < length
    return isBatch ? [] : [amounts[axis] as number[]]
  })
  const [channels, ...spatial] = perImage
  if (channels?.every((amount) => amount === 0)) {
    if (spatial.flat().every((amount) => amount === 0)) return [x]
    return tracer.apply(node.site, {
      layer: 'pad',
      inputs: [x],
      options: { amounts: spatial.flat(), mode },
      ...remark,
    })
  }
  for (const [axis, pair] of perImage.entries()) {
    if (pair.every((amount) => amount === 0)) continue
    const options: ImportOptions = { amounts: pair, axis, mode }
    x = tracer.apply(node.site, { layer: 'pad', inputs: [x], options, ...remark })[0] as TensorValue
  }
  return [x]
}

/** How ONNX calls the interpolation. */
const RESIZE_MODES: Readonly<Record<string, string>> = {
  nearest: 'nearest',
  linear: 'bilinear',
  cubic: 'bicubic',
}

/** `Resize` and the older `Upsample`, whose scales and sizes stand at these places. */
function resize(scalesAt: number, sizesAt: number | undefined): Operator {
  return (node, inputs, tracer) => {
    const x = tensorAt(inputs, 0)
    const rank = tracer.shapeOf(x).length
    const spatialAxes = x.dims.map((_, i) => i).slice(x.dims.length - rank + 1)
    const written = sizesAt === undefined ? undefined : numbersAt(inputs, sizesAt)
    const scales = node.floats('scales') ?? numbersAt(inputs, scalesAt)
    const axes = node.ints('axes') ?? x.dims.map((_, i) => i)
    const at = (numbers: readonly number[]) => spatialAxes.map((axis) => numbers[axes.indexOf(axis)] ?? 1)
    const mode = RESIZE_MODES[node.text('mode', 'nearest')]
    if (mode === undefined) throw new NoCounterpart('its interpolation has no name here')
    const corners = node.text('coordinate_transformation_mode', 'half_pixel') === 'align_corners'
    const options: ImportOptions = { mode, ...(corners ? { align_corners: true } : {}) }
    if (written !== undefined && written.length > 0) {
      const size: ImportValue = at(written)
      return tracer.apply(node.site, { layer: 'resize', inputs: [x], options: { size, ...options } })
    }
    if (scales === undefined || scales.length === 0) throw new NoCounterpart('its sizes are not in the file')
    const factors = at(scales)
    if (factors.every((factor) => factor === 1)) return [x]
    return tracer.apply(node.site, {
      layer: 'upsample',
      inputs: [x],
      options: { scale: factors, ...options },
    })
  }
}

const depthToSpace: Operator = (node, inputs, tracer) => {
  const isPixelShuffle = node.text('mode', 'DCR') === 'CRD'
  return tracer.apply(node.site, {
    layer: 'pixel_shuffle',
    inputs: [tensorAt(inputs, 0)],
    options: { factor: node.int('blocksize', 1) },
    ...(isPixelShuffle ? {} : { remark: 'the channels are taken in another order (DCR)' }),
  })
}

const spaceToDepth: Operator = (node, inputs, tracer) =>
  tracer.apply(node.site, {
    layer: 'space_to_depth',
    inputs: [tensorAt(inputs, 0)],
    options: { block: node.int('blocksize', 1) },
  })

const expand: Operator = (node, inputs, tracer) => {
  const x = tensorAt(inputs, 0)
  const written = numbersAt(inputs, 1) ?? []
  const missing = Math.max(0, written.length - x.dims.length)
  if (missing > 0) throw new NoCounterpart('it adds axes')
  const sizes = [...x.dims.slice(0, x.dims.length - written.length), ...written]
  const counts = x.dims.map((dim, i) => (dim === 1 ? Math.max(1, sizes[i] as number) : 1))
  return repeated(node, tracer, x, counts)
}

const tile: Operator = (node, inputs, tracer) =>
  repeated(node, tracer, tensorAt(inputs, 0), numbersAt(inputs, 1) ?? [])

function repeated(node: OnnxNode, tracer: Tracer, x: TensorValue, counts: readonly number[]) {
  if (counts.every((count) => count === 1)) return [x]
  const axes = counts.flatMap((count, axis) => (count === 1 ? [] : [axis]))
  return tracer.apply(node.site, {
    layer: 'repeat',
    inputs: [x],
    options: {
      counts: axes.map((axis) => counts[axis] as number),
      axes: axes.map((axis) => imageAxisAt(x, axis)),
    },
  })
}

/** Rows of a table for indices, or some positions along an axis. */
const gather: Operator = (node, inputs, tracer) => {
  const [data, indices] = inputs
  const axis = node.int('axis', 0)
  if (data?.kind === 'constant') {
    const index = tensorAt(inputs, 1)
    if (data.dims.length !== 2 || axis !== 0) throw new NoCounterpart('it looks up more than rows')
    const [count, features] = data.dims as readonly [number, number]
    return tracer.apply(node.site, {
      layer: 'embedding',
      inputs: [index],
      options: { count, features },
      weights: [data],
    })
  }
  const x = tensorAt(inputs, 0)
  if (indices?.kind === 'tensor') throw new NoCounterpart('its positions depend on the input')
  const positions = constantAt(inputs, 1)?.numbers
  const imageAxis = imageAxisAt(x, axis)
  const [only] = positions ?? []
  if (positions?.length !== 1 || only === undefined) {
    return gatherSeveral(node, tracer, x, imageAxis, positions)
  }
  const size = tracer.shapeOf(x)[imageAxis] as number
  const start = only < 0 ? only + size : only
  const [cut] = tracer.apply(node.site, {
    layer: 'slice',
    inputs: [x],
    options: { start, stop: start + 1, axis: imageAxis },
  })
  if ((indices?.dims.length ?? 0) > 0) return [cut]
  const counted = axis < 0 ? axis + x.dims.length : axis
  return reshaped(node.site, tracer, cut as TensorValue, x.dims.toSpliced(counted, 1))
}

/** Neighbouring positions are a slice. */
function gatherSeveral(
  node: OnnxNode,
  tracer: Tracer,
  x: TensorValue,
  axis: number,
  positions: readonly number[] | undefined,
): readonly TensorValue[] {
  const [first] = positions ?? []
  if (positions === undefined || first === undefined || !positions.every((at, i) => at === first + i)) {
    throw new NoCounterpart('it picks single positions')
  }
  const options: ImportOptions = { start: first, stop: first + positions.length, axis }
  return tracer.apply(node.site, { layer: 'slice', inputs: [x], options })
}

/** The mean, sum or other figure over some axes. */
function reduce(layer: string, more: ImportOptions = {}): Operator {
  return (node, inputs, tracer) => {
    const x = tensorAt(inputs, 0)
    const axes = axesOf(node, inputs, 1, x.dims.length)
    const keep = node.int('keepdims', 1) === 1
    const all = x.dims.map((_, i) => i).filter((axis) => axis !== x.batch?.axis)
    const axis = (axes === undefined || axes.length === 0 ? all : axes).map((each) => imageAxisAt(x, each))
    const { batch } = x
    const gone = keep || batch === undefined ? 0 : (axes ?? []).filter((each) => each < batch.axis).length
    return tracer.apply(node.site, {
      layer,
      inputs: [x],
      options: { axis, keep, ...more },
      batch: batch === undefined ? undefined : { ...batch, axis: batch.axis - gone },
    })
  }
}

export const AXES: Operators = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  Resize: resize(2, 3),
  Upsample: resize(1, undefined),
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Expand: expand,
  Tile: tile,
  Gather: gather,
  ReduceMean: reduce('mean'),
  ReduceSum: reduce('sum'),
  ReduceMax: reduce('max'),
  ReduceMin: reduce('min'),
  ReduceL1: reduce('norm', { order: 1 }),
  ReduceL2: reduce('norm', { order: 2 }),
}
