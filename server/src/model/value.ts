/** What a value of the language is. */
import { memo } from '../../../grammar/memo'
import type { TensorValue, UnknownValue, Value } from './graph'
import type { Outline } from './outline'
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

/** The outline of a tensor that rests on a fault; undefined for any other value. */
export function outlineOf(value: Value): Outline | undefined {
  return isUnknown(value) ? value.outline : undefined
}

/** A tensor, or a list that may stand for its tensors. */
export function isTensors(value: Value): boolean {
  return isTensor(value) || (isList(value) && value.length > 0 && contentsOf(value).tensors === value.length)
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
  return isUnknown(value) || (isList(value) && contentsOf(value).hasUnknown)
}

/** What is in a list. */
interface Contents {
  /** The items of the list and of the lists in it, each as often as it is met. */
  readonly items: number
  /** How deep its lists are nested; 1 for a list without lists. */
  readonly depth: number
  /** How many of its own items are tensors. */
  readonly tensors: number
  /** How many of its own items are unknown. */
  readonly unknown: number
  /** Whether anything in it, or in the lists in it, is unknown. */
  readonly hasUnknown: boolean
}

/** Short lists are looked through each time, which costs less than to remember them. */
const SHORT = 16

/** What is in a list; a list that several lists hold is looked through once. */
export function contentsOf(list: readonly Value[]): Contents {
  return list.length < SHORT && !list.some(isList) ? lookThrough(list) : remembered(list)
}

const remembered = memo(lookThrough)

function lookThrough(list: readonly Value[]): Contents {
  let items = list.length
  let depth = 0
  let tensors = 0
  let unknown = 0
  let unknownInside = false
  for (const item of list) {
    if (isTensor(item)) tensors++
    else if (isUnknown(item)) unknown++
    else if (isList(item)) {
      const inside = contentsOf(item)
      items += inside.items
      depth = Math.max(depth, inside.depth)
      unknownInside ||= inside.hasUnknown
    }
  }
  return { items, depth: depth + 1, tensors, unknown, hasUnknown: unknown > 0 || unknownInside }
}
