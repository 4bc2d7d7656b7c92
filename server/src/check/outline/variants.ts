/** What may be changed at a stage that fails, one thing at a time: each change that helps may be the repair. */
import type { Value } from '../../model/graph'
import { type AnyLayer, type OptionSpec, PADDING_NAMES } from '../../model/layer'
import { product, type Shape } from '../../model/shape'
import { hasUnknown, isList, isUnknown } from '../../model/value'

/** A value that is given for an option. */
export interface OptionEntry {
  readonly option: string
  readonly value: Value
}

/** Finds the value that is given for an option. */
export function valueIn(entries: readonly OptionEntry[]): (option: string) => Value | undefined {
  return (option) => entries.find((entry) => entry.option === option)?.value
}

/** The numbers that options hold, those in lists too. */
export function numbersIn(entries: readonly OptionEntry[]): readonly number[] {
  const found: number[] = []
  const add = (value: Value) => {
    if (typeof value === 'number') found.push(value)
    else if (isList(value)) value.slice(0, MOST_NUMBERS).forEach(add)
  }
  for (const { value } of entries) add(value)
  return found.slice(0, MOST_NUMBERS)
}

const MOST_NUMBERS = 8
const MOST_VALUES = 10

/** The given values with other ones for one option, or without it. */
export function withOption(
  layer: AnyLayer,
  entries: readonly OptionEntry[],
  option: string,
  shapes: readonly Shape[],
): readonly (readonly OptionEntry[])[] {
  const spec = layer.options[option] as OptionSpec
  const others = entries.filter((entry) => entry.option !== option)
  const given = valueIn(entries)(option)
  const values =
    given !== undefined && isList(given) && hasUnknown(given)
      ? completed(given)
      : valuesFor(spec, given, others, shapes)
  const changed = values.slice(0, MOST_VALUES).map((value) => [...others, { option, value }])
  return spec.default === undefined && spec.optional !== true ? changed : [others, ...changed]
}

/** A list some of whose items are not known, with several numbers in their places. */
function completed(list: readonly Value[]): readonly Value[] {
  return [1, 7, 64].map((number) => list.map((item) => (isUnknown(item) ? number : item)))
}

function valuesFor(
  { type }: OptionSpec,
  given: Value | undefined,
  others: readonly OptionEntry[],
  shapes: readonly Shape[],
): readonly Value[] {
  const [first = []] = shapes
  switch (type.kind) {
    case 'bool':
      return [true, false]
    case 'word':
      return type.words
    case 'float':
      return [1, 0.5, 2, 0]
    case 'int':
      return [
        ...new Set([1, 2, 3, 64, ...first.slice(0, 1), ...first.slice(-1), 0, -1, ...numbersIn(others)]),
      ]
    case 'size':
      return [1, 2, 3, 5]
    case 'factors':
      return [1, 2, 0.5]
    case 'padding':
      return [0, 1, 2, ...(type.named ? PADDING_NAMES : [])]
    case 'ints':
      return [
        ...(given !== undefined && isList(given) ? given.map((_, i) => given.with(i, -1)) : []),
        first,
        first.map((_, axis) => axis),
        [1],
        [0],
      ]
    case 'table':
      return []
  }
}

/** How many tensors of a long list are changed. */
const MOST_TENSORS = 4

/** The shapes with another size at one place, for every place of the first tensors and of the culprit. */
export function withSize(
  shapes: readonly Shape[],
  numbers: readonly number[],
  culprit?: string | number,
): readonly (readonly Shape[])[] {
  const positive = numbers.filter((each) => each > 0)
  return shapes.flatMap((shape, tensor) => {
    if (tensor >= MOST_TENSORS && tensor !== culprit) return []
    return shape.flatMap((size, axis) => {
      const met = shapes.slice(0, MOST_TENSORS).flatMap((other) => other[axis] ?? [])
      const left = (product(positive) * size) / product(shape)
      const sizes = new Set([...met, 1, 2, 3, 4, 64, 5040, 257, ...positive, left])
      sizes.delete(size)
      return [...sizes].flatMap((other) =>
        Number.isSafeInteger(other) ? [shapes.with(tensor, shape.with(axis, other))] : [],
      )
    })
  })
}

/** The shapes with one tensor in all but one axis like another. */
export function withSizesOf(shapes: readonly Shape[]): readonly (readonly Shape[])[] {
  const few = shapes.slice(0, MOST_TENSORS)
  return few.flatMap((shape, tensor) =>
    few.flatMap((other) =>
      other === shape || other.length !== shape.length
        ? []
        : shape.map((size, axis) => shapes.with(tensor, other.with(axis, size))),
    ),
  )
}

/** Vectors of as many values as the options may count on, in the place of the one tensor. */
export function withTotal(
  shapes: readonly Shape[],
  numbers: readonly number[],
): readonly (readonly Shape[])[] {
  const total = product(numbers.filter((each) => each > 0))
  return shapes.length === 1 && Number.isSafeInteger(3 * total)
    ? [1, 2, 3].map((times) => [[times * total]])
    : []
}

/** The shapes with one tensor flattened. */
export function withVector(shapes: readonly Shape[]): readonly (readonly Shape[])[] {
  return shapes
    .slice(0, MOST_TENSORS)
    .flatMap((shape, tensor) => (shape.length === 1 ? [] : [shapes.with(tensor, [product(shape)])]))
}

/** The shapes with one tensor of other ranks, its first sizes kept, or with the shape of another. */
export function withRank(shapes: readonly Shape[]): readonly (readonly Shape[])[] {
  return shapes.slice(0, MOST_TENSORS).flatMap((shape, tensor) => {
    const ranks = [2, 3, 4].filter((rank) => rank !== shape.length)
    const others = ranks.map((rank): Shape => [...shape, 257, 64, 32].slice(0, rank))
    return [...others, ...shapes.slice(0, MOST_TENSORS)].map((other) => shapes.with(tensor, other))
  })
}
