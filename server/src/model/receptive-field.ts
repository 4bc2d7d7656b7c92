/**
 * Receptive fields, exact along each axis: for every output position the first and the last input pixel that
 * can change it (Araujo, Norris & Sim 2019, §2, extended to fractional strides, where the extent depends on
 * the position). Regions compose backwards through the {@link AxisMap}s of the layers.
 */
import { type AxisMap, greatestCommonDivisor, modulo } from './axis-map'
import type { Shape } from './shape'

/**
 * A run of regions with one rate: position n sees the input pixels `low[n mod P] + advance·⌊n/P⌋` to
 * `high[…] + …`, P being the length of both lists. Where low is above high the position sees nothing.
 */
export interface Strip {
  readonly advance: number
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** What a tensor sees along one axis of one input. */
export interface AxisField {
  /** The tensor's axis along which the region moves; null when the order of the positions is lost. */
  readonly along: number | null
  /** One strip a rate; several where paths of different strides merged, none when everything is seen. */
  readonly strips: readonly Strip[]
}

/** What a tensor sees of one input. */
export interface Field {
  /** One for each spatial axis of the input. */
  readonly axes: readonly AxisField[]
  /** A path that sees everything has merged into this local one. */
  readonly context: boolean
}

/** One for each input of the network; null where the tensor does not depend on it. */
export type Fields = readonly (Field | null)[]

export type FieldTransform =
  | { readonly kind: 'pointwise' }
  /** One map for each axis of the tensor, channels first. */
  | { readonly kind: 'maps'; readonly maps: readonly AxisMap[] }
  /** Axis i becomes axis `to[i]`, or loses its order (null), as in a permutation or a flattening. */
  | { readonly kind: 'move'; readonly to: readonly (number | null)[] }
  /** Every output depends on the whole tensor. */
  | { readonly kind: 'global' }
  /** The outputs do not depend on this tensor's values (only on its size). */
  | { readonly kind: 'none' }

export const POINTWISE: FieldTransform = { kind: 'pointwise' }
export const GLOBAL: FieldTransform = { kind: 'global' }
export const NONE: FieldTransform = { kind: 'none' }

/** The receptive field in numbers; null entries where an axis has none (it sees everything, or lost its order). */
export interface MeasuredField {
  readonly size: readonly (number | null)[]
  readonly stride: readonly (number | null)[]
  readonly padding: readonly (number | null)[]
  readonly context: boolean
}

/** Longer periods are bounded from outside by an affine strip, so that the work stays bounded. */
const MAX_PERIOD = 4096

const IDENTITY: Strip = { advance: 1, low: [0], high: [0] }

/** The field of an input itself: every pixel sees itself; null for an input without spatial axes. */
export function inputField(shape: Shape): Field | null {
  if (shape.length < 2) return null
  return {
    axes: shape.slice(1).map((_, i) => ({ along: i + 1, strips: [IDENTITY] })),
    context: false,
  }
}

export function transformField(field: Field, transform: FieldTransform): Field | null {
  switch (transform.kind) {
    case 'pointwise':
      return field
    case 'none':
      return null
    case 'global':
      return { axes: field.axes.map((axis) => ({ along: axis.along, strips: [] })), context: false }
    case 'move':
      return {
        ...field,
        axes: field.axes.map((axis) => ({
          ...axis,
          along: axis.along === null ? null : (transform.to[axis.along] ?? null),
        })),
      }
    case 'maps': {
      const axes = field.axes.map((axis) => mapAxis(axis, transform.maps))
      const global = axes.every((axis) => axis.strips.length === 0)
      return { axes, context: field.context && !global }
    }
  }
}

function mapAxis(axis: AxisField, maps: readonly AxisMap[]): AxisField {
  if (axis.strips.length === 0) return axis
  const map = axis.along === null ? undefined : maps[axis.along]
  // A layer that mixes values whose order is lost may see all of them.
  if (map === undefined || map.kind === 'whole') return { along: axis.along, strips: [] }
  return { along: axis.along, strips: axis.strips.map((strip) => mapStrip(strip, map)) }
}

/** The strip that the outputs of `map` see, when its inputs see `strip`. */
function mapStrip(strip: Strip, map: Exclude<AxisMap, { kind: 'whole' }>): Strip {
  const { advance, low, high } = strip
  const period = low.length
  if (map.kind === 'window') {
    const { kernel, stride, begin, dilation } = map
    const reach = dilation * (kernel - 1)
    if (period === 1) {
      return {
        advance: advance * stride,
        low: [(low[0] as number) - advance * begin],
        high: [(high[0] as number) + advance * (reach - begin)],
      }
    }
    if (kernel === 1 && stride === 1 && begin === 0) return strip
    const outputs = period / greatestCommonDivisor(period, stride)
    // Taps a whole number of periods apart differ by a known amount: one period from each end tells the extent.
    const cycle = period / greatestCommonDivisor(period, dilation)
    const taps: number[] = []
    for (let j = 0; j < kernel; j++) {
      if (j < cycle || j >= kernel - cycle) taps.push(dilation * j - begin)
    }
    return strips(outputs, ((outputs * stride) / period) * advance, strip, (n) => ({ at: n * stride, taps }))
  }
  const phases = map.taps.length
  const blocks = period / greatestCommonDivisor(period, map.advance)
  return strips(blocks * phases, ((blocks * map.advance) / period) * advance, strip, (n) => ({
    at: Math.floor(n / phases) * map.advance,
    taps: map.taps[n % phases] as readonly number[],
  }))
}

function strips(
  outputs: number,
  advance: number,
  source: Strip,
  read: (n: number) => { at: number; taps: readonly number[] },
): Strip {
  const period = source.low.length
  const low: number[] = []
  const high: number[] = []
  for (let n = 0; n < outputs; n++) {
    const { at, taps } = read(n)
    let first = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    for (const tap of taps) {
      const phase = modulo(at + tap, period)
      const shift = source.advance * ((at + tap - phase) / period)
      first = Math.min(first, (source.low[phase] as number) + shift)
      last = Math.max(last, (source.high[phase] as number) + shift)
    }
    low.push(first)
    high.push(last)
  }
  return shortened({ advance, low, high })
}

/** The same strip with its shortest period, or an affine bound of it when even that is too long. */
function shortened(strip: Strip): Strip {
  let current = strip
  for (let factor = 2; factor <= current.low.length; ) {
    const shorter = current.low.length % factor === 0 ? divided(current, factor) : undefined
    if (shorter) current = shorter
    else factor++
    if (factor > 64) break
  }
  const period = current.low.length
  if (period <= MAX_PERIOD) return current
  const rate = current.advance / period
  return {
    advance: rate,
    low: [Math.min(...current.low.map((value, n) => value - n * rate))],
    high: [Math.max(...current.high.map((value, n) => value - n * rate))],
  }
}

function divided({ advance, low, high }: Strip, factor: number): Strip | undefined {
  const length = low.length / factor
  const step = advance / factor
  for (let n = length; n < low.length; n++) {
    const shift = step * Math.floor(n / length)
    if (low[n] !== (low[n % length] as number) + shift) return undefined
    if (high[n] !== (high[n % length] as number) + shift) return undefined
  }
  return { advance: step, low: low.slice(0, length), high: high.slice(0, length) }
}

/** The union of what several tensors see that meet in a tensor of shape `shape`, broadcast where theirs is 1. */
export function mergeFields(parts: readonly { fields: Fields; shape: Shape }[], shape: Shape): Fields {
  const [first] = parts
  if (first === undefined) return []
  if (parts.every((part) => part.fields === first.fields)) return first.fields
  return first.fields.map((_, input) => {
    let merged: Field | null = null
    for (const part of parts) {
      const field = part.fields[input]
      if (field === null || field === undefined) continue
      const spread = broadcastField(field, part.shape, shape)
      merged = merged === null ? spread : mergeTwo(merged, spread)
    }
    return merged
  })
}

/** A value that every position of a longer axis reads stays where it is. */
function broadcastField(field: Field, from: Shape, to: Shape): Field {
  const still = (axis: AxisField) => axis.along !== null && from[axis.along] === 1 && to[axis.along] !== 1
  if (!field.axes.some(still)) return field
  return {
    ...field,
    axes: field.axes.map((axis) =>
      still(axis)
        ? {
            along: axis.along,
            strips: axis.strips.map(({ low, high }) => ({
              advance: 0,
              low: low.slice(0, 1),
              high: high.slice(0, 1),
            })),
          }
        : axis,
    ),
  }
}

function mergeTwo(a: Field, b: Field): Field {
  let context = a.context || b.context
  const axes = a.axes.map((axis, i): AxisField => {
    const other = b.axes[i] as AxisField
    if (axis.strips.length === 0 || other.strips.length === 0) {
      if (axis.strips.length !== other.strips.length) context = true
      return axis.strips.length === 0 ? other : axis
    }
    const along = axis.along === other.along ? axis.along : null
    return { along, strips: mergeStrips([...axis.strips, ...other.strips]) }
  })
  if (axes.every((axis) => axis.strips.length === 0)) context = false
  return { axes, context }
}

function mergeStrips(all: readonly Strip[]): readonly Strip[] {
  const merged: Strip[] = []
  for (const strip of all) {
    const i = merged.findIndex((other) => rate(other) === rate(strip))
    if (i < 0) merged.push(strip)
    else merged[i] = union(merged[i] as Strip, strip)
  }
  return merged
}

function rate(strip: Strip): number {
  return strip.advance / strip.low.length
}

function union(a: Strip, b: Strip): Strip {
  const [p, q] = [a.low.length, b.low.length]
  const period = (p * q) / greatestCommonDivisor(p, q)
  const low: number[] = []
  const high: number[] = []
  for (let n = 0; n < period; n++) {
    low.push(Math.min(edge(a, 'low', n), edge(b, 'low', n)))
    high.push(Math.max(edge(a, 'high', n), edge(b, 'high', n)))
  }
  return shortened({ advance: rate(a) * period, low, high })
}

function edge(strip: Strip, side: 'low' | 'high', n: number): number {
  const period = strip.low.length
  const phase = modulo(n, period)
  return (strip[side][phase] as number) + strip.advance * ((n - phase) / period)
}

/** `global` when the tensor sees everything along every axis. */
export function measureField(field: Field, shape: Shape): MeasuredField | 'global' {
  if (field.axes.every((axis) => axis.strips.length === 0)) return 'global'
  const measured = field.axes.map((axis) => measureAxis(axis, shape))
  return {
    size: measured.map(({ size }) => size),
    stride: measured.map(({ stride }) => stride),
    padding: measured.map(({ padding }) => padding),
    context: field.context,
  }
}

function measureAxis(axis: AxisField, shape: Shape) {
  if (axis.strips.length === 0) return { size: null, stride: null, padding: null }
  const count = axis.along === null ? Number.POSITIVE_INFINITY : (shape[axis.along] ?? 1)
  let size = 0
  let start = Number.NaN
  for (const n of positions(axis.strips, count)) {
    const low = Math.min(...axis.strips.map((strip) => edge(strip, 'low', n)))
    const high = Math.max(...axis.strips.map((strip) => edge(strip, 'high', n)))
    if (Number.isNaN(start) && low <= high) start = low
    size = Math.max(size, high - low + 1)
  }
  if (axis.along === null) return { size: Math.ceil(size), stride: null, padding: null }
  return {
    size: Math.ceil(size),
    stride: Math.max(...axis.strips.map(rate)),
    padding: Number.isNaN(start) ? 0 : 0 - start,
  }
}

/** The positions among which the largest extent lies: one period, or both ends where the rates differ. */
function* positions(all: readonly Strip[], count: number): Generator<number> {
  const period = all.reduce(
    (most, { low }) => (most * low.length) / greatestCommonDivisor(most, low.length),
    1,
  )
  const near = Math.min(count, period, MAX_PERIOD)
  for (let n = 0; n < near; n++) yield n
  if (all.length > 1 && Number.isFinite(count)) {
    for (let n = Math.max(near, count - near); n < count; n++) yield n
  }
}

/** How the regions of merging paths fail to lie on each other, in input pixels. */
export interface Misalignment {
  /** The input's spatial axis, from 0. */
  readonly axis: number
  /** The effective stride of each path. */
  readonly strides: readonly number[]
  /** The centre of the first value's region of each path. */
  readonly centres: readonly number[]
}

/** Where the paths that meet disagree in effective stride or in the centre of their regions; paths that see everything agree with all. */
export function misalignments(fields: readonly Field[]): readonly Misalignment[] {
  const axes = fields[0]?.axes.length ?? 0
  return Array.from({ length: axes }, (_, axis): Misalignment | undefined => {
    const paths = fields.flatMap((field) => {
      const strip = field.axes[axis]?.strips[0]
      return strip === undefined ? [] : [{ stride: rate(strip), centre: centre(strip) }]
    })
    const [first] = paths
    if (first === undefined) return undefined
    if (paths.every(({ stride, centre }) => stride === first.stride && centre === first.centre))
      return undefined
    return { axis, strides: paths.map((path) => path.stride), centres: paths.map((path) => path.centre) }
  }).filter((found) => found !== undefined)
}

/** The mean centre over one period, taken back to position 0. */
function centre(strip: Strip): number {
  const period = strip.low.length
  let sum = 0
  for (let n = 0; n < period; n++) {
    sum += ((strip.low[n] as number) + (strip.high[n] as number)) / 2 - n * rate(strip)
  }
  return sum / period
}
