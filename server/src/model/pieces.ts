/**
 * What the values of a tensor see of all axes of an input at once: the union of a few boxes, each of which sees something
 * only where it does so along every axis. Paths that see something in the same places are one piece.
 */
import type { AxisMap } from './axis-map'
import {
  aligned,
  type Extents,
  longest,
  masked,
  moved,
  reshaped,
  sameAlong,
  sameSupport,
  throughMap,
  united,
} from './extents'
import type { OutputTransform } from './receptive-field'
import { product, type Shape } from './shape'

/** One entry for each spatial axis of the input: null where everything is seen. */
export type Piece = readonly (Extents | null)[]

/** More are taken for one, which may see more than they do. */
const MOST_PIECES = 16
/** More values are not looked at one by one. */
const MOST_VALUES = 1 << 22

type Local = Exclude<OutputTransform, { kind: 'global' } | { kind: 'none' }>

/** What a piece becomes through a layer whose output has the shape `to`; undefined when it is not told. */
export function transformed(piece: Piece, transform: Local, to: Shape): Piece | undefined {
  const made: (Extents | null)[] = []
  for (const [i, own] of piece.entries()) {
    const like = made[i - 1]
    const before = piece[i - 1]
    const seen = own && (likeBefore(own, before, like, transform, to) ?? transformedAxis(own, transform, to))
    if (seen === undefined) return undefined
    made.push(seen)
  }
  return transform.kind === 'regroup' ? made.map((one) => one && made.reduce(maskedBy, one)) : made
}

/** Where axes were merged, a value sees something only where it does so along all of them. */
function maskedBy(own: Extents | null, other: Extents | null): Extents | null {
  return own && other ? masked(own, other) : own
}

/** What was made of the axis before, where it saw the same: most maps are square. */
function likeBefore(
  own: Extents,
  before: Extents | null | undefined,
  made: Extents | null | undefined,
  transform: Local,
  to: Shape,
): Extents | undefined {
  if (transform.kind !== 'maps' || transform.to !== undefined || !before || !made) return undefined
  const [axis, other] = [own.axes[0] as number, before.axes[0] as number]
  if (own.axes.length !== 1 || before.axes.length !== 1 || made.axes.length !== 1) return undefined
  const [map, mapBefore] = [transform.maps[axis], transform.maps[other]]
  if (!map || !mapBefore || to[axis] !== to[other] || !sameAlong(own, before, map, mapBefore))
    return undefined
  return { ...made, axes: [axis] }
}

function transformedAxis(own: Extents, transform: Local, to: Shape): Extents | null | undefined {
  switch (transform.kind) {
    case 'pointwise':
      return aligned(
        own,
        own.axes,
        own.axes.map((axis) => to[axis] as number),
      )
    case 'move':
      return moved(own, transform.to)
    case 'regroup': {
      const { order } = transform
      const first =
        order === undefined
          ? own
          : moved(
              own,
              order.map((_, axis) => order.indexOf(axis)),
            )
      return first && reshaped(first, transform.from, transform.to)
    }
    case 'maps': {
      const seen = mapped(own, transform.maps, (axis) => to[transform.to?.[axis] ?? axis] ?? 1)
      return seen && transform.to ? moved(seen, transform.to) : seen
    }
  }
}

function mapped(
  own: Extents,
  maps: readonly AxisMap[],
  count: (axis: number) => number,
): Extents | null | undefined {
  let seen: Extents | undefined = own
  for (const axis of own.axes) {
    const map = maps[axis]
    if (map === undefined || seen === undefined) return undefined
    const k = seen.axes.indexOf(axis)
    if (isSame(map) && count(axis) === seen.sizes[k]) continue
    if (map.kind === 'whole' && seen.axes.length === 1) return null
    seen = throughMap(seen, k, map, count(axis))
  }
  return seen
}

function isSame(map: AxisMap): boolean {
  return map.kind === 'window' && map.kernel === 1 && map.stride === 1 && map.begin === 0
}

/** The pieces with one more, for a tensor of shape `shape`; undefined when it is not told. */
export function withPiece(
  pieces: readonly Piece[],
  piece: Piece,
  shape: Shape,
): readonly Piece[] | undefined {
  // What reads nothing but padding along one axis adds nothing along the others.
  if (piece.some((one) => one?.isNone)) return pieces
  const i = pieces.findIndex((known) => isOne(known, piece))
  const at = i < 0 && pieces.length === MOST_PIECES ? 0 : i
  if (at < 0) return [...pieces, piece]
  const known = pieces[at] as Piece
  const both = known.map((one, axis) => {
    const other = piece[axis] ?? null
    return one === null || other === null ? (one ?? other) : united(one, other, shape)
  })
  return both.includes(undefined) ? undefined : pieces.with(at, both as Piece)
}

/** Whether two pieces are one: they differ along one axis alone, or see something in the same places. */
function isOne(a: Piece, b: Piece): boolean {
  const different = a.flatMap((one, axis) => {
    const other = b[axis]
    return one && other && !isAlike(one, other) ? [[one, other] as const] : []
  })
  return different.length < 2 || different.every(([one, other]) => sameSupport(one, other))
}

function isAlike(a: Extents, b: Extents): boolean {
  if (a.low.length !== b.low.length || a.axes.some((axis, i) => axis !== b.axes[i])) return false
  if (a.low === b.low && a.high === b.high) return true
  return a.low.every((low, n) => low === b.low[n] && a.high[n] === b.high[n])
}

/** The most pixels that one value sees along an axis, from the first to the last; null where it sees everything. */
export function mostSeen(pieces: readonly Piece[], axis: number, shape: Shape): number | null {
  const [first, ...others] = pieces
  if (first === undefined) return 0
  const own = first[axis] ?? null
  const isAlone = others.length === 0 && first.every((one, i) => i === axis || one === null || one.isFull)
  if (isAlone) return own === null ? null : longest(own)
  if (others.length > 0 || own === null) return mostOfAll(pieces, axis, shape)
  // Layers on rows leave what is seen as it is, one after the other.
  const before = measured.get(own)
  if (before?.piece.every((one, i) => one === first[i])) return before.most
  const most = mostOfAll(pieces, axis, shape)
  measured.set(own, { piece: first, most })
  return most
}

/** By what is seen along the axis, the last piece that it was measured with. */
const measured = new WeakMap<Extents, { readonly piece: Piece; readonly most: number | null }>()

function mostOfAll(pieces: readonly Piece[], axis: number, shape: Shape): number | null {
  const local = pieces.filter((piece) => piece[axis])
  if (local.length === 0) return null
  const axes = [...new Set(pieces.flatMap((piece) => piece.flatMap((one) => one?.axes ?? [])))].sort(
    (a, b) => a - b,
  )
  const sizes = axes.map((each) => shape[each] as number)
  const told =
    product(sizes) * pieces.length <= MOST_VALUES
      ? local.map((piece) => piece.map((one) => one && aligned(one, axes, sizes)))
      : []
  if (told.length === 0 || told.some((piece) => piece.includes(undefined))) {
    return Math.max(...local.map((piece) => longest(piece[axis] as Extents)))
  }
  let most = 0
  for (let n = 0; n < product(sizes); n++) {
    let [low, high] = [Number.POSITIVE_INFINITY, -1]
    for (const piece of told) {
      if (piece.some((one) => one && (one.low[n] as number) > (one.high[n] as number))) continue
      low = Math.min(low, piece[axis]?.low[n] as number)
      high = Math.max(high, piece[axis]?.high[n] as number)
    }
    most = Math.max(most, high - low + 1)
  }
  return most
}
