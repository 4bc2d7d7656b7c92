/**
 * What the values of a tensor see when its maps end where they end: a window that reaches into padding sees
 * only what lies inside. This is what a measurement on the network itself finds.
 */
import { type AxisMap, sameMap, tapsAt } from './axis-map'
import { keptAxis } from './places'
import { product, type Shape } from './shape'

/** The first and the last input pixel, along one axis of an input, that can change a value; `low > high`: none. */
export interface Extents {
  /** The tensor's axes on whose index it depends, in ascending order, and their sizes: those of the lists below. */
  readonly axes: readonly number[]
  readonly sizes: readonly number[]
  readonly low: Int32Array
  readonly high: Int32Array
  /** Every value sees something. */
  readonly isFull: boolean
  /** No value sees anything. */
  readonly isNone: boolean
}

/** More entries are not told, and more inputs not read for them. */
const MOST_ENTRIES = 1 << 20
const MOST_READS = 1 << 25

const NOTHING = { low: 0x7fffffff, high: -0x80000000 }

/** Every position along an axis sees itself; undefined when there are too many. */
export function itself(axis: number, size: number): Extents | undefined {
  if (size > MOST_ENTRIES) return undefined
  const own = Int32Array.from({ length: size }, (_, n) => n)
  return { axes: [axis], sizes: [size], low: own, high: own, isFull: true, isNone: false }
}

/** Told value by value; `low > high` where nothing is seen. */
export function extentsOf(
  axes: readonly number[],
  sizes: readonly number[],
  region: (index: readonly number[]) => readonly [low: number, high: number],
): Extents {
  const { low, high } = blank(product(sizes))
  const index = axes.map(() => 0)
  for (let n = 0; n < low.length; n++) {
    const [first, last] = region(index)
    if (first <= last) {
      low[n] = first
      high[n] = last
    }
    for (let i = axes.length - 1; i >= 0; i--) {
      index[i] = (index[i] as number) + 1
      if ((index[i] as number) < (sizes[i] as number)) break
      index[i] = 0
    }
  }
  return extents(axes, sizes, low, high)
}

const measured = new WeakMap<Extents, number>()

/** The most pixels that one value sees, from the first to the last. */
export function longest(seen: Extents): number {
  const before = measured.get(seen)
  if (before !== undefined) return before
  const { low, high } = seen
  let most = 0
  for (let n = 0; n < low.length; n++) most = Math.max(most, (high[n] as number) - (low[n] as number) + 1)
  measured.set(seen, most)
  return most
}

function extents(
  axes: readonly number[],
  sizes: readonly number[],
  low: Int32Array,
  high: Int32Array,
): Extents {
  let some = 0
  for (let n = 0; n < low.length; n++) if ((low[n] as number) <= (high[n] as number)) some++
  return { axes, sizes, low, high, isFull: some === low.length, isNone: some === 0 }
}

function blank(count: number): { low: Int32Array; high: Int32Array } {
  return { low: new Int32Array(count).fill(NOTHING.low), high: new Int32Array(count).fill(NOTHING.high) }
}

/**
 * What is seen through a map along the axis number `k` of `axes`, whose output has `count` positions; taps outside the
 * map read nothing. Undefined when it is too long to be told.
 */
export function throughMap(from: Extents, k: number, map: AxisMap, count: number): Extents | undefined {
  const size = from.sizes[k] as number
  const inner = product(from.sizes.slice(k + 1))
  const outer = product(from.sizes.slice(0, k))
  const outputs = map.kind === 'whole' ? 1 : count
  if (outer * outputs * inner > MOST_ENTRIES || reads(map, outputs, size) * outer * inner > MOST_READS) {
    return undefined
  }
  const { low, high } = blank(outer * outputs * inner)
  for (let n = 0; n < outputs; n++) {
    eachTap(map, n, size, (tap) => {
      for (let o = 0; o < outer; o++) {
        let to = (o * outputs + n) * inner
        let at = (o * size + tap) * inner
        for (let i = 0; i < inner; i++, to++, at++) {
          const [first, last] = [from.low[at] as number, from.high[at] as number]
          if (first > last) continue
          if (first < (low[to] as number)) low[to] = first
          if (last > (high[to] as number)) high[to] = last
        }
      }
    })
  }
  const isKept = map.kind !== 'whole'
  const axes = isKept ? from.axes : from.axes.toSpliced(k, 1)
  const sizes = isKept ? from.sizes.with(k, outputs) : from.sizes.toSpliced(k, 1)
  return extents(axes, sizes, low, high)
}

function reads(map: AxisMap, outputs: number, size: number): number {
  switch (map.kind) {
    case 'window':
      return outputs * Math.min(map.kernel, size)
    case 'periodic':
      return (outputs / map.taps.length) * map.taps.reduce((sum, { length }) => sum + length, 0)
    case 'affine':
      return outputs * (map.high - map.low + 1)
    case 'part':
      return outputs
    case 'whole':
      return size
  }
}

/** The inputs inside the map that output n reads. */
function eachTap(map: AxisMap, n: number, size: number, read: (tap: number) => void): void {
  if (map.kind === 'whole') for (let tap = 0; tap < size; tap++) read(tap)
  else if (map.kind === 'window') {
    const { kernel, stride, begin, dilation } = map
    const first = stride * n - begin
    const from = Math.max(0, Math.ceil(-first / dilation))
    const to = Math.min(kernel - 1, Math.floor((size - 1 - first) / dilation))
    // All of them: a value between may see further than one at an end, which may see nothing at all.
    for (let j = from; j <= to; j++) read(first + dilation * j)
  } else {
    for (const tap of tapsAt(map, n)) if (tap >= 0 && tap < size) read(tap)
  }
}

/** Whether two are the same along axes of their own, so that the same map makes the same of both. */
export function sameAlong(a: Extents, b: Extents, mapA: AxisMap, mapB: AxisMap): boolean {
  return a.low === b.low && a.high === b.high && sameMap(mapA, mapB)
}

/** The same entries for a tensor whose axis i was moved to `to[i]`; undefined when one is gone. */
export function moved(from: Extents, to: readonly (number | null)[]): Extents | undefined {
  const axes = from.axes.map((axis) => to[axis] ?? null)
  if (axes.includes(null)) return undefined
  return ordered({ ...from, axes: axes as number[] })
}

/** The same with its axes in ascending order. */
function ordered(from: Extents): Extents | undefined {
  const axes = from.axes.toSorted((a, b) => a - b)
  if (axes.every((axis, i) => axis === from.axes[i])) return from
  const sizes = axes.map((axis) => from.sizes[from.axes.indexOf(axis)] as number)
  return aligned(from, axes, sizes)
}

/** The same, told for these axes, those of it among them; one of size 1 may be longer now: all its values are alike. */
export function aligned(
  from: Extents,
  axes: readonly number[],
  sizes: readonly number[],
): Extents | undefined {
  if (from.axes.length === axes.length && axes.every((axis, i) => isAt(from, i, axis, sizes[i] as number)))
    return from
  const count = product(sizes)
  if (count > MOST_ENTRIES) return undefined
  const steps = axes.map((axis, i) => {
    const k = from.axes.indexOf(axis)
    return k < 0 || from.sizes[k] !== sizes[i] ? 0 : product(from.sizes.slice(k + 1))
  })
  const { low, high } = blank(count)
  const index = axes.map(() => 0)
  let at = 0
  for (let n = 0; n < count; n++) {
    low[n] = from.low[at] as number
    high[n] = from.high[at] as number
    for (let i = axes.length - 1; i >= 0; i--) {
      index[i] = (index[i] as number) + 1
      at += steps[i] as number
      if ((index[i] as number) < (sizes[i] as number)) break
      at -= (steps[i] as number) * (sizes[i] as number)
      index[i] = 0
    }
  }
  return { ...from, axes, sizes, low, high }
}

function isAt(from: Extents, i: number, axis: number, size: number): boolean {
  return from.axes[i] === axis && from.sizes[i] === size
}

/** The same for the values, in their order, under another shape; undefined when it is too long to be told. */
export function reshaped(given: Extents, from: Shape, to: Shape): Extents | undefined {
  const kept = given.axes.map((axis) => keptAxis(axis, from, to))
  // What all values see alike needs no axes.
  if (given.low.length === 1) {
    const axes = kept.filter((axis) => axis >= 0)
    return { ...given, axes, sizes: axes.map(() => 1) }
  }
  if (!kept.includes(-1)) return ordered({ ...given, axes: kept })
  const axes: number[] = []
  const before: number[] = []
  const after: number[] = []
  const sizes: number[] = []
  for (const group of groups(from, to)) {
    const touched = group.from.some((axis) => given.axes.includes(axis))
    if (!touched) continue
    before.push(...group.from)
    after.push(...group.to)
    sizes.push(...group.to.map((axis) => to[axis] as number))
  }
  const told = aligned(
    given,
    before,
    before.map((axis) => from[axis] as number),
  )
  axes.push(...after)
  return told && lean({ ...told, axes, sizes })
}

/** The same without axes along which all entries are alike. */
function lean(from: Extents): Extents {
  let seen = from
  for (const axis of from.axes) {
    const k = seen.axes.indexOf(axis)
    const [size, step] = [seen.sizes[k] as number, product(seen.sizes.slice(k + 1))]
    const { low, high } = seen
    const isFirst = (n: number) => Math.floor(n / step) % size === 0
    const isAlike = low.every(
      (first, n) => isFirst(n) || (first === low[n - step] && high[n] === high[n - step]),
    )
    if (!isAlike) continue
    seen = {
      ...seen,
      axes: seen.axes.toSpliced(k, 1),
      sizes: seen.sizes.toSpliced(k, 1),
      low: low.filter((_, n) => isFirst(n)),
      high: high.filter((_, n) => isFirst(n)),
    }
  }
  return seen
}

/** The shortest runs of axes, in both shapes, that hold the same values. */
function groups(from: Shape, to: Shape): readonly { from: readonly number[]; to: readonly number[] }[] {
  const found: { from: number[]; to: number[] }[] = []
  let [i, j] = [0, 0]
  while (i < from.length || j < to.length) {
    const group = { from: [] as number[], to: [] as number[] }
    let [left, right] = [1, 1]
    const takeLeft = () => {
      left *= from[i] as number
      group.from.push(i++)
    }
    const takeRight = () => {
      right *= to[j] as number
      group.to.push(j++)
    }
    // An axis of size 1 goes along with another one of size 1 or with none.
    if (from[i] === 1 && to[j] !== 1) takeLeft()
    else if (to[j] === 1 && from[i] !== 1) takeRight()
    else {
      takeLeft()
      takeRight()
    }
    while (left !== right) left < right ? takeLeft() : takeRight()
    found.push(group)
  }
  return found
}

/** The same without what is seen where another one, told for the same values, sees nothing. */
export function masked(own: Extents, other: Extents): Extents {
  if (other.isFull || own.axes.length !== other.axes.length) return own
  if (own.axes.some((axis, i) => axis !== other.axes[i])) return own
  const sees = (n: number) => (other.low[n] as number) <= (other.high[n] as number)
  return extents(
    own.axes,
    own.sizes,
    own.low.map((first, n) => (sees(n) ? first : NOTHING.low)),
    own.high.map((last, n) => (sees(n) ? last : NOTHING.high)),
  )
}

/** What either sees; undefined when it is too long to be told. */
export function united(a: Extents, b: Extents, shape: Shape): Extents | undefined {
  if (a === b) return a
  const axes = [...new Set([...a.axes, ...b.axes])].sort((one, other) => one - other)
  const sizes = axes.map((axis) => shape[axis] as number)
  const [one, other] = [aligned(a, axes, sizes), aligned(b, axes, sizes)]
  if (one === undefined || other === undefined) return undefined
  if (one.low === other.low && one.high === other.high) return one
  return extents(
    axes,
    sizes,
    one.low.map((first, n) => Math.min(first, other.low[n] as number)),
    one.high.map((last, n) => Math.max(last, other.high[n] as number)),
  )
}

/** Whether the same values see something. */
export function sameSupport(a: Extents, b: Extents): boolean {
  if (a.isFull && b.isFull) return true
  if (a.low.length !== b.low.length || a.axes.some((axis, i) => axis !== b.axes[i])) return false
  return a.low.every((low, n) => {
    const sees = low <= (a.high[n] as number)
    return sees === (b.low[n] as number) <= (b.high[n] as number)
  })
}
