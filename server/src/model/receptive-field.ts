/**
 * Receptive fields, exact along each axis: for every output position the first and the last input pixel that
 * can change it (Araujo, Norris & Sim 2019, §2, extended to fractional strides, where the extent depends on
 * the position). Regions compose backwards through the {@link AxisMap}s of the layers.
 */
import { type AxisMap, greatestCommonDivisor, MAX_PERIOD, sameMap } from './axis-map'
import type { Shape } from './shape'
import { centre, edge, IDENTITY, mapStrip, mergeStrips, rate, type Strip } from './strip'

/** What a tensor sees along one axis of one input. */
export interface AxisField {
  /** The tensor's axis along which the region moves; null when the order of the positions is lost. */
  readonly along: number | null
  /** One strip a rate; several where paths of different strides merged, none when everything is seen. */
  readonly strips: readonly Strip[]
  /** The input's size along the axis. */
  readonly pixels: number
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
  /** One map for each axis of the tensor, channels first; axis i then becomes axis `to[i]`, as in a move. */
  | { readonly kind: 'maps'; readonly maps: readonly AxisMap[]; readonly to?: readonly (number | null)[] }
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

const ITSELF: readonly Strip[] = [IDENTITY]

/** The field of an input itself: every pixel sees itself; null for an input without spatial axes. */
export function inputField(shape: Shape): Field | null {
  if (shape.length < 2) return null
  return {
    axes: shape.slice(1).map((pixels, i) => ({ along: i + 1, strips: ITSELF, pixels })),
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
      return { axes: field.axes.map((axis) => ({ ...axis, strips: [] })), context: false }
    case 'move':
      return { ...field, axes: field.axes.map((axis) => moveAxis(axis, transform.to)) }
    case 'maps': {
      const { maps, to } = transform
      const mapped: AxisField[] = []
      for (const [i, axis] of field.axes.entries())
        mapped.push(mapLike(field.axes, mapped, i, maps) ?? mapAxis(axis, maps))
      const axes = to === undefined ? mapped : mapped.map((axis) => moveAxis(axis, to))
      const global = axes.every((axis) => axis.strips.length === 0)
      return { axes, context: field.context && !global }
    }
  }
}

/** The axis before, where it saw the same through the same map: most maps are square, and share what they see. */
function mapLike(
  axes: readonly AxisField[],
  mapped: readonly AxisField[],
  i: number,
  maps: readonly AxisMap[],
): AxisField | undefined {
  const [axis, before, done] = [axes[i], axes[i - 1], mapped[i - 1]]
  if (!axis || !before || !done || axis.strips !== before.strips) return undefined
  const [map, other] = [maps[axis.along ?? -1], maps[before.along ?? -1]]
  if (!map || !other || !sameMap(map, other)) return undefined
  return { ...axis, strips: done.strips }
}

function moveAxis(axis: AxisField, to: readonly (number | null)[]): AxisField {
  return { ...axis, along: axis.along === null ? null : (to[axis.along] ?? null) }
}

function mapAxis(axis: AxisField, maps: readonly AxisMap[]): AxisField {
  if (axis.strips.length === 0) return axis
  // A layer that mixes values whose order is lost may see all of them.
  if (axis.along === null && !maps.some(mixes)) return axis
  const map = axis.along === null ? undefined : maps[axis.along]
  if (map === undefined || map.kind === 'whole') return { ...axis, strips: [] }
  return { ...axis, strips: axis.strips.map((strip) => mapStrip(strip, map)) }
}

/** Whether an output reads more than one input. */
function mixes(map: AxisMap): boolean {
  switch (map.kind) {
    case 'window':
      return map.kernel > 1
    case 'periodic':
      return map.taps.some((taps) => taps.length > 1)
    default:
      return true
  }
}

/** The union of what several tensors see that meet in a tensor of shape `shape`, broadcast where theirs is 1. */
export function mergeFields(parts: readonly { fields: Fields; shape: Shape }[], shape: Shape): Fields {
  const [first] = parts
  if (first === undefined) return []
  if (parts.every((part) => part.fields === first.fields)) return first.fields
  // An input that is declared later than a tensor was made is not among that tensor's fields.
  const inputs = Math.max(...parts.map(({ fields }) => fields.length))
  return Array.from({ length: inputs }, (_, input) => {
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
            ...axis,
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
  if (a === b) return a
  let context = a.context || b.context
  const axes = a.axes.map((axis, i): AxisField => {
    const other = b.axes[i] as AxisField
    if (axis.strips.length > 0 && other.strips.length > 0) return mergeAxes(axis, other)
    if (axis.strips.length !== other.strips.length) context = true
    return axis.strips.length === 0 ? other : axis
  })
  if (axes.every((axis) => axis.strips.length === 0)) context = false
  // What sees no more than before stays the very same: long concatenations would make many copies.
  return context === a.context && axes.every((axis, i) => axis === a.axes[i]) ? a : { axes, context }
}

function mergeAxes(axis: AxisField, other: AxisField): AxisField {
  const along = axis.along === other.along ? axis.along : null
  const strips = mergeStrips(axis.strips, other.strips)
  return along === axis.along && strips === axis.strips ? axis : { ...axis, along, strips }
}

/**
 * The receptive field of a value far from every border; `global` when the tensor sees everything along every
 * axis.
 */
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

/** How many pixels a value far from every border sees along an axis; null where it sees all of them. */
export function extentAlong(axis: AxisField, shape: Shape): number | null {
  const [strip] = axis.strips
  if (strip === undefined) return null
  if (axis.strips.length > 1 || strip.low.length > 1) return measureAxis(axis, shape).size
  return Math.max(0, Math.ceil((strip.high[0] as number) - (strip.low[0] as number) + 1))
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
