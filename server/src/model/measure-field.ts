/** Receptive fields in numbers: how much is seen, how far it moves, how far it reaches beyond the border. */

import type { AxisField } from './axis-field'
import { greatestCommonDivisor, MAX_PERIOD } from './axis-map'
import { longest } from './extents'
import { isAlike, isWalked, mostJoined } from './joined'
import type { Digit } from './places'
import type { Field } from './receptive-field'
import { product, type Shape } from './shape'
import { type Regions, regionAt } from './stretch'
import { rate, type Strip } from './strip'

/** The receptive field in numbers; null entries where an axis has none (it sees everything, or lost its order). */
export interface MeasuredField {
  readonly size: readonly (number | null)[]
  readonly stride: readonly (number | null)[]
  readonly padding: readonly (number | null)[]
  readonly context: boolean
}

/** A receptive field with what this input's borders leave of it. */
export interface SeenField extends MeasuredField {
  /**
   * Along each axis the most pixels, from the first to the last, that change one value; null where everything is seen,
   * and where a border was padded by mirroring or wrapping what lies inside.
   */
  readonly seen: readonly (number | null)[]
}

/** Where more positions stand one by one, those of a period are measured alone. */
const MOST_POSITIONS = 1 << 16

/**
 * The receptive field of Araujo, Norris & Sim (2019), §2, borders aside: the largest over the positions of the tensor;
 * `global` when it sees everything along every axis. The stride is null where it is not the same everywhere.
 */
export function measureField(field: Field, shape: Shape): MeasuredField | 'global' {
  if (field.axes.every((axis) => axis.strips.length === 0)) return 'global'
  const { joined } = field
  const measured = field.axes.map((axis, i) => {
    const own = measureAxis(axis, shape)
    if (joined === undefined || own.size === null) return own
    if (!isWalked(joined, i)) return { ...own, stride: null, padding: null }
    const size = mostJoined(joined, i, shape)
    return isAlike(joined, i, shape) ? { ...own, size } : { size, stride: null, padding: null }
  })
  return {
    size: measured.map(({ size }) => size),
    stride: measured.map(({ stride }) => stride),
    padding: measured.map(({ padding }) => padding),
    context: field.context,
  }
}

/** How many pixels a value sees along an axis, borders aside; null where it sees all of them. */
export function extentAlong(axis: AxisField, shape: Shape): number | null {
  const [strip] = axis.strips
  if (strip === undefined) return null
  if (axis.stretch || axis.table || axis.strips.length > 1 || strip.low.length > 1)
    return measureAxis(axis, shape).size
  return Math.max(0, Math.ceil((strip.high[0] as number) - (strip.low[0] as number) + 1))
}

function measureAxis(axis: AxisField, shape: Shape) {
  if (axis.strips.length === 0) return { size: null, stride: null, padding: null }
  if (axis.table) return { size: longest(axis.table), stride: null, padding: null }
  let size = 0
  let start = Number.NaN
  for (const n of positions(axis, shape)) {
    const [low, high] = regionAt(axis, n)
    if (low > high) continue
    if (Number.isNaN(start)) start = low
    size = Math.max(size, high - low + 1)
  }
  if (axis.along === null || axis.stretch?.seam) return { size: Math.ceil(size), stride: null, padding: null }
  return {
    size: Math.ceil(size),
    stride: Math.max(...axis.strips.map(rate)),
    padding: Number.isNaN(start) ? 0 : 0 - start,
  }
}

/** The positions among which the largest extent lies, the first of the tensor before all others. */
function positions(axis: AxisField, shape: Shape): Iterable<number> {
  const { along, digits, strips, stretch } = axis
  if (along !== null) {
    const count = shape[along] ?? 1
    return stretch === undefined ? inPeriod(strips, count) : range(0, Math.min(count, MOST_POSITIONS))
  }
  if (stretch === undefined) return inPeriod(strips, Number.POSITIVE_INFINITY)
  if (digits && product(digits.map(({ size }) => size)) <= MOST_POSITIONS) return valuesOf(digits)
  return told(stretch)
}

/** One period, or both ends where the rates differ. */
function* inPeriod(all: readonly Strip[], count: number): Generator<number> {
  const period = all.reduce(
    (most, { low }) => (most * low.length) / greatestCommonDivisor(most, low.length),
    1,
  )
  const near = Math.min(count, period, MAX_PERIOD)
  yield* range(0, near)
  if (all.length > 1 && Number.isFinite(count)) yield* range(Math.max(near, count - near), count)
}

function valuesOf(digits: readonly Digit[]): readonly number[] {
  return digits.reduce<readonly number[]>(
    (values, { size, weight }) =>
      values.flatMap((value) => [...range(0, size)].map((i) => value + i * weight)),
    [0],
  )
}

function told({ from, low }: NonNullable<Regions['stretch']>): Iterable<number> {
  return range(Math.max(0, from), Math.max(1, from + low.length))
}

function* range(from: number, to: number): Generator<number> {
  for (let n = from; n < to; n++) yield n
}
