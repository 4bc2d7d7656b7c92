/** How a call may be meant whose arguments by place are more than those that go by place. */
import type { Argument, Call } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import type { AnyLayer, OptionSpec } from '../../model/layer'
import type { TextEdit } from '../../model/problem'
import type { Shape } from '../../model/shape'
import { isList } from '../../model/value'
import { withoutBatch } from './axes'
import { nameArgument, numbersText, removeArgument, withoutBatchEdits } from './call-edits'
import { fitsOption } from './options'

/** A value that a call gives by place. */
export interface PlacedArgument {
  readonly argument: Argument
  readonly value: Value
  /** The option whose place it has; absent behind the last one. */
  readonly option?: string
}

/** What a call gives besides its tensors. */
interface WrittenOptions {
  readonly layer: AnyLayer
  readonly call: Call
  readonly placed: readonly PlacedArgument[]
  /** The options that have a value by their names. */
  readonly named: ReadonlySet<string>
  /** The options that earlier calls have given: the places go on behind them. */
  readonly given: ReadonlySet<string>
  /** What it gives by names that other frameworks have. */
  readonly foreign?: readonly ForeignNamed[]
  /** The shape of what comes in, where it is known. */
  readonly input?: Shape
}

/** An argument by a name that another framework has for an option, or for a size of the input. */
export interface ForeignNamed {
  readonly argument: Argument
  readonly place: Place
  /** What has to be changed to give the same here. */
  readonly edits: readonly TextEdit[]
}

/** What an argument by place may be meant for: an option with a value, or a size of the input. */
export type Place =
  | { readonly kind: 'option'; readonly option: string; readonly value: Value }
  | { readonly kind: 'input-size'; readonly of: 'channels' | 'features'; readonly value: number }
  /** The sizes of the last axes, which an option names here. */
  | {
      readonly kind: 'last-sizes'
      readonly option: string
      readonly value: Value
      readonly sizes: readonly number[]
    }

/** One way to understand a call: all its options by name, as PyTorch orders them, or the last ones as one list. */
export interface Reading {
  readonly kind: 'names' | 'pytorch' | 'list'
  /** For each argument by place what it gives; those of a list all give its option. */
  readonly places: readonly Place[]
  /** What has to be changed so that the call says this. */
  readonly edits: readonly TextEdit[]
}

/** All ways to understand a call that its values allow; as PyTorch would write it first. */
export function readingsOf(written: WrittenOptions): readonly Reading[] {
  const names = asNamed(written)
  const others = written.given.size > 0 ? [] : [asPyTorch(written), names === undefined && asList(written)]
  const [pytorch, list] = others
  const same = pytorch && names && sameText(pytorch.edits, names.edits)
  const found = [same ? undefined : pytorch, names, list].filter(
    (each) => each !== undefined && each !== false,
  )
  return found.flatMap((each) => withForeign(each, written) ?? [])
}

/** The reading with what foreign names give; undefined where that has a value already. */
function withForeign(reading: Reading, { foreign = [] }: WrittenOptions): Reading | undefined {
  const taken = new Set(reading.places.flatMap((place) => (place.kind === 'option' ? [place.option] : [])))
  for (const { place } of foreign) {
    if (place.kind === 'option' && taken.size === taken.add(place.option).size) return undefined
  }
  return {
    ...reading,
    places: [...reading.places, ...foreign.map(({ place }) => place)],
    edits: [...reading.edits, ...foreign.flatMap(({ edits }) => edits)],
  }
}

/** The options in the order of the declaration. */
function asNamed({ layer, call, placed, named, given }: WrittenOptions): Reading | undefined {
  const places = placed.map(({ value, option }) => placeFor(layer, option, value, named))
  return reading('names', places, (complete) => namingEdits(layer, call, placed, complete, given))
}

/** PyTorch's order, in which sizes of the input stand too, and axes are counted with the batch. */
function asPyTorch({ layer, call, placed, named, given, input }: WrittenOptions): Reading | undefined {
  const { order, inputSizes = {}, lastSizes } = layer.pytorch ?? { order: [] }
  const places = placed.map(({ value }, i): Place | undefined => {
    const name = order[i]
    if (name !== undefined && name === lastSizes?.name && isList(value) && value.length > 1) {
      return value.every(isSize) ? lastSizesOf(lastSizes.option, value, input) : undefined
    }
    if (name !== undefined && Object.hasOwn(inputSizes, name)) {
      const size = isList(value) && value.length === 1 ? value[0] : value
      return size !== undefined && isSize(size)
        ? { kind: 'input-size', of: inputSizes[name] as 'channels', value: size }
        : undefined
    }
    const spec = name === undefined ? undefined : optionSpec(layer, name)
    const ours = spec?.countsAxes ? withoutBatch(value) : value
    return ours === undefined ? undefined : placeFor(layer, name, ours, named)
  })
  return reading('pytorch', places, (complete) => namingEdits(layer, call, placed, complete, given))
}

function lastSizesOf(option: string, sizes: readonly number[], input: Shape | undefined): Place {
  const rank = input?.length ?? sizes.length
  return { kind: 'last-sizes', option, value: sizes.map((_, i) => rank - sizes.length + i), sizes }
}

/** `reshape(64, 7, 7)`: the last option that goes by place takes a list, and the rest of the numbers is one. */
function asList({ layer, placed, named, input }: WrittenOptions): Reading | undefined {
  const option = layer.byPlace.at(-1)
  const from = layer.byPlace.length - 1
  const [first, last] = [placed[from], placed.at(-1)]
  if (option === undefined || first === undefined || last === undefined || last === first) return undefined
  const written = placed.slice(from).map(({ value }) => value)
  if (!written.every((value) => typeof value === 'number')) return undefined
  const hasBatch = optionSpec(layer, option)?.countsAxes && written.length === (input?.length ?? 0) + 1
  const list = hasBatch ? withoutBatch(written) : written
  if (list === undefined) return undefined
  const places = placed.map(({ value }, i) =>
    placeFor(layer, layer.byPlace[Math.min(i, from)], i < from ? value : list, named),
  )
  const [start, end] = [first.argument.start, last.argument.end]
  if (hasBatch) return reading('list', places, () => [{ start, end, text: numbersText(list) }])
  return reading('list', places, () => [
    { start, end: start, text: '[' },
    { start: end, end, text: ']' },
  ])
}

function reading(
  kind: Reading['kind'],
  places: readonly (Place | undefined)[],
  edit: (places: readonly Place[]) => readonly TextEdit[] | undefined,
): Reading | undefined {
  const complete = places.filter((place) => place !== undefined)
  if (complete.length < places.length) return undefined
  const edits = edit(complete)
  return edits && { kind, places: complete, edits }
}

/** The option under a name, if it takes the value and is not given by its name too. */
function placeFor(
  layer: AnyLayer,
  option: string | undefined,
  value: Value,
  named: ReadonlySet<string>,
): Place | undefined {
  if (option === undefined || named.has(option)) return undefined
  const spec = optionSpec(layer, option)
  return spec && fitsOption(spec, value) ? { kind: 'option', option, value } : undefined
}

function optionSpec({ options }: AnyLayer, name: string): OptionSpec | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined
}

function isSize(value: Value): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1
}

/** Takes sizes of the input out, and names what does not stand at the place of its option. */
function namingEdits(
  { byPlace }: AnyLayer,
  call: Call,
  placed: readonly PlacedArgument[],
  places: readonly Place[],
  given: ReadonlySet<string>,
): readonly TextEdit[] | undefined {
  const free = byPlace.filter((name) => !given.has(name))
  const edits: TextEdit[] = []
  let inOrder = 0
  for (const [i, place] of places.entries()) {
    const { argument, value } = placed[i] as PlacedArgument
    if (place.kind === 'input-size') {
      edits.push(...removeArgument(call, argument))
      continue
    }
    if (place.kind === 'last-sizes') {
      const { start, end } = argument.value
      edits.push(nameArgument(argument, place.option), { start, end, text: numbersText(place.value) })
      continue
    }
    if (place.option === free[inOrder]) inOrder++
    else edits.push(nameArgument(argument, place.option))
    const counted = place.value === value ? [] : withoutBatchEdits(argument, place.value)
    if (counted === undefined) return undefined
    edits.push(...counted)
  }
  return edits
}

function sameText(edits: readonly TextEdit[], others: readonly TextEdit[]): boolean {
  return JSON.stringify(edits) === JSON.stringify(others)
}
