/**
 * Receptive fields, exact along each axis: for every output position the first and the last input pixel that
 * can change it, borders aside (Araujo, Norris & Sim 2019, §2, extended to fractional strides, where the extent
 * depends on the position). Regions compose backwards through the {@link AxisMap}s of the layers.
 */
import { type AxisMap, SAME, sameMap, WHOLE } from './axis-map'
import {
  type Digit,
  movedDigits,
  reshapedDigits,
  sameDigit,
  sameDigits,
  samePlaces,
  wholeAxis,
} from './places'
import type { Shape } from './shape'
import { mapRegions, mergeRegions, type Regions, regionAt } from './stretch'
import { centre, IDENTITY, rate, type Strip } from './strip'

/** What a tensor sees along one axis of one input. */
export interface AxisField extends Regions {
  /** The tensor's axis along which the region moves; null when it is not one axis of its own. */
  readonly along: number | null
  /** Where the positions stand when they were cut or merged with those of other axes; absent when the order is lost. */
  readonly digits?: readonly Digit[]
  /** The input's size along the axis. */
  readonly pixels: number
}

/** What a tensor sees of one input. */
export interface Field {
  /** One for each spatial axis of the input. */
  readonly axes: readonly AxisField[]
  /** A path that sees everything has merged into this local one. */
  readonly context: boolean
  /** On the way a border was padded by what lies inside, mirrored or wrapped. */
  readonly repeated?: true
}

/** One for each input of the network; null where the tensor does not depend on it. */
export type Fields = readonly (Field | null)[]

/** What one output of a layer sees of one of its tensors. */
export type OutputTransform =
  | { readonly kind: 'pointwise' }
  /** One map for each axis of the tensor, channels first; axis i then becomes axis `to[i]`, as in a move. */
  | {
      readonly kind: 'maps'
      readonly maps: readonly AxisMap[]
      readonly to?: readonly (number | null)[]
      /** The border is padded by values from inside, not by zeros. */
      readonly repeated?: boolean
    }
  /** Axis i becomes axis `to[i]`, as in a permutation, or loses its order (null). */
  | { readonly kind: 'move'; readonly to: readonly (number | null)[] }
  /** The values, in their order, under another shape; `order` says how the axes are permuted before. */
  | {
      readonly kind: 'reshape'
      readonly from: Shape
      readonly to: Shape
      readonly order?: readonly number[]
    }
  /** Every output depends on the whole tensor. */
  | { readonly kind: 'global' }
  /** The outputs do not depend on this tensor's values (only on its size). */
  | { readonly kind: 'none' }

/** The same for all outputs of a layer, or one for each. */
export type FieldTransform =
  | OutputTransform
  | { readonly kind: 'parts'; readonly parts: readonly OutputTransform[] }

export const POINTWISE: OutputTransform = { kind: 'pointwise' }
export const GLOBAL: OutputTransform = { kind: 'global' }
export const NONE: OutputTransform = { kind: 'none' }

/** How output number `output` of a layer sees its tensor number `tensor`, of what its `infer` said. */
export function transformFor(
  field: FieldTransform | readonly FieldTransform[] | undefined,
  tensor: number,
  output: number,
): OutputTransform {
  const own = (isList(field) ? field[tensor] : field) ?? POINTWISE
  return own.kind === 'parts' ? (own.parts[output] ?? POINTWISE) : own
}

function isList(
  field: FieldTransform | readonly FieldTransform[] | undefined,
): field is readonly FieldTransform[] {
  return Array.isArray(field)
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

/** What the outputs of a layer see, their shape being `shape`, when its tensor sees `field`. */
export function transformField(field: Field, transform: OutputTransform, shape: Shape = []): Field | null {
  switch (transform.kind) {
    case 'pointwise':
      return field
    case 'none':
      return null
    case 'global':
      return { axes: field.axes.map(everything), context: false }
    case 'move':
      return { ...field, axes: field.axes.map((axis) => moveAxis(axis, transform.to, shape)) }
    case 'reshape': {
      const { from, to, order } = transform
      const back = order?.map((_, axis) => order.indexOf(axis))
      const axes = field.axes.map((axis) =>
        reshapeAxis(back === undefined ? axis : moveAxis(axis, back, from), from, to),
      )
      return { ...field, axes }
    }
    case 'maps': {
      const { maps, to, repeated } = transform
      const isSame = maps.every((map) => map === SAME) && to === undefined
      if (isSame && !repeated) return field
      const count = (axis: number) => shape[to === undefined ? axis : (to[axis] ?? -1)] ?? 1
      const mapped: AxisField[] = []
      for (const [i, axis] of field.axes.entries())
        mapped.push(mapLike(field.axes, mapped, i, maps, count) ?? mapAxis(axis, maps, count))
      const axes = to === undefined ? mapped : mapped.map((axis) => moveAxis(axis, to, shape))
      const global = axes.every((axis) => axis.strips.length === 0)
      const mirrored = field.repeated || repeated ? { repeated: true as const } : {}
      return { axes, context: field.context && !global, ...mirrored }
    }
  }
}

/** The axis before, where it saw the same through the same map: most maps are square, and share what they see. */
function mapLike(
  axes: readonly AxisField[],
  mapped: readonly AxisField[],
  i: number,
  maps: readonly AxisMap[],
  count: (axis: number) => number,
): AxisField | undefined {
  const [axis, before, done] = [axes[i], axes[i - 1], mapped[i - 1]]
  if (!axis || !before || !done || axis.strips !== before.strips || axis.stretch !== before.stretch)
    return undefined
  if (axis.along === null || before.along === null) return undefined
  const [map, other] = [maps[axis.along], maps[before.along]]
  if (!map || !other || !sameMap(map, other)) return undefined
  if (done.stretch && count(axis.along) !== count(before.along)) return undefined
  return { ...axis, strips: done.strips, ...(done.stretch && { stretch: done.stretch }) }
}

function everything({ along, pixels }: AxisField): AxisField {
  return { along, strips: [], pixels }
}

/** The axis with other regions at the same places. */
function seeing({ stretch: _, ...axis }: AxisField, { strips, stretch }: Regions): AxisField {
  return { ...axis, strips, ...(stretch && { stretch }) }
}

/** Where the positions stand in a tensor of shape `shape`; undefined when their order is lost. */
function digitsOf({ along, digits }: AxisField, shape: Shape): readonly Digit[] | undefined {
  return along === null ? digits : [wholeAxis(along, shape)]
}

/** The axis with its positions at other places of a tensor of shape `shape`. */
function placed(axis: AxisField, digits: readonly Digit[] | undefined, shape: Shape): AxisField {
  const { digits: _, ...rest } = axis
  if (digits === undefined) return { ...rest, along: null }
  const [only, ...others] = digits
  const isWhole =
    others.length === 0 && only?.divisor === 1 && only.offset === 0 && only.size === shape[only.axis]
  if (!isWhole || only === undefined) return { ...rest, along: null, digits }
  const moved = { ...rest, along: only.axis }
  if (only.weight === 1 || axis.strips.length === 0) return moved
  return seeing(moved, mapRegions(axis, strided(only.weight), only.size))
}

function strided(stride: number) {
  return { kind: 'window', kernel: 1, stride, begin: 0, dilation: 1 } as const
}

function moveAxis(axis: AxisField, to: readonly (number | null)[], shape: Shape): AxisField {
  if (axis.along !== null) return { ...axis, along: to[axis.along] ?? null }
  return placed(axis, axis.digits && movedDigits(axis.digits, to), shape)
}

function reshapeAxis(axis: AxisField, from: Shape, to: Shape): AxisField {
  const digits = digitsOf(axis, from)
  return placed(axis, digits && reshapedDigits(digits, from, to), to)
}

function mapAxis(axis: AxisField, maps: readonly AxisMap[], count: (axis: number) => number): AxisField {
  if (axis.strips.length === 0) return axis
  if (axis.along !== null) {
    const map = maps[axis.along] ?? WHOLE
    if (map === SAME) return axis
    return map.kind === 'whole' ? everything(axis) : seeing(axis, mapRegions(axis, map, count(axis.along)))
  }
  // A layer that mixes values whose order is lost may see all of them.
  if (axis.digits === undefined) return maps.some(mixes) ? everything(axis) : axis
  return mapDigits(axis, axis.digits, maps, count)
}

/** What a layer sees of positions that were cut or merged with those of other axes. */
function mapDigits(
  axis: AxisField,
  digits: readonly Digit[],
  maps: readonly AxisMap[],
  count: (axis: number) => number,
): AxisField {
  let seen = axis
  const mixed: Digit[] = []
  const kept: Digit[] = []
  for (const digit of digits) {
    const map = maps[digit.axis] ?? WHOLE
    const alone = digits.every((other) => other === digit || other.axis !== digit.axis)
    if (map === SAME) kept.push(digit)
    else if (map.kind === 'whole') mixed.push(digit)
    else if (map.kind === 'part' || (map.kind === 'window' && map.kernel === 1 && map.stride === 1)) {
      kept.push({ ...digit, offset: digit.offset + map.begin })
    } else if (map.kind === 'window' && alone && digit.divisor === 1 && digit.offset === 0) {
      const { weight } = digit
      const window = { ...map, stride: 1, begin: map.begin * weight, dilation: map.dilation * weight }
      seen = seeing(seen, mapRegions(seen, window, lengthOf(digits)))
      kept.push({ ...digit, size: count(digit.axis), weight: weight * map.stride })
    } else if (mixes(map)) return everything(axis)
    else return placed(axis, undefined, [])
  }
  if (mixed.length > 0 && kept.length === 0) return everything(axis)
  return placed(mix(seen, mixed), kept, shapeOf(kept, count))
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

function shapeOf(digits: readonly Digit[], count: (axis: number) => number): Shape {
  const axes = Math.max(0, ...digits.map(({ axis }) => axis + 1))
  return Array.from({ length: axes }, (_, axis) => count(axis))
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
      merged = merged === null ? spread : mergeTwo(merged, spread, shape)
    }
    return merged
  })
}

/** A value that every position of a longer axis reads stays where it is. */
function broadcastField(field: Field, from: Shape, to: Shape): Field {
  const still = (axis: AxisField) => axis.along !== null && from[axis.along] === 1 && to[axis.along] !== 1
  if (!field.axes.some(still)) return field
  return { ...field, axes: field.axes.map((axis) => (still(axis) ? standing(axis) : axis)) }
}

function standing(axis: AxisField): AxisField {
  if (axis.strips.length === 0) return axis
  const [low, high] = regionAt(axis, 0)
  return seeing(axis, { strips: [{ advance: 0, low: [low], high: [high] }] })
}

function mergeTwo(a: Field, b: Field, shape: Shape): Field {
  if (a === b || isNothing(b)) return a
  if (isNothing(a)) return b
  let context = a.context || b.context
  const axes = a.axes.map((axis, i): AxisField => {
    const other = b.axes[i] as AxisField
    if (axis.strips.length > 0 && other.strips.length > 0) return mergeAxes(axis, other, shape)
    if (axis.strips.length !== other.strips.length) context = true
    return axis.strips.length === 0 ? other : axis
  })
  if (axes.every((axis) => axis.strips.length === 0)) context = false
  const repeated = a.repeated ?? b.repeated
  // What sees no more than before stays the very same: long concatenations would make many copies.
  const isSame =
    context === a.context && repeated === a.repeated && axes.every((axis, i) => axis === a.axes[i])
  return isSame ? a : { axes, context, ...(repeated && { repeated }) }
}

/** Whether a path reads nothing along one axis, so that it adds nothing along the others. */
function isNothing({ axes }: Field): boolean {
  return axes.some(
    ({ strips, stretch }) =>
      strips.length > 0 &&
      stretch === undefined &&
      strips.every(({ low, high }) => low.every((first, n) => first > (high[n] as number))),
  )
}

function mergeAxes(axis: AxisField, other: AxisField, shape: Shape): AxisField {
  const [own, others] = [digitsOf(axis, shape), digitsOf(other, shape)]
  const isSame = axis.along === null ? own && others && sameDigits(own, others) : axis.along === other.along
  if (isSame) {
    const regions = mergeRegions(axis, other)
    return regions === axis ? axis : seeing(axis, regions)
  }
  // Rows one behind the other: which is which is not told.
  if (own === undefined || others === undefined || samePlaces(own, others)) {
    return placed(seeing(axis, mergeRegions(axis, other)), undefined, shape)
  }
  // Values of all pairs of positions, as in a matrix product: those that both have in common stay what they are.
  const common = own.filter((digit) => others.some((one) => sameDigit(one, digit)))
  if (common.length === 0) return everything(axis)
  const rest = (digits: readonly Digit[]) =>
    digits.filter((digit) => !common.some((one) => sameDigit(one, digit)))
  const regions = mergeRegions(mix(axis, rest(own)), mix(other, rest(others)))
  return placed(seeing(axis, regions), common, shape)
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
      const { strips: [strip] = [], stretch } = field.axes[axis] ?? {}
      return strip === undefined || stretch?.seam ? [] : [{ stride: rate(strip), centre: centre(strip) }]
    })
    const [first] = paths
    if (first === undefined) return undefined
    if (paths.every(({ stride, centre }) => stride === first.stride && centre === first.centre))
      return undefined
    return { axis, strides: paths.map((path) => path.stride), centres: paths.map((path) => path.centre) }
  }).filter((found) => found !== undefined)
}
