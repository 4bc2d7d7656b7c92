/** A tensor's size without the batch: `[C, spatial…]`, or `[F]` for a vector. */
export type Shape = readonly number[]

/** The largest integer that every smaller one is exact up to: bounds elements, weights and integer results. */
export const MAX_EXACT = Number.MAX_SAFE_INTEGER

export function product(numbers: readonly number[]): number {
  let result = 1
  for (const n of numbers) result *= n
  return result
}

/** The spatial part of a shape, empty for a vector. */
export function spatial(shape: Shape): readonly number[] {
  return shape.slice(1)
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i])
}

/** `64×56×56`, as a person reads it. */
export function showShape(shape: Shape): string {
  return shape.join('×')
}

const AXIS_NAMES: readonly (readonly string[])[] = [
  [],
  ['length'],
  ['height', 'width'],
  ['depth', 'height', 'width'],
]

/** The names of `count` spatial axes in order: `height` and `width` for two. */
export function axisNames(count: number): readonly string[] {
  return AXIS_NAMES[count] ?? Array.from({ length: count }, (_, i) => `axis ${i + 1}`)
}
