/**
 * Where the positions along an axis of an input stand in a tensor, when reshaping has cut that axis or merged it with
 * others: position n of the axis is `∑ weight·digit`, each digit being read off an index of the tensor as those of a
 * number are (`[C, 14, 14]` as `[C, 196]`: the row is ⌊i / 14⌋, the column i mod 14).
 */
import { product, type Shape } from './shape'

/** The digit `⌊(i − offset) / divisor⌋ mod size` of the index i along `axis`. */
export interface Digit {
  readonly axis: number
  readonly offset: number
  readonly divisor: number
  readonly size: number
  /** How many positions further one step of the digit is. */
  readonly weight: number
}

/** A whole axis as its one digit. */
export function wholeAxis(axis: number, shape: Shape): Digit {
  return { axis, offset: 0, divisor: 1, size: shape[axis] as number, weight: 1 }
}

export function sameDigits(a: readonly Digit[], b: readonly Digit[]): boolean {
  return a.length === b.length && a.every((digit, i) => sameDigit(digit, b[i] as Digit))
}

export function sameDigit(a: Digit, b: Digit): boolean {
  const isSamePlace = a.axis === b.axis && a.offset === b.offset && a.divisor === b.divisor
  return isSamePlace && a.size === b.size && a.weight === b.weight
}

/** Whether digits differ at most in where they begin, as those of rows that were joined. */
export function samePlaces(a: readonly Digit[], b: readonly Digit[]): boolean {
  const axes = (digits: readonly Digit[]) => digits.map(({ axis }) => axis).join(' ')
  const isJoined = a.every(({ offset }, i) => offset !== b[i]?.offset)
  return a.length > 0 && isJoined && axes(a) === axes(b)
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

function reshapedDigit(digit: Digit, from: Shape, to: Shape): readonly Digit[] | undefined {
  const inner = product(from.slice(digit.axis + 1))
  // An axis that keeps its place keeps its digits.
  const kept = to.findIndex((size, i) => size === from[digit.axis] && product(to.slice(i + 1)) === inner)
  if (kept >= 0) return [{ ...digit, axis: kept }]
  if (digit.offset !== 0) return undefined
  // In the order of the values the digit is worth `worth`, and the one above it `worth·size`.
  let { size, weight } = digit
  let worth = inner * digit.divisor
  const found: Digit[] = []
  let below = 1
  for (let axis = to.length - 1; axis >= 0 && size > 1; axis--) {
    const above = below * (to[axis] as number)
    if (worth < above) {
      if (worth % below !== 0) return undefined
      const fits = Math.min(size, above / worth)
      if (!Number.isInteger(fits) || size % fits !== 0) return undefined
      if (fits > 1) found.push({ axis, offset: 0, divisor: worth / below, size: fits, weight })
      weight *= fits
      worth *= fits
      size /= fits
    }
    below = above
  }
  return found
}
