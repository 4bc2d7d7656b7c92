/** Calls with more options by place than may stand so: they are reported with what they may mean. */
import type { Argument, Call } from '../../../../grammar/tree'
import type { GivenOption, Value } from '../../model/graph'
import { type AnyLayer, isViolation } from '../../model/layer'
import { UNKNOWN } from '../../model/value'
import { changedText } from '../binding/call-edits'
import { bindOptions } from '../binding/options'
import {
  type ForeignNamed,
  type Place,
  type PlacedArgument,
  type Reading,
  readingsOf,
} from '../binding/readings'
import { optionGivenTwice } from '../problems/calls'
import { type MisplacedData, optionNeedsName } from '../problems/misplaced'
import { unknownOption } from '../problems/names'
import { problemAt } from './problems'
import type { Env } from './state'
import type { Callee, Meant, Partial, Shaped } from './values'

/** What a call gives to a layer. */
interface Given {
  readonly call: Call
  readonly callee: Callee
  /** What is called, with the options that it has already. */
  readonly earlier: Pick<Partial, 'written' | 'values'>
  /** The options that the call leaves it with, with their values. */
  readonly options: readonly GivenOption[]
  readonly values: readonly Value[]
  /** Values by place behind those that go by place. */
  readonly surplus: readonly PlacedArgument[]
  /** Arguments for what has a value already. */
  readonly twice: readonly { readonly argument: Argument; readonly option: string; readonly value: Value }[]
  /** Arguments by names of other frameworks. */
  readonly foreign: readonly ForeignNamed[]
}

/** A call whose options are out of place. */
interface Misplaced {
  readonly given: Given
  readonly layer: AnyLayer
  /** The first argument that is too much. */
  readonly first: Argument
  /** What it gives to the options that go by place. */
  readonly placed: readonly PlacedArgument[]
  readonly written: Parameters<typeof readingsOf>[0]
  /** The values that do not depend on places. */
  readonly certain: ReadonlyMap<string, Value>
}

/**
 * What reports that options of a call are out of place, once it is known which tensors it is applied to; undefined
 * where none are. If that never comes to be known, the end of the analysis reports it.
 */
export function misplacedOptions(given: Given, env: Env): Partial['misplaced'] {
  const [first] = [...given.foreign, ...given.surplus, ...given.twice]
  const found = first && understand(given, first.argument)
  if (found === undefined) return undefined
  const { misplaced } = env.state
  const { call } = given
  if (!misplaced.has(call)) misplaced.set(call, () => report(found, [], env))
  return (inputs) => {
    if (inputs.length === 0) return undefined
    misplaced.set(call, () => undefined)
    report(found, inputs, env)
    return meantOptions(found, inputs)
  }
}

/** How the call may be meant; undefined where nothing is out of place, or there is no place for what is too much. */
function understand(given: Given, first: Argument): Misplaced | undefined {
  const { call, callee, earlier, surplus, twice } = given
  if (callee.kind !== 'builtin') return undefined
  const { layer } = callee
  const certain = new Map<string, Value>()
  const placed: PlacedArgument[] = []
  const named = new Set(twice.map(({ option }) => option))
  for (const [i, { option, argument }] of given.options.entries()) {
    const value = given.values[i] as Value
    const isEarlier = i < earlier.values.length
    if (!isEarlier && argument.name === undefined) placed.push({ argument, value, option })
    else certain.set(option, value)
    if (!isEarlier && argument.name !== undefined) named.add(option)
  }
  const before = new Set(earlier.written.options.map(({ option }) => option))
  const written = {
    layer,
    call,
    placed: [...placed, ...surplus],
    named,
    given: before,
    foreign: given.foreign,
  }
  const isMeant = readingsOf(written).length > 0 || surplus.some(({ option }) => option !== undefined)
  return isMeant ? { given, layer, first, placed, written, certain } : undefined
}

/** The options as they are meant, where that is certain. */
function meantOptions(misplaced: Misplaced, inputs: readonly Shaped[]): Meant | undefined {
  const { certain, given, written } = misplaced
  const { likely, isCertain, givenSize, inputSize } = rank(misplaced, inputs)
  const [reading] = likely
  const isMeant = isCertain && givenSize === inputSize
  if (reading === undefined || !isMeant || reading.kind === 'list') return undefined
  const args = [...written.placed, ...given.foreign].map(({ argument }) => argument)
  const options: GivenOption[] = given.options.filter(({ argument }) => !args.includes(argument))
  const values: Value[] = options.map(({ option }) => certain.get(option) ?? UNKNOWN)
  for (const { option, argument, value } of given.twice) {
    options.push({ option, argument, call: given.call })
    values.push(value)
  }
  for (const [i, place] of reading.places.entries()) {
    if (place.kind === 'input-size') continue
    options.push({ option: place.option, argument: args[i] as Argument, call: given.call })
    values.push(place.value)
  }
  return { options, values }
}

function report(misplaced: Misplaced, inputs: readonly Shaped[], env: Env): void {
  const { layer, first, placed } = misplaced
  const { call, surplus, twice, foreign } = misplaced.given
  const { likely, ...known } = rank(misplaced, inputs)
  const isOther =
    foreign.length === 0 && (known.inputSize === undefined || known.inputSize !== known.givenSize)
  // An option by name that stands by place too is a slip, unless the tensor shows that PyTorch's order is meant.
  if (surplus.length === 0 && isOther) {
    reportTwice(layer.name, twice, env)
    return
  }
  const { text } = env.module.tree
  const data: MisplacedData = {
    layer: layer.name,
    byPlace: layer.byPlace,
    placed: placed.map(({ argument }) => text.slice(argument.start, argument.end)),
    call,
    readings: likely.map(({ kind, edits }) => ({ kind, edits, text: changedText(text, call, edits) })),
    ...known,
  }
  if (foreign.length === 0) problemAt(env, optionNeedsName, data, first)
  else {
    const name = first.name?.name ?? ''
    problemAt(
      env,
      unknownOption,
      { ...data, name, options: Object.keys(layer.options), suggestions: [] },
      first.name ?? first,
    )
  }
}

/** Reports arguments for what has a value already. */
export function reportTwice(layer: string, twice: Given['twice'], env: Env): void {
  for (const { argument, option } of twice) problemAt(env, optionGivenTwice, { layer, option }, argument)
}

type Ranked = Pick<MisplacedData, 'isCertain' | 'givenSize' | 'inputSize'> & {
  readonly likely: readonly Reading[]
}

/**
 * The likeliest reading first: PyTorch's where its size of the input is that of the tensor, else what the places
 * meant. Where another size comes in, PyTorch's order is not what was meant, unless nothing else could be.
 */
function rank(misplaced: Misplaced, inputs: readonly Shaped[]): Ranked {
  const [input] = inputs
  const readings = readingsOf({ ...misplaced.written, ...(input && { input: input.shape }) })
  const pytorch = readings.find(({ kind }) => kind === 'pytorch')
  const others = readings.filter((each) => each !== pytorch)
  const size = pytorch?.places.find((place) => place.kind !== 'option')
  if (pytorch === undefined || size === undefined || input === undefined) {
    const likely = pytorch === undefined ? others : [...others, pytorch]
    return { likely, isCertain: likely.length === 1, ...(size ? { givenSize: givenSizeOf(size) } : {}) }
  }
  const inputSize = sizeOf(input, size)
  const sizes = { givenSize: givenSizeOf(size), inputSize }
  if (inputSize === sizes.givenSize) return { likely: [pytorch, ...others], isCertain: true, ...sizes }
  const [only] = others
  return only === undefined
    ? { likely: [pytorch], isCertain: false, ...sizes }
    : { likely: others, isCertain: fits(only, misplaced, inputs), ...sizes }
}

type SizePlace = Exclude<Place, { readonly kind: 'option' }>

/** A size as the text gives it; several as they are shown. */
function givenSizeOf(place: SizePlace): number | string {
  return place.kind === 'last-sizes' ? place.sizes.join('×') : place.value
}

function sizeOf({ shape }: Shaped, place: SizePlace): number | string {
  if (place.kind === 'last-sizes') return shape.slice(-place.sizes.length).join('×')
  return (place.of === 'features' && shape.length <= 2 ? shape.at(-1) : shape[0]) as number
}

/** Whether a layer can be applied as a reading understands its call. */
function fits({ places }: Reading, { layer, certain }: Misplaced, inputs: readonly Shaped[]): boolean {
  const values = new Map(certain)
  for (const place of places) if (place.kind !== 'input-size') values.set(place.option, place.value)
  const rank = inputs[0]?.shape.length ?? 0
  const axes = rank > 1 ? rank - 1 : undefined
  const options = bindOptions(
    layer,
    (option) => values.get(option),
    axes,
    () => undefined,
  )
  if (options === undefined) return false
  const shapes = inputs.map(({ shape }) => shape)
  const items = inputs.map(({ items }) => items)
  return !isViolation(layer.infer({ shapes, items, options }))
}
