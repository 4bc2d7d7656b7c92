/** Which values are equal, and which stand before others. */
import type { Value } from '../../model/graph'
import { isList, isTensor } from '../../model/value'

/** Equality as in Python: by value, tensors by identity, different kinds differ. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i] as Value))
  if (isTensor(a) && isTensor(b)) return a.tensor === b.tensor
  return false
}

/** Below, at or above 0 as `left` stands before, beside or behind `right`; undefined where they have no order. */
export function ordering(left: Value, right: Value): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  if (!isList(left) || !isList(right)) return undefined
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [a, b] = [left[i] as Value, right[i] as Value]
    if (!equal(a, b)) return ordering(a, b)
  }
  return left.length - right.length
}
