/** What the letters of the layers' formulas stand for in one application. */
import type { AnyLayer, Padding } from '../../../server/src/model/layer'
import { product, type Shape } from '../../../server/src/model/shape'

/** One application of a layer. */
export interface AppliedLayer {
  readonly layer: AnyLayer
  readonly options: Readonly<Record<string, unknown>>
  readonly inputs: readonly Shape[]
  readonly outputs: readonly Shape[]
  /** The shape of the tensor from which the layer before made the second one. */
  readonly before?: Shape | undefined
}

export type Letters = Readonly<Record<string, number | readonly number[]>>

/** Every letter's value for this application; a list has one for each spatial axis. */
export function lettersOf({ layer, options, inputs, outputs }: AppliedLayer): Letters {
  // The map is the tensor that is documented as such, the first where none is.
  const documented = layer.tensors.findIndex(({ documentation }) => documentation.includes('[C,'))
  const x = inputs[Math.max(0, documented)] ?? []
  const [output] = outputs as [Shape]
  const i = x.slice(1)
  const given = options as Readonly<Record<string, never>>
  const list = (name: string, otherwise: number): readonly number[] =>
    Array.isArray(given[name]) ? given[name] : i.map(() => otherwise)
  const [k, s, d] = [list('kernel', 1), list('stride', 1), list('dilation', 1)]
  const margins = i.map((size, axis) =>
    marginsOf(given.padding, axis, [size, k[axis], s[axis], d[axis]] as Window, layer),
  )
  const added = addedBy(given.amounts, i.length)
  const [query = [], key = query, value = key] = inputs
  const directions = layer.options.bidirectional === undefined || given.bidirectional ? 2 : 1
  const sizes = Array.isArray(given.size) ? (given.size as (number | null)[]) : inputs[1]?.slice(1)
  return {
    ...numbersIn(given),
    ...{ i, o: output.slice(1), k, s, d, n: i.length },
    ...{ g: s.map((stride, axis) => divisor(stride, d[axis] as number)) },
    ...{ p_begin: margins.map(([begin]) => begin), p_end: margins.map(([, end]) => end) },
    ...{ begin: added.map(([begin]) => begin), end: added.map(([, end]) => end) },
    ...{ C: x[0] ?? 0, F: x.at(-1) ?? 0, T: query.at(-2) ?? 1, H: x.at(-2) ?? 1, W: x.at(-1) ?? 1 },
    ...{ F_key: key.at(-1) ?? 0, F_value: value.at(-1) ?? 0, S: key.at(-2) ?? 1 },
    ...{ D: directions, R: given.proj ?? given.hidden ?? 0 },
    ...{ channels: given.channels ?? output[0] ?? 0, features: given.features ?? output.at(-1) ?? 0 },
    ...{ classes: given.classes ?? inputs[1]?.at(-1) ?? 0 },
    ...(layer.name === 'matmul' && matrixLetters(inputs, given)),
    ...(sizes && { size: i.map((size, axis) => sizes[axis] ?? size) }),
    ...(given.axes !== undefined && { axes: (given.axes as number[]).map((axis) => x.at(axis) as number) }),
    ...{
      '|weights|': product(inputs[1] ?? []),
      '|connections|': (given.connections ?? ([] as number[][])).flat().length,
    },
  }
}

/** The letters of the documentation of two matrices, [m, k] and [k, n]. */
function matrixLetters(
  [a = [], b = []]: readonly Shape[],
  options: Readonly<Record<string, unknown>>,
): Letters {
  const [m, k] = options.transpose_a === true ? [a.at(-1), a.at(-2)] : [a.at(-2), a.at(-1)]
  const n = options.transpose_b === true ? b.at(-2) : b.at(-1)
  return { m: m ?? 0, k: k ?? 0, n: n ?? 0 }
}

function numbersIn(options: Readonly<Record<string, unknown>>): Letters {
  const isNumbers = (value: unknown) =>
    typeof value === 'number' || (Array.isArray(value) && value.every((each) => typeof each === 'number'))
  return Object.fromEntries(Object.entries(options).filter(([, value]) => isNumbers(value))) as Letters
}

type Window = readonly [input: number, kernel: number, stride: number, dilation: number]

/** Before and after an axis, by the table of the paddings in the language reference. */
function marginsOf(
  padding: Padding | undefined,
  axis: number,
  [input, k, s, d]: Window,
  { traits }: AnyLayer,
): readonly [number, number] {
  if (padding === undefined) return [0, 0]
  if (!('name' in padding)) return [padding.begin[axis] ?? 0, padding.end[axis] ?? 0]
  if (padding.name === 'valid') return [0, 0]
  if (padding.name === 'half') return [Math.floor((d * (k - 1) + 1) / 2), Math.floor((d * (k - 1) + 1) / 2)]
  if (padding.name === 'full') return [d * (k - 1), d * (k - 1)]
  // The output is ⌈i/s⌉, of a transposed convolution i·s.
  const total =
    traits.window === 'spreads'
      ? d * (k - 1) + 1 - s
      : Math.max(0, (Math.ceil(input / s) - 1) * s + d * (k - 1) + 1 - input)
  return total < 0 ? [0, total] : [Math.floor(total / 2), Math.ceil(total / 2)]
}

/** One amount, one for each axis, or two for each. */
function addedBy(
  amounts: readonly number[] | undefined,
  count: number,
): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, axis) => {
    const [first = 0] = amounts ?? []
    if (amounts?.length === 2 * count) return [amounts[2 * axis] as number, amounts[2 * axis + 1] as number]
    const amount = amounts?.length === count ? (amounts[axis] as number) : first
    return [amount, amount]
  })
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}

/** The spatial axes, from 0. */
export function axes(letters: Letters): readonly number[] {
  return [...(letters.i as Shape).keys()]
}

/** Whether an option is given that is a switch, or may be left out. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false
}
