/** Reshapes, permutations and products that every format has. */
import type { ImportOptions } from '../../graph/graph'
import { type CallSite, NoCounterpart, type Tracer } from './tracer'
import { type ConstantValue, imageShape, isAlone, reshapedBatch, type TensorValue } from './values'

/** Gives a tensor other sizes, batch included, with as many elements; a flattening where that is what it is. */
export function reshaped(
  site: CallSite,
  tracer: Tracer,
  x: TensorValue,
  dims: readonly number[],
): readonly TensorValue[] {
  const batch = reshapedBatch(x, tracer.batchSize, dims)
  if (x.batch !== undefined && batch === undefined) throw new NoCounterpart('its axes cut through the batch')
  const before = tracer.shapeOf(x)
  const shape = imageShape(dims, batch, tracer.batchSize)
  if (before.length === shape.length && before.every((size, i) => size === shape[i]))
    return [{ ...x, dims, batch }]
  const isFlat = shape.length === 1 && before.length > 1
  return tracer.apply(site, {
    layer: isFlat ? 'flatten' : 'reshape',
    inputs: [x],
    options: isFlat ? {} : { shape },
    batch,
  })
}

/** Puts the axes, batch included, in another order. */
export function permuted(
  site: CallSite,
  tracer: Tracer,
  x: TensorValue,
  perm: readonly number[],
): readonly TensorValue[] {
  const { batch } = x
  const moved = batch === undefined ? undefined : { ...batch, axis: perm.indexOf(batch.axis) }
  const order =
    batch !== undefined && isAlone(batch)
      ? perm.filter((axis) => axis !== batch.axis).map((axis) => (axis > batch.axis ? axis - 1 : axis))
      : perm
  if (order.every((axis, i) => axis === i)) {
    return [{ ...x, dims: perm.map((axis) => x.dims[axis] as number), batch: moved }]
  }
  return tracer.apply(site, { layer: 'permute', inputs: [x], options: { order }, batch: moved })
}

/** An axis, counted with the batch, as one of those for one image. @throws NoCounterpart for the batch */
export function imageAxisAt(x: TensorValue, axis: number): number {
  const counted = axis < 0 ? axis + x.dims.length : axis
  if (x.batch === undefined || counted < x.batch.axis) return counted
  const alone = isAlone(x.batch)
  if (counted === x.batch.axis && alone) throw new NoCounterpart('it works along the batch')
  return alone ? counted - 1 : counted
}

/** A linear layer over the last axis; more axes than rows have are merged and taken apart again. */
export function linearOver(
  site: CallSite,
  tracer: Tracer,
  x: TensorValue,
  { features, inFeatures }: { readonly features: number; readonly inFeatures: number },
  weights: readonly (ConstantValue | undefined)[],
): readonly TensorValue[] {
  const shape = tracer.shapeOf(x)
  const options: ImportOptions = { features, bias: weights[1] !== undefined }
  const declared = { name: 'in_features', value: inFeatures, axis: -1 }
  if (shape.length <= 2)
    return tracer.apply(site, { layer: 'linear', inputs: [x], options, weights, declared })
  const [merged] = tracer.apply(site, {
    layer: 'reshape',
    inputs: [x],
    options: { shape: [-1, shape.at(-1) as number] },
  })
  const [made] = tracer.apply(site, {
    layer: 'linear',
    inputs: [merged as TensorValue],
    options,
    weights,
    declared,
  })
  return tracer.apply(site, {
    layer: 'reshape',
    inputs: [made as TensorValue],
    options: { shape: [...shape.slice(0, -1), features] },
    batch: x.batch,
  })
}

/** Cuts positions out of an axis that is counted with the batch; the whole axis is left as it is. */
export function sliced(
  site: CallSite,
  tracer: Tracer,
  x: TensorValue,
  axis: number,
  { start, stop, step = 1 }: { readonly start: number; readonly stop: number; readonly step?: number },
): TensorValue {
  const counted = axis < 0 ? axis + x.dims.length : axis
  const size = x.dims[counted] as number
  const clamp = (at: number) => Math.max(0, Math.min(size, at < 0 ? at + size : at))
  const [from, to] = [clamp(start), clamp(stop)]
  if (from === 0 && to === size && step === 1) return x
  const options: ImportOptions = { start: from, stop: to, axis: imageAxisAt(x, counted), step }
  return tracer.apply(site, { layer: 'slice', inputs: [x], options })[0] as TensorValue
}
