/** What rearranges, cuts and joins axes. */
import { product, showShape } from '../../../../model/shape'
import type { ImportOptions } from '../../../graph/graph'
import { imageAxisAt, permuted, reshaped, sliced } from '../../trace/shapes'
import { NoCounterpart } from '../../trace/tracer'
import type { TensorValue } from '../../trace/values'
import { type CallReader, input, listArgument, numberOf, numbersOf, type PyTorchCall } from '../call'
import type { DumpValue } from '../dump'
import { numbersFrom } from './shared'

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
  return call.tracer.apply(call.site, {
    layer: 'split',
    inputs: [x],
    options: { parts, axis: imageAxisAt(x, axis) },
  })
}

const toResult: CallReader = (call) => {
  const [dims] = call.results
  const x = input(call)
  if (dims === undefined) throw new NoCounterpart(misfit(call, x))
  return reshaped(call.site, call.tracer, x, dims)[0]
}

/** Why a tensor cannot have the sizes that were asked for. */
function misfit(call: PyTorchCall, x: TensorValue): string {
  const wanted = numbersFrom(call, 1, 'shape')
  const shape = call.tracer.shapeOf(x)
  const known = product(wanted.filter((size) => size !== -1))
  return `${showShape(shape)} has ${product(shape)} values, and ${wanted.join('×')} has ${known}`
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
      : (reshaped(call.site, call.tracer, x, [
          ...Array.from({ length: dims.length - x.dims.length }, () => 1),
          ...x.dims,
        ])[0] as TensorValue)
  return repeated(
    call,
    lifted,
    dims.map((size, i) => size / (lifted.dims[i] as number)),
  )
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

const select: CallReader = (call) => {
  const x = input(call)
  const dim = numberOf(call.argument(1, 'dim')) ?? 0
  const index = numberOf(call.argument(2, 'index')) ?? 0
  const axis = dim < 0 ? dim + x.dims.length : dim
  const start = index < 0 ? index + (x.dims[axis] as number) : index
  const cut = sliced(call.site, call.tracer, x, axis, { start, stop: start + 1 })
  return reshaped(call.site, call.tracer, cut, x.dims.toSpliced(axis, 1))[0]
}

/** Every position along an axis as a tensor of its own. */
const unbind: CallReader = (call) => {
  const x = input(call)
  const dim = numberOf(call.argument(1, 'dim')) ?? 0
  const axis = dim < 0 ? dim + x.dims.length : dim
  return call.results.map((dims, i) => {
    const cut = sliced(call.site, call.tracer, x, axis, { start: i, stop: i + 1 })
    return reshaped(call.site, call.tracer, cut, dims)[0]
  })
}

const narrow: CallReader = (call) => {
  const start = numberOf(call.argument(2, 'start')) ?? 0
  const length = numberOf(call.argument(3, 'length')) ?? 1
  return sliced(call.site, call.tracer, input(call), numberOf(call.argument(1, 'dim')) ?? 0, {
    start,
    stop: start + length,
  })
}

export const AXES: Readonly<Record<string, CallReader>> = {
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
  permute,
  transpose,
  swapaxes: transpose,
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
  unbind,
  expand,
  expand_as: expand,
  broadcast_to: expand,
  repeat,
  tile: repeat,
  roll,
  flip,
}
