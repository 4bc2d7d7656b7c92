/** What a value of the language is. */
import type { TensorValue, UnknownValue, Value } from './graph'

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

/** Whether anything in the value is unknown. */
export function hasUnknown(value: Value): boolean {
  return isUnknown(value) || (isList(value) && value.some(hasUnknown))
}
