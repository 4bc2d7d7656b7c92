/**
 * Where the positions along an axis of an input stand in a tensor, when reshaping has cut that axis or merged it with
 * others: position n of the axis is `∑ weight·digit`, each digit being read off an index of the tensor as those of a
 * number are (`[C, 14, 14]` as `[C, 196]`: the row is ⌊i / 14⌋, the column i mod 14).
 */
import { product, type Shape } from './shape'

/** The digit `⌊i / divisor⌋ mod size` of the index i along `axis`. */
export interface Digit {
  readonly axis: number
  readonly divisor: number
  readonly size: number
  /** How many positions further one step of the digit is. */
  readonly weight: number
}

/** A whole axis as its one digit. */
export function wholeAxis(axis: number, shape: Shape): Digit {
  return { axis, divisor: 1, size: shape[axis] as number, weight: 1 }
}

export function sameDigits(a: readonly Digit[], b: readonly Digit[]): boolean {
  return a.length === b.length && a.every((digit, i) => sameDigit(digit, b[i] as Digit))
}

export function sameDigit(a: Digit, b: Digit): boolean {
  const isSamePlace = a.axis === b.axis && a.divisor === b.divisor
  return isSamePlace && a.size === b.size && a.weight === b.weight
}

/** The digits after the axes were moved: axis i became axis `to[i]`. Undefined where one is gone. */
export function movedDigits(
  digits: readonly Digit[],
  to: readonly (number | null)[],
): readonly Digit[] | undefined {
  const moved: Digit[] = []
  for (const digit of digits) {
    const axis = to[digit.axis]
    if (axis === null || axis === undefined) return undefined
    moved.push({ ...digit, axis })
  }
  return moved
}

/** The position that stands at an index of a tensor; `index` has the entries of the axes `axes` alone. */
export function positionAt(
  digits: readonly Digit[],
  axes: readonly number[],
  index: readonly number[],
): number {
  let position = 0
  for (const { axis, divisor, size, weight } of digits) {
    position += weight * (Math.floor((index[axes.indexOf(axis)] as number) / divisor) % size)
  }
  return position
}

/** The same with those digits as one that stand side by side and count on. */
export function joinedDigits(digits: readonly Digit[]): readonly Digit[] {
  const joined: Digit[] = []
  for (const digit of digits.toSorted((a, b) => a.axis - b.axis || a.divisor - b.divisor)) {
    const below = joined.at(-1)
    const goesOn =
      below?.axis === digit.axis &&
      below.divisor * below.size === digit.divisor &&
      below.weight * below.size === digit.weight
    if (goesOn && below) joined[joined.length - 1] = { ...below, size: below.size * digit.size }
    else joined.push(digit)
  }
  return joined
}

/** The digits after the values, in their order, were given another shape; undefined where no digits tell it. */
export function reshapedDigits(
  digits: readonly Digit[],
  from: Shape,
  to: Shape,
): readonly Digit[] | undefined {
  const reshaped: Digit[] = []
  for (const digit of digits) {
    const own = reshapedDigit(digit, from, to)
    if (own === undefined) return undefined
    reshaped.push(...own)
  }
  return reshaped
}

/** The axis that has the same size and as many values behind it after a reshape; −1 where there is none. */
export function keptAxis(axis: number, from: Shape, to: Shape): number {
  const inner = product(from.slice(axis + 1))
  return to.findIndex((size, i) => size === from[axis] && product(to.slice(i + 1)) === inner)
}

function reshapedDigit(digit: Digit, from: Shape, to: Shape): readonly Digit[] | undefined {
  // An axis that keeps its place keeps its digits.
  const kept = keptAxis(digit.axis, from, to)
  if (kept >= 0) return [{ ...digit, axis: kept }]
  // In the order of the values the digit is worth `worth`, and the one above it `worth·size`.
  let { size, weight } = digit
  let worth = product(from.slice(digit.axis + 1)) * digit.divisor
  const found: Digit[] = []
  let below = 1
  for (let axis = to.length - 1; axis >= 0 && size > 1; axis--) {
    const above = below * (to[axis] as number)
    if (worth < above) {
      if (worth % below !== 0) return undefined
      const fits = Math.min(size, above / worth)
      if (!Number.isInteger(fits) || size % fits !== 0 || above % (worth * fits) !== 0) return undefined
      if (fits > 1) found.push({ axis, divisor: worth / below, size: fits, weight })
      weight *= fits
      worth *= fits
      size /= fits
    }
    below = above
  }
  return found
}
