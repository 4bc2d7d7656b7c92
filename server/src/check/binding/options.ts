/** Turns the values that a call gives for options into those that a layer's `infer` receives. */

import { memo } from '../../../../grammar/memo'
import type { Value } from '../../model/graph'
import {
  type AnyLayer,
  type OptionSpec,
  type OptionType,
  PADDING_NAMES,
  type Padding,
} from '../../model/layer'
import { hasUnknown, isList } from '../../model/value'
import { closest, describeValue, quoted } from '../words'

/** A value that an option does not take: what it takes instead, in words. */
class Unfit {
  constructor(
    readonly needs: string,
    readonly words: readonly string[] = [],
  ) {}
}

type Bound = Readonly<Record<string, unknown>>

/** Why an option has no value. */
export type OptionFault =
  | { readonly kind: 'missing'; readonly option: string }
  | {
      readonly kind: 'unfit'
      readonly option: string
      /** The value and what is needed, in words. */
      readonly value: string
      readonly needs: string
      readonly suggestions: readonly string[]
      /** It is known that the one suggestion is meant. */
      readonly isCertain?: boolean
    }

/**
 * Turns the values of a call into the options that a layer's `infer` receives, sizes spread over `axes` spatial
 * axes. Undefined when one is missing or does not fit (both reported), or is unknown. Where the tensor is unknown,
 * so is `axes`, and only what is wrong for every tensor is reported.
 */
export function bindOptions(
  layer: AnyLayer,
  givenValue: (option: string) => Value | undefined,
  axes: number | undefined,
  report: (fault: OptionFault) => void,
): Bound | undefined {
  const bound: Record<string, unknown> = {}
  let complete = true
  for (const name of Object.keys(layer.options)) {
    const spec = layer.options[name] as OptionSpec
    const value = givenValue(name)
    if (value === undefined) {
      if (spec.default !== undefined) bound[name] = defaultValue(spec, bound, axes)
      else if (!spec.optional) {
        report({ kind: 'missing', option: name })
        complete = false
      }
      continue
    }
    if (hasUnknown(value)) {
      complete = false
      continue
    }
    if (value === null && spec.optional) continue
    const result = convert(spec.type, value, axes)
    if (result instanceof Unfit) {
      const like = typeof value === 'string' ? wordsLike(value, spec, result.words) : { suggestions: [] }
      report({
        kind: 'unfit',
        option: name,
        value: describeValue(value),
        needs: result.needs,
        ...like,
      })
      complete = false
    } else bound[name] = result
  }
  return complete ? bound : undefined
}

/** The words that may be meant by one that an option does not take: what others call so, or what is spelt nearly so. */
export function wordsLike(
  word: string,
  { foreignWords = {} }: Pick<OptionSpec, 'foreignWords'>,
  words: readonly string[],
): { readonly suggestions: readonly string[]; readonly isCertain?: true } {
  const foreign = Object.hasOwn(foreignWords, word) ? foreignWords[word] : undefined
  return foreign === undefined
    ? { suggestions: closest(word, words) }
    : { suggestions: [foreign], isCertain: true }
}

const defaultsByAxes = memo((_spec: OptionSpec) => new Map<number | undefined, unknown>())

/** The default's value; it is the same object for every tensor with as many axes. */
function defaultValue(spec: OptionSpec, bound: Bound, axes: number | undefined): unknown {
  const text = spec.default as string
  if (Object.hasOwn(bound, text)) return bound[text]
  const known = defaultsByAxes(spec)
  if (!known.has(axes)) known.set(axes, readDefault(spec, text, axes))
  return known.get(axes)
}

function readDefault({ type }: OptionSpec, text: string, axes: number | undefined): unknown {
  if (text === 'none') return undefined
  const value: Value = /^[[\d-]|^(true|false)$/.test(text) ? (JSON.parse(text) as Value) : text
  return convert(type, value, axes)
}

/** Whether an option takes a value, whatever the tensor; what is unknown may fit. */
export function fitsOption({ type, optional }: OptionSpec, value: Value): boolean {
  if (hasUnknown(value) || (value === null && optional)) return true
  return !(convert(type, value, undefined) instanceof Unfit)
}

function convert(type: OptionType, value: Value, axes: number | undefined): unknown {
  switch (type.kind) {
    case 'int':
      return isInteger(value) && within(value, type) ? value : new Unfit(`an integer${limits(type)}`)
    case 'float':
      return typeof value === 'number' && within(value, type) ? value : new Unfit(`a number${limits(type)}`)
    case 'bool':
      return typeof value === 'boolean' ? value : new Unfit('`true` or `false`')
    case 'word':
      return typeof value === 'string' && type.words.includes(value)
        ? value
        : new Unfit(quoted(type.words, 'or'), type.words)
    case 'size':
      return (
        spread(
          value,
          axes,
          (item) => (isInteger(item) && item >= type.min) || (type.open && item === null),
        ) ?? sizeNeeds('an integer', type, axes)
      )
    case 'factors':
      return (
        spread(value, axes, (item) => typeof item === 'number' && item > 0) ?? sizeNeeds('a number', {}, axes)
      )
    case 'padding':
      return convertPadding(type.named, value, axes)
    case 'ints': {
      const list = isList(value) ? value : [value]
      return list.every((item) => isInteger(item) && within(item, type))
        ? list
        : new Unfit(`integers${limits(type)}`)
    }
    case 'table':
      return isList(value) && value.every((row) => isList(row) && row.every(isInteger))
        ? value
        : new Unfit('a list of lists of integers')
  }
}

function isInteger(value: Value): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}

function within(value: number, { min, max }: { min?: number; max?: number }): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max)
}

function limits({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` of at least ${min}`
  return max === undefined ? '' : ` of at most ${max}`
}

/** One entry per axis; a single value stands for all axes. */
function spread(
  value: Value,
  axes: number | undefined,
  fits: (item: Value) => boolean | undefined,
): readonly Value[] | undefined {
  if (!isList(value)) return fits(value) ? new Array<Value>(axes ?? 1).fill(value) : undefined
  return (axes === undefined || value.length === axes) && value.every(fits) ? value : undefined
}

function sizeNeeds(
  item: string,
  { min, open }: { readonly min?: number; readonly open?: true },
  axes: number | undefined,
): Unfit {
  const least = min === undefined ? ' above 0' : ` of at least ${min}`
  const kept = open ? ', `none` for an axis that stays' : ''
  return new Unfit(`${item}${least}${kept}, or a list of ${axes ?? 'as many as there are spatial axes'}`)
}

function convertPadding(named: boolean, value: Value, axes: number | undefined): Padding | Unfit {
  const name = named && typeof value === 'string' ? PADDING_NAMES.find((word) => word === value) : undefined
  if (name !== undefined) return { name }
  const amounts = isList(value) ? value : [value]
  if (!amounts.every((item): item is number => isInteger(item) && item >= 0)) return paddingNeeds(named)
  const count = axes ?? amounts.length
  if (!isList(value)) {
    const each = new Array<number>(count).fill(amounts[0] as number)
    return { begin: each, end: each }
  }
  if (amounts.length === count) return { begin: amounts, end: amounts }
  if (amounts.length !== 2 * count) return paddingNeeds(named)
  return { begin: amounts.filter((_, i) => i % 2 === 0), end: amounts.filter((_, i) => i % 2 === 1) }
}

function paddingNeeds(named: boolean): Unfit {
  const names = named ? `, or ${quoted(PADDING_NAMES, 'or')}` : ''
  const needs = `an integer of at least 0, one for each spatial axis, or two for each (begin, end)${names}`
  return new Unfit(needs, named ? PADDING_NAMES : [])
}
