/**
 * Sizes to put in the place of those that are not known. What a layer makes of all of them is certain; so they
 * differ in how large they are and in what divides them, and those are among them that a layer may be waiting for.
 */
import { hasRank, type PartialShape, REST } from '../../model/outline'
import { product, type Shape } from '../../model/shape'

/** First one that most numbers divide and that no window exceeds. */
const SIZES = [5040, 257, 32, 7, 5041, 1] as const

/** How many sizes are taken from what the layer is given. */
const MOST_GIVEN = 6

const MOST_AXES = 4

/** Shapes in the place of partial ones, several times; `numbers` are those of the layer's options. */
export function samplesOf(
  shapes: readonly PartialShape[],
  numbers: readonly number[],
): readonly (readonly Shape[])[] {
  if (shapes.every(isWhole)) return [shapes]
  if (shapes.every(hasRank)) return filled(shapes, numbers, shapes.length > 1 ? 3 : 2)
  const ranks = Array.from({ length: MOST_AXES }, (_, i) => i + 1)
  return ranks.flatMap((rank) => {
    const expanded = shapes.map((shape) => ofRank(shape, rank))
    return expanded.every((shape) => shape !== undefined) ? filled(expanded, [], 2) : []
  })
}

function isWhole(shape: PartialShape): shape is Shape {
  return shape.every((size) => typeof size === 'number')
}

/** The shape with as many axes, where it does not say how many there are; undefined where it has more than that. */
function ofRank(shape: PartialShape, rank: number): readonly (number | null)[] | undefined {
  if (hasRank(shape)) return shape
  const missing = rank - (shape.length - 1)
  if (missing < 0) return undefined
  return shape.flatMap((size) => (size === REST ? new Array<null>(missing).fill(null) : [size]))
}

/** All gaps with one size, for several sizes, and a few times with different ones along the axes. */
function filled(
  shapes: readonly (readonly (number | null)[])[],
  numbers: readonly number[],
  mixtures: number,
): readonly (readonly Shape[])[] {
  const sizes = [...new Set([...SIZES, ...awaited(shapes, numbers)])]
  const even = sizes.slice(0, numbers.length === 0 ? mixtures : sizes.length)
  const fill = (sizeAt: (axis: number) => number, meets: boolean) =>
    shapes.map((shape) =>
      shape.map((size, axis) => {
        const met = meets ? metSize(shapes, shape.length, axis) : undefined
        return size ?? met ?? sizeAt(axis)
      }),
    )
  const mixed = Array.from({ length: mixtures }, (_, i) =>
    fill((axis) => sizes[(i + axis) % sizes.length] as number, true),
  )
  // As many values as a reshape waits for, however many sizes are open.
  const whole = awaited(shapes, numbers)
    .slice(0, 1)
    .map((size) => wholeInOne(shapes, size))
  // A tensor that another is cut to, say, may be larger.
  const unmet = shapes.length === 1 ? [] : SIZES.map((size) => fill(() => size, false))
  return [...even.map((size) => fill(() => size, true)), ...mixed, ...whole, ...unmet]
}

/** The first gap of each shape with a size, its others with 1. */
function wholeInOne(shapes: readonly (readonly (number | null)[])[], whole: number): readonly Shape[] {
  return shapes.map((shape) => {
    const first = shape.indexOf(null)
    return shape.map((size, axis) => size ?? (axis === first ? whole : 1))
  })
}

/** The size along the same axis of another tensor, which this one may have to meet. */
function metSize(
  shapes: readonly (readonly (number | null)[])[],
  rank: number,
  axis: number,
): number | undefined {
  for (const shape of shapes) {
    const size = shape.length === rank ? shape[axis] : undefined
    // A size of 1 stretches to any other.
    if (typeof size === 'number' && size !== 1) return size
  }
  return undefined
}

/** Sizes that a layer may wait for: its own numbers, and what is left of their product. */
function awaited(
  shapes: readonly (readonly (number | null)[])[],
  numbers: readonly number[],
): readonly number[] {
  const whole = product(numbers.filter((each) => each > 0))
  const known = product(shapes.flatMap((shape) => shape.filter((size) => size !== null)))
  const rest = [whole / known, ...numbers.map((each) => each / known), ...numbers]
  return rest.filter((size) => Number.isSafeInteger(size) && size > 0 && size < 1e6).slice(0, MOST_GIVEN)
}

/** The shapes with every gap that one of them has along an axis: of tensors that meet, another may be at fault. */
export function loosened(shapes: readonly PartialShape[]): readonly PartialShape[] {
  if (shapes.length < 2) return shapes
  return shapes.map((shape) =>
    shape.map((size, axis) =>
      shapes.some((other) => other.length === shape.length && other[axis] === null) ? null : size,
    ),
  )
}
