/** Calls with more options by place than may stand so: they are reported with what they may mean. */
import type { Argument, Call } from '../../../../grammar/tree'
import type { GivenOption, Tensor, Value } from '../../model/graph'
import { type AnyLayer, isViolation } from '../../model/layer'
import { changedText } from '../binding/call-edits'
import { bindOptions } from '../binding/options'
import { type PlacedArgument, type Reading, readingsOf } from '../binding/readings'
import { optionGivenTwice } from '../problems/calls'
import { type MisplacedData, optionNeedsName } from '../problems/misplaced'
import { problemAt } from './problems'
import type { Env } from './state'
import type { Callee, Partial } from './values'

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
  readonly twice: readonly { readonly argument: Argument; readonly option: string }[]
}

/** A call whose options are out of place. */
interface Misplaced {
  readonly given: Given
  readonly layer: AnyLayer
  /** The first argument that is too much. */
  readonly first: Argument
  /** What it gives to the options that go by place. */
  readonly placed: readonly PlacedArgument[]
  readonly readings: readonly Reading[]
  /** The values that do not depend on places. */
  readonly certain: ReadonlyMap<string, Value>
}

/**
 * What reports that options of a call are out of place, once it is known which tensors it is applied to; undefined
 * where none are. If that never comes to be known, the end of the analysis reports it.
 */
export function misplacedOptions(given: Given, env: Env): Partial['misplaced'] {
  const [first] = [...given.surplus, ...given.twice]
  const found = first && understand(given, first.argument)
  if (found === undefined) return undefined
  const { misplaced } = env.state
  const { call } = given
  if (!misplaced.has(call)) misplaced.set(call, () => report(found, [], env))
  return (inputs) => {
    if (inputs.length === 0) return
    misplaced.set(call, () => undefined)
    report(found, inputs, env)
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
  const readings = readingsOf({ layer, call, placed: [...placed, ...surplus], named, given: before })
  const isMeant = readings.length > 0 || surplus.some(({ option }) => option !== undefined)
  return isMeant ? { given, layer, first, placed, readings, certain } : undefined
}

function report(misplaced: Misplaced, inputs: readonly Tensor[], env: Env): void {
  const { layer, first, placed } = misplaced
  const { call, surplus, twice } = misplaced.given
  const { likely, ...known } = rank(misplaced, inputs)
  // An option by name that stands by place too is a slip, unless the tensor shows that PyTorch's order is meant.
  if (surplus.length === 0 && (known.inputSize === undefined || known.inputSize !== known.givenSize)) {
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
  problemAt(env, optionNeedsName, data, first)
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
function rank(misplaced: Misplaced, inputs: readonly Tensor[]): Ranked {
  const { readings } = misplaced
  const pytorch = readings.find(({ kind }) => kind === 'pytorch')
  const others = readings.filter((each) => each !== pytorch)
  const size = pytorch?.places.find((place) => place.kind === 'input-size')
  const [input] = inputs
  if (pytorch === undefined || size === undefined || input === undefined) {
    const likely = pytorch === undefined ? others : [...others, pytorch]
    return { likely, isCertain: likely.length === 1, ...(size ? { givenSize: size.value } : {}) }
  }
  const inputSize = sizeOf(input, size.of)
  const sizes = { givenSize: size.value, inputSize }
  if (inputSize === size.value) return { likely: [pytorch, ...others], isCertain: true, ...sizes }
  const [only] = others
  return only === undefined
    ? { likely: [pytorch], isCertain: false, ...sizes }
    : { likely: others, isCertain: fits(only, misplaced, inputs), ...sizes }
}

function sizeOf({ shape }: Tensor, of: 'channels' | 'features'): number {
  return (of === 'features' && shape.length <= 2 ? shape.at(-1) : shape[0]) as number
}

/** Whether a layer can be applied as a reading understands its call. */
function fits({ places }: Reading, { layer, certain }: Misplaced, inputs: readonly Tensor[]): boolean {
  const values = new Map(certain)
  for (const place of places) if (place.kind === 'option') values.set(place.option, place.value)
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
