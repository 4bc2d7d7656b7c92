/** What is known of a tensor that rests on a fault: some of its sizes, perhaps not even how many there are. */
import type { Shape } from './shape'

/** Stands for any number of sizes, where the rank is not known: `128×…`. */
export const REST = '…'

/** The sizes of a tensor: null where one is not known, and at most one {@link REST}. */
export type PartialShape = readonly (number | null | typeof REST)[]

/** A tensor that rests on a fault. */
export interface Outline {
  /** The sizes as the text gives them: what people are shown. */
  readonly shape: PartialShape
  /** Those of them that stay the same however the fault is repaired: what further mistakes are judged by. */
  readonly firm: PartialShape
  /** How many of it there are for one image; null where that is not known. */
  readonly items: number | null
  /** The application that made it, among those that rest on a fault. */
  readonly source?: number
}

/** A tensor of which nothing is known. */
export const ANY_SHAPE: PartialShape = [REST]

export function hasRank(shape: PartialShape): shape is readonly (number | null)[] {
  return !shape.includes(REST)
}

export function isComplete(shape: PartialShape): shape is Shape {
  return shape.every((size) => typeof size === 'number')
}

/** Whether there is anything to show. */
export function isBlank(shape: PartialShape): boolean {
  return shape.every((size) => size === REST)
}

export function samePartial(a: PartialShape, b: PartialShape): boolean {
  return a === b || (a.length === b.length && a.every((size, axis) => size === b[axis]))
}

/** What two shapes agree on; of shapes of different ranks the first size and the last. */
export function agreement(a: PartialShape, b: PartialShape): PartialShape {
  if (samePartial(a, b)) return a
  if (hasRank(a) && hasRank(b) && a.length === b.length) {
    return a.map((size, axis) => (size === b[axis] ? size : null))
  }
  const last = common(a.at(-1), b.at(-1))
  // A single size is the last one: it can't be the first as well.
  const single = a.length === 1 || b.length === 1
  const first = single && last.length > 0 ? [] : common(a[0], b[0])
  return [...first, REST, ...last]
}

function common(a: PartialShape[number] | undefined, b: PartialShape[number] | undefined): readonly number[] {
  return typeof a === 'number' && a === b ? [a] : []
}

/** `64×?×62`, as a person reads it; a rank that is not known ends in `…`. */
export function showPartial(shape: PartialShape): string {
  return shape.map((size) => size ?? '?').join('×')
}

/** `64×56×56 ?`: a shape without a gap says by its mark that it rests on a fault. */
export function showOutline({ shape }: Pick<Outline, 'shape'>): string {
  return isComplete(shape) ? `${showPartial(shape)} ?` : showPartial(shape)
}
