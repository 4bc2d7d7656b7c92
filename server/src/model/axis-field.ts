/** What a tensor sees along one axis of an input, borders aside, and what layers make of it. */
import { type AxisMap, SAME, WHOLE } from './axis-map'
import { aligned, type Extents, extentsOf, moved, reshaped, throughMap, united } from './extents'
import {
  type Digit,
  joinedDigits,
  movedDigits,
  positionAt,
  reshapedDigits,
  sameDigit,
  sameDigits,
  wholeAxis,
} from './places'
import { product, type Shape } from './shape'
import { mapRegions, mergeRegions, type Regions, regionAt } from './stretch'

/**
 * The positions of the input's axis lie along one axis of the tensor (`along`), or were cut or merged with those of others
 * (`digits`), or are told value by value (`table`); otherwise their order is lost.
 */
export interface AxisField extends Regions {
  readonly along: number | null
  readonly digits?: readonly Digit[]
  /** Beyond its ends nothing is seen. */
  readonly table?: Extents
  /** The input's size along the axis. */
  readonly pixels: number
}

/** The size that a layer gives to an axis of its tensor. */
type Count = (axis: number) => number

/** Longer tables are not told. */
const MOST_ENTRIES = 1 << 16

export function everything({ along, pixels }: AxisField): AxisField {
  return { along, strips: [], pixels }
}

/** The axis with other regions at the same places. */
function seeing({ stretch: _, ...axis }: AxisField, { strips, stretch }: Regions): AxisField {
  return { ...axis, strips, ...(stretch && { stretch }) }
}

/** The axis as a table; where there is none its order is lost. */
function told({ strips, pixels }: AxisField, table: Extents | undefined): AxisField {
  const isShort = table !== undefined && table.low.length <= MOST_ENTRIES
  return { along: null, strips, pixels, ...(isShort && { table }) }
}

/** Where the positions stand in a tensor of shape `shape`; undefined when no digits tell it. */
function digitsOf({ along, digits }: AxisField, shape: Shape): readonly Digit[] | undefined {
  return along === null ? digits : [wholeAxis(along, shape)]
}

/** What the values of a tensor of shape `shape` see, one by one; undefined where it is not known. */
function tableOf(axis: AxisField, shape: Shape): Extents | undefined {
  const digits = digitsOf(axis, shape)
  if (digits === undefined) return axis.table
  const axes = [...new Set(digits.map((digit) => digit.axis))].sort((a, b) => a - b)
  const sizes = axes.map((each) => shape[each] as number)
  if (product(sizes) > MOST_ENTRIES) return undefined
  return extentsOf(axes, sizes, (index) => {
    const [low, high] = regionAt(axis, positionAt(digits, axes, index))
    return [Math.floor(low), Math.ceil(high)]
  })
}

/** The axis with its positions at other places of a tensor of shape `shape`. */
function placed(axis: AxisField, digits: readonly Digit[], shape: Shape): AxisField {
  const { digits: _, ...rest } = axis
  const joined = joinedDigits(digits)
  const [only, ...others] = joined
  if (only === undefined || others.length > 0 || only.divisor !== 1 || only.size !== shape[only.axis]) {
    return { ...rest, along: null, digits: joined }
  }
  const own = { ...rest, along: only.axis }
  if (only.weight === 1 || axis.strips.length === 0) return own
  const step = { kind: 'window', kernel: 1, stride: only.weight, begin: 0, dilation: 1 } as const
  return seeing(own, mapRegions(axis, step, only.size))
}

export function moveAxis(axis: AxisField, to: readonly (number | null)[], shape: Shape): AxisField {
  if (axis.along !== null) return { ...axis, along: to[axis.along] ?? null }
  const digits = axis.digits && movedDigits(axis.digits, to)
  return digits ? placed(axis, digits, shape) : told(axis, axis.table && moved(axis.table, to))
}

export function reshapeAxis(axis: AxisField, from: Shape, to: Shape): AxisField {
  if (axis.strips.length === 0) return axis
  const digits = digitsOf(axis, from)
  const kept = digits && reshapedDigits(digits, from, to)
  if (kept) return placed(axis, kept, to)
  const table = tableOf(axis, from)
  return told(axis, table && reshaped(table, from, to))
}

/** A value that every position of a longer axis reads stays where it is. */
export function broadcastAxis(axis: AxisField, from: Shape, to: Shape): AxisField {
  if (axis.strips.length === 0) return axis
  if (axis.table) {
    const { axes } = axis.table
    const sizes = axes.map((each) => to[each] as number)
    const table = aligned(axis.table, axes, sizes)
    return table === axis.table ? axis : told(axis, table)
  }
  if (axis.along === null || from[axis.along] !== 1 || to[axis.along] === 1) return axis
  const [low, high] = regionAt(axis, 0)
  return seeing(axis, { strips: [{ advance: 0, low: [low], high: [high] }] })
}

/** What the outputs of a layer see; its tensor has the shape `from`. */
export function mapAxis(axis: AxisField, maps: readonly AxisMap[], from: Shape, count: Count): AxisField {
  if (axis.strips.length === 0) return axis
  if (axis.along !== null) {
    const map = maps[axis.along] ?? WHOLE
    if (map === SAME) return axis
    return map.kind === 'whole' ? everything(axis) : seeing(axis, mapRegions(axis, map, count(axis.along)))
  }
  if (axis.digits) return mapDigits(axis, axis.digits, maps, from, count)
  return mapTable(axis, axis.table, maps, count)
}

/** What a layer sees of positions that were cut or merged with those of other axes. */
function mapDigits(
  axis: AxisField,
  digits: readonly Digit[],
  maps: readonly AxisMap[],
  from: Shape,
  count: Count,
): AxisField {
  let seen = axis
  const mixed: Digit[] = []
  const kept: Digit[] = []
  for (const digit of digits) {
    const map = maps[digit.axis] ?? WHOLE
    const { weight } = digit
    if (map === SAME) kept.push(digit)
    else if (map.kind === 'whole') mixed.push(digit)
    else if (map.kind === 'window' && digit.size === from[digit.axis]) {
      const window = { ...map, stride: 1, begin: map.begin * weight, dilation: map.dilation * weight }
      seen = seeing(seen, mapRegions(seen, window, lengthOf(digits)))
      kept.push({ ...digit, size: count(digit.axis), weight: weight * map.stride })
    } else return mapTable(axis, tableOf(axis, from), maps, count)
  }
  if (mixed.length > 0 && kept.length === 0) return everything(axis)
  const shape = from.map((size, i) => (maps[i] === SAME ? size : count(i)))
  return placed(mix(seen, mixed), kept, shape)
}

function mapTable(
  axis: AxisField,
  table: Extents | undefined,
  maps: readonly AxisMap[],
  count: Count,
): AxisField {
  // A layer that mixes values whose order is lost may see all of them.
  if (table === undefined) return maps.some(mixes) ? everything(axis) : axis
  let seen: Extents | undefined = table
  for (const each of table.axes) {
    const map = maps[each] ?? WHOLE
    if (map === SAME || seen === undefined) continue
    if (map.kind === 'whole' && seen.axes.length === 1) return everything(axis)
    seen = throughMap(seen, seen.axes.indexOf(each), map, count(each))
  }
  return seen === table && axis.table ? axis : told(axis, seen)
}

/** What is seen when some of the digits of its positions are mixed: all positions that differ in them alone. */
function mix(axis: AxisField, digits: readonly Digit[]): AxisField {
  return digits.reduce((seen, { size, weight }) => {
    const window = { kind: 'window', kernel: size, stride: 1, begin: 0, dilation: weight } as const
    return seeing(seen, mapRegions(seen, window, size * weight))
  }, axis)
}

/** How many positions digits tell apart. */
function lengthOf(digits: readonly Digit[]): number {
  return digits.reduce((most, { size, weight }) => most + (size - 1) * weight, 1)
}

/** Whether an output reads more than one input. */
function mixes(map: AxisMap): boolean {
  switch (map.kind) {
    case 'window':
      return map.kernel > 1
    case 'periodic':
      return map.taps.some((taps) => taps.length > 1)
    case 'part':
      return false
    default:
      return true
  }
}

/** What both see that meet in a tensor of shape `shape`. */
export function mergeAxes(axis: AxisField, other: AxisField, shape: Shape): AxisField {
  if (axis === other) return axis
  const [own, others] = [digitsOf(axis, shape), digitsOf(other, shape)]
  const isSame = axis.along === null ? own && others && sameDigits(own, others) : axis.along === other.along
  if (isSame) {
    const regions = mergeRegions(axis, other)
    return regions === axis ? axis : seeing(axis, regions)
  }
  if (own === undefined || others === undefined) return mergeTables(axis, other, shape)
  // Values of all pairs of positions, as in a matrix product: those that both have in common stay what they are.
  const common = own.filter((digit) => others.some((one) => sameDigit(one, digit)))
  if (common.length === 0) return everything(axis)
  const rest = (digits: readonly Digit[]) =>
    digits.filter((digit) => !common.some((one) => sameDigit(one, digit)))
  const regions = mergeRegions(mix(axis, rest(own)), mix(other, rest(others)))
  return placed(seeing(axis, regions), common, shape)
}

function mergeTables(axis: AxisField, other: AxisField, shape: Shape): AxisField {
  const merged = seeing(axis, mergeRegions(axis, other))
  const [own, others] = [tableOf(axis, shape), tableOf(other, shape)]
  if (own === undefined || others === undefined) return told(merged, undefined)
  // What all values see alike makes no pairs.
  const isPair = own.axes.length > 0 && others.axes.length > 0
  return isPair && !own.axes.some((each) => others.axes.includes(each))
    ? everything(axis)
    : told(merged, united(own, others, shape))
}
