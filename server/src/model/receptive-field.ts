/**
 * Receptive fields, exact along each axis: for every output position the first and the last input pixel that
 * can change it, borders aside (Araujo, Norris & Sim 2019, §2, extended to fractional strides, where the extent
 * depends on the position). Regions compose backwards through the {@link AxisMap}s of the layers.
 */
import {
  type AxisField,
  broadcastAxis,
  everything,
  mapAxis,
  mergeAxes,
  moveAxis,
  reshapeAxis,
} from './axis-field'
import { type AxisMap, SAME, sameMap } from './axis-map'
import { type Piece, withPieces } from './joined'
import type { Shape } from './shape'
import { centre, IDENTITY, rate, type Strip } from './strip'

/** What a tensor sees of one input. */
export interface Field {
  /** One for each spatial axis of the input. */
  readonly axes: readonly AxisField[]
  /** A path that sees everything has merged into this local one. */
  readonly context: boolean
  /** What is seen along the axes together, where maps were joined that see different things; the axes contain it. */
  readonly joined?: readonly Piece[]
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
      readonly repeated?: true
    }
  /** Axis i becomes axis `to[i]`, as in a permutation, or loses its order (null). */
  | { readonly kind: 'move'; readonly to: readonly (number | null)[] }
  /** The values, in their order, under another shape; `order` says how the axes are permuted before. */
  | {
      readonly kind: 'regroup'
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

/** What an output of shape `shape` sees when the layer's tensor, of shape `from`, sees `field`. */
export function transformField(
  field: Field,
  transform: OutputTransform,
  from: Shape,
  shape: Shape,
): Field | null {
  switch (transform.kind) {
    case 'pointwise':
      return field
    case 'none':
      return null
    case 'global':
      return { axes: field.axes.map(everything), context: false }
    case 'move':
      return withAxes(field, shape, (axes) => axes.map((axis) => moveAxis(axis, transform.to, shape)))
    case 'regroup': {
      const { from: before, to, order } = transform
      const back = order?.map((_, axis) => order.indexOf(axis))
      return withAxes(field, shape, (axes) =>
        axes.map((axis) => reshapeAxis(back ? moveAxis(axis, back, before) : axis, before, to)),
      )
    }
    case 'maps': {
      const { maps, to, repeated } = transform
      // Most layers that only touch the channels leave what is seen along all other axes as it is.
      const isSame = field.axes.every(({ along }) => along !== null && maps[along] === SAME)
      if (isSame && to === undefined && !repeated) return field
      const count = (axis: number) => shape[to === undefined ? axis : (to[axis] ?? -1)] ?? 1
      const seen = withAxes(field, shape, (axes) => {
        const mapped: AxisField[] = []
        for (const [i, axis] of axes.entries())
          mapped.push(mapLike(axes, mapped, i, maps, count) ?? mapAxis(axis, maps, from, count))
        return to === undefined ? mapped : mapped.map((axis) => moveAxis(axis, to, shape))
      })
      const context = field.context && seen.axes.some((axis) => axis.strips.length > 0)
      if (context === seen.context && !repeated) return seen
      return { ...seen, context, ...(repeated && { repeated }) }
    }
  }
}

/** The field with other axes, those of its pieces likewise. */
function withAxes(field: Field, shape: Shape, change: (axes: Piece) => Piece): Field {
  const axes = change(field.axes)
  // Nearly every field is so: there is one for each layer, and copying whatever it holds would cost more.
  if (field.joined === undefined && field.repeated === undefined) return { axes, context: field.context }
  if (field.joined === undefined) return { ...field, axes }
  const { joined, ...one } = field
  return { ...one, axes, ...joinedOf(withPieces([], joined.map(change), shape)) }
}

/** One piece alone is told by the axes. */
function joinedOf(pieces: readonly Piece[] | undefined): Pick<Field, 'joined'> {
  return pieces === undefined || pieces.length < 2 ? {} : { joined: pieces }
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
  const change = (axes: Piece) => axes.map((axis) => broadcastAxis(axis, from, to))
  const axes = change(field.axes)
  return axes.every((axis, i) => axis === field.axes[i]) ? field : withAxes(field, to, change)
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
  const isJoined = a.joined || b.joined || a.axes.some(isPart) || b.axes.some(isPart)
  const joined = isJoined ? joinedOf(piecesOfBoth(a, b, shape)) : {}
  // What sees no more than before stays the very same: long concatenations would make many copies.
  const isSame =
    context === a.context && repeated === a.repeated && axes.every((axis, i) => axis === a.axes[i])
  return isSame && joined.joined === a.joined
    ? a
    : { axes, context, ...joined, ...(repeated && { repeated }) }
}

function piecesOfBoth(a: Field, b: Field, shape: Shape): readonly Piece[] | undefined {
  return withPieces(a.joined ?? [a.axes], b.joined ?? [b.axes], shape)
}

/** Whether maps were joined along an axis. */
function isPart({ stretch }: AxisField): boolean {
  return stretch?.seam === true
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
