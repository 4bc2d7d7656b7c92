/** Calls with more options by place than may stand so: they are reported with what they may mean. */
import type { Call } from '../../../../grammar/tree'
import type { GivenOption, Tensor } from '../../model/graph'
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
  /** The options that earlier calls have given, and those of this one. */
  readonly earlier: readonly GivenOption[]
  readonly own: readonly GivenOption[]
  /** Values by place behind those that go by place. */
  readonly surplus: readonly PlacedArgument[]
  /** Arguments for what has a value already. */
  readonly twice: readonly { readonly argument: PlacedArgument['argument']; readonly option: string }[]
}

/**
 * What reports that options of a call are out of place, once it is known which tensors it is applied to; undefined
 * where none are. If that never comes to be known, the evaluation's end reports it.
 */
export function misplacedOptions(given: Given, env: Env): Partial['misplaced'] {
  const { call, callee, earlier, own, surplus, twice } = given
  const [first] = [...surplus, ...twice]
  if (callee.kind !== 'builtin' || first === undefined) return undefined
  const { layer } = callee
  const named = own.filter(({ argument }) => argument.name !== undefined)
  const placed = own.filter(({ argument }) => argument.name === undefined)
  const readings = readingsOf({
    layer,
    call,
    placed: [...placed, ...surplus],
    named: new Set([...named, ...twice].map(({ option }) => option)),
    given: new Set(earlier.map(({ option }) => option)),
  })
  if (readings.length === 0 && !surplus.some(({ option }) => option !== undefined)) return undefined
  const report = (inputs: readonly Tensor[]) => {
    const { text } = env.module.tree
    const { likely, ...known } = rank(readings, layer, [...earlier, ...named], inputs)
    // An option by name that stands by place too is a slip, unless the tensor shows that PyTorch's order is meant.
    if (surplus.length === 0 && (known.inputSize === undefined || known.inputSize !== known.givenSize)) {
      reportTwice(layer.name, twice, env)
      return
    }
    const understood = likely.map((reading) => ({
      kind: reading.kind,
      edits: reading.edits,
      text: changedText(text, call, reading.edits),
    }))
    const { name, byPlace } = layer
    const data = {
      layer: name,
      byPlace,
      placed: placed.map(({ argument }) => text.slice(argument.start, argument.end)),
      call,
      readings: understood,
      ...known,
    }
    problemAt(env, optionNeedsName, data, first.argument)
  }
  const { misplaced } = env.state
  if (!misplaced.has(call)) misplaced.set(call, () => report([]))
  return (inputs) => {
    if (inputs.length === 0) return
    misplaced.set(call, () => undefined)
    report(inputs)
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
function rank(
  readings: readonly Reading[],
  layer: AnyLayer,
  given: readonly GivenOption[],
  inputs: readonly Tensor[],
): Ranked {
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
    : { likely: others, isCertain: fits(only, layer, given, inputs), ...sizes }
}

function sizeOf({ shape }: Tensor, of: 'channels' | 'features'): number {
  return (of === 'features' && shape.length <= 2 ? shape.at(-1) : shape[0]) as number
}

/** Whether a layer can be applied as a reading understands its call. */
function fits(
  { places }: Reading,
  layer: AnyLayer,
  given: readonly GivenOption[],
  inputs: readonly Tensor[],
): boolean {
  const values = [...given, ...places.flatMap((place) => (place.kind === 'option' ? [place] : []))]
  const rank = inputs[0]?.shape.length ?? 0
  const options = bindOptions(layer, values, rank > 1 ? rank - 1 : undefined, () => undefined)
  if (options === undefined) return false
  const result = layer.infer({
    shapes: inputs.map(({ shape }) => shape),
    items: inputs.map(({ items }) => items),
    options,
  })
  return !isViolation(result)
}
