/**
 * Maps that were joined along one axis and see different things along another: the union of a few pieces, each of which
 * sees something only where it does so along every axis.
 */
import { type AxisField, mergeAxes } from './axis-field'
import type { Shape } from './shape'
import { type Regions, regionAt } from './stretch'

/** One entry for each spatial axis of the input. */
export type Piece = readonly AxisField[]

/** More are taken for one, which may see more than they do. */
const MOST_PIECES = 8
/** Where more positions stand one by one, their supports are taken for full. */
const MOST_POSITIONS = 1 << 14

/** The pieces with others; those that are one are united. Undefined where they are too many. */
export function withPieces(
  pieces: readonly Piece[],
  others: readonly Piece[],
  shape: Shape,
): readonly Piece[] | undefined {
  const all = [...pieces]
  for (const piece of others) {
    const i = all.findIndex((known) => isOne(known, piece))
    if (i < 0) all.push(piece)
    else all[i] = (all[i] as Piece).map((axis, j) => uniteAxes(axis, piece[j] as AxisField, shape))
  }
  return all.length > MOST_PIECES ? undefined : all
}

function uniteAxes(axis: AxisField, other: AxisField, shape: Shape): AxisField {
  if (axis.strips.length === 0 || other.strips.length === 0) return axis.strips.length === 0 ? other : axis
  return mergeAxes(axis, other, shape)
}

/** Whether two pieces differ along one axis alone, or see something in the same places. */
function isOne(a: Piece, b: Piece): boolean {
  const different = a.flatMap((axis, i) => {
    const other = b[i] as AxisField
    return sameRegions(axis, other) ? [] : [[axis, other] as const]
  })
  return different.length < 2 || different.every(([axis, other]) => sameSupport(axis, other))
}

function sameRegions(a: AxisField, b: AxisField): boolean {
  if (a.strips.length === 0 || b.strips.length === 0) return true
  const isSamePlace = a.along === b.along && a.digits === b.digits && a.table === b.table
  return isSamePlace && a.stretch === b.stretch && sameStrips(a.strips, b.strips)
}

function sameStrips(a: Regions['strips'], b: Regions['strips']): boolean {
  if (a === b) return true
  return a.length === 1 && b.length === 1 && sameEntries(a[0] as object, b[0] as object)
}

function sameEntries(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Whether the same positions see something, as far as joins decide it. */
function sameSupport({ stretch: a }: AxisField, { stretch: b }: AxisField): boolean {
  if (isFull(a) && isFull(b)) return true
  if (a === undefined || b === undefined) return false
  if (
    (a.before.length === 0) !== (b.before.length === 0) ||
    (a.after.length === 0) !== (b.after.length === 0)
  ) {
    return false
  }
  if (a.from !== b.from || a.low.length !== b.low.length) return false
  return a.low.every((low, n) => {
    const sees = low <= (a.high[n] as number)
    return sees === (b.low[n] as number) <= (b.high[n] as number)
  })
}

function isFull(stretch: Regions['stretch']): boolean {
  if (stretch === undefined) return true
  const { before, after, low, high } = stretch
  return before.length > 0 && after.length > 0 && low.every((first, n) => first <= (high[n] as number))
}

/** The most that one value sees along an axis, in a tensor of shape `shape`. */
export function mostJoined(pieces: readonly Piece[], axis: number, shape: Shape): number {
  let masks = new Set([2 ** pieces.length - 1])
  for (let other = 0; other < (pieces[0]?.length ?? 0); other++) {
    if (other === axis) continue
    const own = supports(pieces, other, shape)
    masks = new Set([...masks].flatMap((mask) => own.map((each) => mask & each)))
  }
  let most = 0
  const count = lengthOf(pieces, axis, shape)
  for (const mask of masks) {
    for (let n = 0; n < count; n++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const [i, piece] of pieces.entries()) {
        const own = piece[axis]
        if (!own || own.strips.length === 0 || (mask & (1 << i)) === 0) continue
        const [first, last] = regionAt(own, n)
        low = Math.min(low, first)
        high = Math.max(high, last)
      }
      most = Math.max(most, high - low + 1)
    }
  }
  return Math.ceil(most)
}

/** Which pieces see something together, at the positions along an axis: one bit a piece. */
function supports(pieces: readonly Piece[], axis: number, shape: Shape): readonly number[] {
  const found = new Set<number>()
  const count = lengthOf(pieces, axis, shape)
  for (let n = 0; n < count; n++) {
    let mask = 0
    for (const [i, piece] of pieces.entries()) {
      const own = piece[axis] as AxisField
      const [low, high] = own.along === null || own.strips.length === 0 ? [0, 0] : regionAt(own, n)
      if (low <= high) mask |= 1 << i
    }
    found.add(mask)
  }
  return [...found]
}

function lengthOf(pieces: readonly Piece[], axis: number, shape: Shape): number {
  const along = pieces[0]?.[axis]?.along ?? null
  return along === null ? 1 : Math.min(shape[along] as number, MOST_POSITIONS)
}

/** Whether all pieces that see something at a position along an axis see the same. */
export function isAlike(pieces: readonly Piece[], axis: number, shape: Shape): boolean {
  const count = lengthOf(pieces, axis, shape)
  for (let n = 0; n < count; n++) {
    const regions = pieces.flatMap((piece) => {
      const [low, high] = regionAt(piece[axis] as AxisField, n)
      return low <= high ? [[low, high]] : []
    })
    if (regions.some(([low, high]) => low !== regions[0]?.[0] || high !== regions[0]?.[1])) return false
  }
  return true
}

/** Whether the positions along an axis can be walked one by one. */
export function isWalked(pieces: readonly Piece[], axis: number): boolean {
  const along = pieces[0]?.[axis]?.along ?? null
  return along !== null && pieces.every((piece) => piece[axis]?.along === along)
}
