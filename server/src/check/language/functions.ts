/** The functions on values. */
import type { Expression } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import type { AxesKind } from '../../model/traits'
import { hasUnknown, isList, sizeOfAxes } from '../../model/value'
import { ordering } from './comparison'

/** The most items that a list may have. */
export const MAX_LENGTH = 1_000_000

/** A function on values: what it takes, in words, and its result; undefined when the arguments do not fit. */
export interface FunctionOnValues {
  readonly signature: string
  readonly documentation: string
  /** Its result is a float, of integers too: a large one is not an integer that lost its last digits. */
  readonly real?: true
  /** It is meant for `input` lines, so that its name is free for all else. */
  readonly atInput?: true
  readonly run: (args: readonly Value[]) => Value | undefined
}

const isNumbers = (values: readonly Value[]): values is readonly number[] =>
  values.every((value) => typeof value === 'number')

export const isIntegers = (values: readonly Value[]): values is readonly number[] =>
  values.every((value) => typeof value === 'number' && Number.isInteger(value))

/** The numbers that are given one by one or as one list. */
function gathered(args: readonly Value[]): readonly number[] | undefined {
  const [only] = args
  const all = args.length === 1 && only !== undefined && isList(only) ? only : args
  return all.length > 0 && isNumbers(all) ? all : undefined
}

/** A list of two sizes that says what its axes are. */
function axesOf(axes: AxesKind): FunctionOnValues['run'] {
  return ([sizes, ...rest]) => {
    const isSize = sizes !== undefined && isList(sizes) && isIntegers(sizes) && sizes.length === 2
    return isSize && rest.length === 0 ? sizeOfAxes(sizes, axes) : undefined
  }
}

function one(args: readonly Value[], run: (value: number) => number): Value | undefined {
  return args.length === 1 && typeof args[0] === 'number' ? run(args[0]) : undefined
}

function positive(args: readonly Value[], run: (value: number) => number): Value | undefined {
  return typeof args[0] === 'number' && args[0] > 0 ? one(args, run) : undefined
}

/** The items in ascending order; undefined where two of them have none. */
function inOrder(items: readonly Value[]): readonly Value[] | undefined {
  const [first] = items
  if (first === undefined) return items
  if (items.some((item) => hasUnknown(item) || ordering(first, item) === undefined)) return undefined
  return items.toSorted((a, b) => ordering(a, b) ?? 0)
}

/** Halves go to the even neighbour, as in Python. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

function listRange(args: readonly Value[]): Value | undefined {
  if (args.length < 1 || args.length > 3 || !isIntegers(args)) return undefined
  const [first, last] = args.length === 1 ? [0, args[0] as number] : [args[0] as number, args[1] as number]
  const step = args[2] ?? 1
  if (step === 0) return undefined
  const length = Math.max(0, Math.ceil((last - first) / step))
  if (length > MAX_LENGTH) return TOO_LONG
  return Array.from({ length }, (_, i) => first + i * step)
}

/** The result in place of a list that would be too long. */
export const TOO_LONG: readonly Value[] = []

/** Whether a name means a function wherever it stands: of one for `input` lines it is free for all else. */
export function isFunctionName(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name) && FUNCTIONS[name]?.atInput !== true
}

/** The size that a function for `input` lines is written around; any other expression as it is. */
export function sizeWithin(shape: Expression): Expression {
  if (shape.kind !== 'call' || shape.callee.kind !== 'name' || shape.args.length !== 1) return shape
  return FUNCTIONS[shape.callee.name]?.atInput ? (shape.args[0]?.value ?? shape) : shape
}

export const FUNCTIONS: Readonly<Record<string, FunctionOnValues>> = {
  abs: {
    signature: 'abs(number)',
    documentation: 'the number without its sign',
    run: (args) => one(args, Math.abs),
  },
  ceil: {
    signature: 'ceil(number)',
    documentation: 'the smallest integer that is not below the number',
    run: (args) => one(args, Math.ceil),
  },
  exp: {
    signature: 'exp(number)',
    real: true,
    documentation: 'e to the power of the number',
    run: (args) => one(args, Math.exp),
  },
  floor: {
    signature: 'floor(number)',
    documentation: 'the largest integer that is not above the number',
    run: (args) => one(args, Math.floor),
  },
  len: {
    signature: 'len(list)',
    documentation: 'the number of items of a list, or of characters of a string',
    run: ([value, ...rest]) => {
      if (value === undefined || rest.length > 0) return undefined
      return isList(value) || typeof value === 'string' ? value.length : undefined
    },
  },
  log: {
    signature: 'log(number)',
    real: true,
    documentation: 'the natural logarithm of a number above 0',
    run: (args) => positive(args, Math.log),
  },
  log2: {
    signature: 'log2(number)',
    real: true,
    documentation: 'the logarithm to the base 2 of a number above 0, exact for powers of 2',
    run: (args) => positive(args, Math.log2),
  },
  max: {
    signature: 'max(a, b, …) or max(list)',
    documentation: 'the largest of the numbers',
    run: (args) => gathered(args)?.reduce((a, b) => Math.max(a, b)),
  },
  min: {
    signature: 'min(a, b, …) or min(list)',
    documentation: 'the smallest of the numbers',
    run: (args) => gathered(args)?.reduce((a, b) => Math.min(a, b)),
  },
  prod: {
    signature: 'prod(list)',
    documentation: 'the product of the numbers; 1 for an empty list',
    run: ([value, ...rest]) =>
      value !== undefined && rest.length === 0 && isList(value) && isNumbers(value)
        ? value.reduce((a, b) => a * b, 1)
        : undefined,
  },
  range: {
    signature: 'range(stop), range(start, stop) or range(start, stop, step)',
    documentation: 'the integers from start (0) up to but not including stop, as a list',
    run: listRange,
  },
  reversed: {
    signature: 'reversed(list)',
    documentation: 'the list from its end',
    run: ([value, ...rest]) =>
      value !== undefined && rest.length === 0 && isList(value) ? value.toReversed() : undefined,
  },
  round: {
    signature: 'round(number)',
    documentation: 'the nearest integer, halves to the even one',
    run: (args) => one(args, roundHalfEven),
  },
  rows: {
    signature: 'rows([steps, features])',
    documentation: 'the size of an input, which says that its two axes are steps and features',
    atInput: true,
    run: axesOf('rows'),
  },
  signal: {
    signature: 'signal([channels, length])',
    documentation: 'the size of an input, which says that its two axes are channels and positions',
    atInput: true,
    run: axesOf('signal'),
  },
  sorted: {
    signature: 'sorted(list)',
    documentation: 'the items of a list, numbers or strings, from the smallest to the largest',
    run: ([value, ...rest]) =>
      value !== undefined && rest.length === 0 && isList(value) ? inOrder(value) : undefined,
  },
  sqrt: {
    signature: 'sqrt(number)',
    real: true,
    documentation: 'the square root of a number that is not negative',
    run: ([value, ...rest]) =>
      typeof value === 'number' && value >= 0 && rest.length === 0 ? Math.sqrt(value) : undefined,
  },
  sum: {
    signature: 'sum(list)',
    documentation: 'the sum of the numbers',
    run: ([value, ...rest]) =>
      value !== undefined && rest.length === 0 && isList(value) && isNumbers(value)
        ? value.reduce((a, b) => a + b, 0)
        : undefined,
  },
  zip: {
    signature: 'zip(list, list, …)',
    documentation: 'the first items together, the second items together, … up to the shortest list',
    run: (lists) => {
      if (lists.length === 0 || !lists.every(isList)) return undefined
      const length = lists.reduce((least, list) => Math.min(least, list.length), Number.POSITIVE_INFINITY)
      if (length * (1 + lists.length) > MAX_LENGTH) return TOO_LONG
      return Array.from({ length }, (_, i) => lists.map((list) => list[i] as Value))
    },
  },
}
