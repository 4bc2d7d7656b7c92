/** What a value of the language is. */
import type { TensorValue, UnknownValue, Value } from './graph'
import type { AxesKind } from './traits'

export const UNKNOWN: UnknownValue = { kind: 'unknown' }

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isUnknown(value: Value): value is UnknownValue {
  return typeof value === 'object' && value !== null && !isList(value) && value.kind === 'unknown'
}

export function isTensor(value: Value): value is TensorValue {
  return typeof value === 'object' && value !== null && !isList(value) && value.kind === 'tensor'
}

/** A tensor, or a list that may stand for its tensors. */
export function isTensors(value: Value): boolean {
  return isTensor(value) || (isList(value) && value.length > 0 && value.every((item) => isTensor(item)))
}

/** A list of two sizes that says what axes they are of, as `rows` and `signal` make it. */
export function sizeOfAxes(sizes: readonly Value[], axes: AxesKind): readonly Value[] {
  return Object.assign([...sizes], { axes })
}

/** What a size says of its axes; undefined for all other values. */
export function axesOfSize(value: Value): AxesKind | undefined {
  return isList(value) && 'axes' in value ? (value.axes as AxesKind) : undefined
}

/** Whether anything in the value is unknown. */
export function hasUnknown(value: Value): boolean {
  return isUnknown(value) || (isList(value) && value.some(hasUnknown))
}
