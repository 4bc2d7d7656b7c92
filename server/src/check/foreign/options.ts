/** What the arguments of another framework's call are here. */
import type { Argument } from '../../../../grammar/tree'
import type { ForeignEntry } from '../../layers'
import { isRequired } from '../../layers/declare'
import { afterBatch, NO_ACTIVATION, shown } from '../../layers/foreign'
import type { ForeignArgument, ForeignContext, ForeignLayer, WrittenValue } from '../../model/foreign'
import type { AnyLayer, OptionSpec } from '../../model/layer'
import { PADDING_NAMES } from '../../model/layer'
import type { Shape } from '../../model/shape'

/** An argument of a foreign call that gives no tensor. */
export interface ForeignGiven {
  readonly argument: Argument
  readonly value: WrittenValue
}

/** A size of the input that a call gives, which has to be that of what comes in. */
export interface GivenSize {
  readonly of: 'channels' | 'features' | 'last'
  readonly values: readonly number[]
}

/** What a call of another framework gives here. */
export interface OwnCall {
  readonly layer: AnyLayer
  /** By our names, in the order in which they are written. */
  readonly options: readonly { readonly option: string; readonly text: string; readonly byPlace: boolean }[]
  readonly activation?: WrittenValue
  readonly before?: string
  /** It does nothing but what its activation does. */
  readonly activates?: true
  readonly behind?: string
  readonly sizes: readonly GivenSize[]
  /** What is not the same here. */
  readonly remarks: readonly string[]
}

/** Arguments that say nothing of a network. */
const IGNORED: ReadonlySet<string> = new Set([
  ...['inplace', 'device', 'dtype', 'out', 'training'],
  ...['name', 'seed', 'input_shape', 'input_dim', 'batch_input_shape', 'batch_size', 'trainable_weights'],
  ...['weight_filler', 'bias_filler', 'param', 'engine', 'in_place', 'layout', 'cudnn_off', 'workspace'],
  ...['weight_initializer', 'bias_attr', 'weight_attr', 'param_dtype', 'rngs', 'key'],
])

const IGNORED_ENDS = /_(initializer|regularizer|constraint|init|filler|attr)$/

/** What a call is of a layer; undefined where it cannot be one of it. */
export function ownCall(
  entry: ForeignEntry,
  given: readonly ForeignGiven[],
  input: Shape | undefined,
): OwnCall | undefined {
  const { layer, foreign } = entry
  if (foreign.takesAll) return together(entry, [], { given: () => undefined })
  const names = namesOf(foreign, layer, given)
  if (names === undefined || new Set(names).size < names.length) return undefined
  const { requires } = foreign
  if (requires && !requires.some((name) => isGiven(layer, names, name))) return undefined
  const byName = new Map(given.map(({ value }, i) => [names[i] as string, value]))
  const context: ForeignContext = {
    ...(input && { input }),
    given: (name) => byName.get(name) ?? byOption(layer, byName, name),
  }
  const effects: Effect[] = []
  for (const [i, { argument, value }] of given.entries()) {
    const name = names[i] as string
    const found = effectsOf(entry, { name, value, byPlace: argument.name === undefined }, context)
    if (found === undefined) return undefined
    effects.push(...found)
  }
  return together(entry, effects, context)
}

/** What the arguments are called in their framework; undefined where there are more by place than it has. */
function namesOf(
  { order, from }: ForeignLayer,
  { pytorch, byPlace }: AnyLayer,
  given: readonly ForeignGiven[],
): readonly string[] | undefined {
  const places = order ?? (isPyTorch(from) ? pytorch?.order : undefined) ?? byPlace
  let next = 0
  const names = given.map(({ argument }) => argument.name?.name ?? places[next++])
  return names.every((name) => name !== undefined) ? names : undefined
}

/** Whether a name may be PyTorch's. */
function isPyTorch(from: ForeignLayer['from']): boolean {
  return from === undefined || from === 'PyTorch'
}

function isGiven(layer: AnyLayer, names: readonly string[], wanted: string): boolean {
  return names.some((name) => name === wanted || optionNamed(layer, name)?.option === wanted)
}

/** The value under another name of the same option. */
function byOption(layer: AnyLayer, given: ReadonlyMap<string, WrittenValue>, wanted: string) {
  const option = optionNamed(layer, wanted)?.option
  if (option === undefined) return undefined
  for (const [name, value] of given) if (optionNamed(layer, name)?.option === option) return value
  return undefined
}

/** The option that has a name here or elsewhere. */
function optionNamed({ options }: AnyLayer, name: string) {
  if (Object.hasOwn(options, name)) return { option: name, spec: options[name] as OptionSpec }
  for (const [option, spec] of Object.entries(options)) {
    const foreign = spec.foreign.find((each) => each.name === name)
    if (foreign) return { option, spec, ...(foreign.value && { value: foreign.value }) }
  }
  return undefined
}

/** What one argument does to our call. */
type Effect =
  | {
      readonly kind: 'option'
      readonly option: string
      readonly text: string
      readonly byPlace: boolean
      readonly part?: number
    }
  | ({ readonly kind: 'size' } & GivenSize)
  | { readonly kind: 'remark'; readonly text: string }
  | { readonly kind: 'activation'; readonly value: WrittenValue }

interface NamedValue {
  readonly name: string
  readonly value: WrittenValue
  readonly byPlace: boolean
}

/** Undefined where the argument, or its value, has no meaning here. */
function effectsOf(
  entry: ForeignEntry,
  given: NamedValue,
  context: ForeignContext,
): readonly Effect[] | undefined {
  const { name, value } = given
  const argument = argumentOf(entry, given)
  if (argument === undefined) return undefined
  if (argument === 'ignored') return []
  if (argument === 'lacking') {
    const isOff = value.value === null || value.value === false || value.value === 0
    return isOff ? [] : [{ kind: 'remark', text: `without ${name}` }]
  }
  if (argument === 'activation') {
    return value.value === null || value.value === NO_ACTIVATION ? [] : [{ kind: 'activation', value }]
  }
  if ('only' in argument) return argument.only.some((each) => isSame(each, value)) ? [] : undefined
  if ('inputSize' in argument) return sizeEffect(argument.inputSize, value)
  if ('last' in argument) return lastEffect(argument.last, value, context)
  return optionEffect(entry, argument, given, context)
}

function argumentOf(
  { layer, foreign }: ForeignEntry,
  { name, byPlace }: NamedValue,
): ForeignArgument | { readonly last: string } | undefined {
  const { args = {}, order, from } = foreign
  const { pytorch } = layer
  if (Object.hasOwn(args, name)) return args[name]
  const size = pytorch?.inputSizes?.[name]
  if (isPyTorch(from) && pytorch?.lastSizes?.name === name) return { last: pytorch.lastSizes.option }
  if (isPyTorch(from) && size !== undefined) return { inputSize: size }
  const own = optionNamed(layer, name)
  // What counts axes has a name of its own in PyTorch, which tells that the batch counts too.
  if (own && name === own.option && own.spec.countsAxes && from === 'PyTorch' && !byPlace) return undefined
  if (own) {
    const value = own.value ?? (own.spec.countsAxes && from !== undefined ? afterBatch : undefined)
    return { option: own.option, ...(value && { value }) }
  }
  if (IGNORED.has(name) || IGNORED_ENDS.test(name)) return 'ignored'
  return (order ?? (isPyTorch(from) ? pytorch?.order : undefined))?.includes(name) ? 'lacking' : undefined
}

function sizeEffect(
  of: 'channels' | 'features',
  { value, items }: WrittenValue,
): readonly Effect[] | undefined {
  const number = items?.length === 1 ? items[0]?.value : value
  if (typeof number === 'number') return [{ kind: 'size', of, values: [number] }]
  return number === undefined && items === undefined ? [] : undefined
}

/** The sizes of the last axes, which an option names here. */
function lastEffect(
  option: string,
  written: WrittenValue,
  { input }: ForeignContext,
): readonly Effect[] | undefined {
  const { items } = written
  if (items === undefined || items.length < 2) return lastSizeEffect(option, written, input)
  const values = items.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
  const size: Effect[] = values.length === items.length ? [{ kind: 'size', of: 'last', values }] : []
  return [...size, { kind: 'option', option, text: lastAxes(items.length, input?.length), byPlace: false }]
}

/** One size is that of the last axis; of a map whose channels alone have it, these are meant. */
function lastSizeEffect(
  option: string,
  written: WrittenValue,
  input: Shape | undefined,
): readonly Effect[] | undefined {
  const effects = sizeEffect('features', written)
  const [effect] = effects ?? []
  if (effect?.kind !== 'size' || input === undefined || input.length < 3) return effects
  const [size] = effect.values
  if (size !== input.at(-1)) return effects
  if (size !== input[0]) {
    const text = lastAxes(1, input.length)
    return [
      { ...effect, of: 'last' },
      { kind: 'option', option, text, byPlace: false },
    ]
  }
  return [effect, { kind: 'remark', text: 'the channels here, in PyTorch the last axis' }]
}

function optionEffect(
  { layer, foreign }: ForeignEntry,
  { option, value: convert, part }: Extract<ForeignArgument, { readonly option: string }>,
  { value, byPlace }: NamedValue,
  context: ForeignContext,
): readonly Effect[] | undefined {
  const spec = layer.options[option] as OptionSpec
  if (value.value === null && !acceptsNone(spec)) return []
  const text = convert ? convert.write(value, context) : ownValue(spec, value)
  if (text === undefined) return undefined
  // What a value of theirs comes to goes without saying where it is ours anyway.
  const isMeantAnyway = foreign.gives?.[option] === undefined && option !== layer.byPlace[0]
  const isStandard = convert !== undefined && text === spec.default && isMeantAnyway
  if (text === null || isStandard) return []
  return [{ kind: 'option', option, text, byPlace, ...(part === undefined ? {} : { part }) }]
}

/** The call that all arguments make; undefined where they contradict each other, or something is missing. */
function together(
  { layer, foreign }: ForeignEntry,
  effects: readonly Effect[],
  { given, input }: ForeignContext,
): OwnCall | undefined {
  const options = new Map<string, { text: string; byPlace: boolean }>()
  const lists = new Map<string, string[]>()
  for (const effect of effects) {
    if (effect.kind !== 'option') continue
    const { option, text, byPlace, part } = effect
    if (part !== undefined) {
      const list = lists.get(option) ?? []
      list[part] = text
      lists.set(option, list)
      options.set(option, { text: shown(list), byPlace })
    } else if (options.has(option) && options.get(option)?.text !== text) return undefined
    else options.set(option, { text, byPlace })
  }
  for (const [option, standard] of Object.entries(foreign.gives ?? {})) {
    const spec = layer.options[option] as OptionSpec
    const text = typeof standard === 'string' ? standard : standard(given)
    if (!options.has(option) && (isRequired(spec) || text !== spec.default))
      options.set(option, { text, byPlace: layer.byPlace.includes(option) })
  }
  const required = Object.keys(layer.options).filter((name) => isRequired(layer.options[name] as OptionSpec))
  if (required.some((name) => !options.has(name))) return undefined
  const activation = effects.find((effect) => effect.kind === 'activation')?.value
  const remarks = effects.flatMap((effect) => (effect.kind === 'remark' ? [effect.text] : []))
  return {
    layer,
    options: [...options].map(([option, { text, byPlace }]) => ({
      option,
      text,
      byPlace: byPlace || required.includes(option) || option === layer.byPlace[0],
    })),
    ...(activation && { activation }),
    ...(foreign.unlessVector && input?.length !== 1 ? { before: foreign.unlessVector } : {}),
    ...(foreign.activates && { activates: true }),
    ...(foreign.behind === undefined ? {} : { behind: foreign.behind }),
    sizes: effects.filter((effect) => effect.kind === 'size'),
    remarks: foreign.remark === undefined ? remarks : [foreign.remark, ...remarks],
  }
}

function isSame(wanted: string | number | boolean, { value, text }: WrittenValue): boolean {
  if (value === wanted || (wanted === 'none' && value === null)) return true
  const word = text.split('.').at(-1)?.toLowerCase()
  return value === undefined && typeof wanted === 'string' && word === wanted.toLowerCase()
}

function acceptsNone({ type }: OptionSpec): boolean {
  return type.kind === 'size' && type.open === true
}

/** Options whose list of equal numbers is that number. */
const SPREAD: ReadonlySet<OptionSpec['type']['kind']> = new Set(['size', 'factors', 'padding'] as const)

/** The value of an option; a word in quotes is the word, in whatever letters. */
function ownValue(
  { type, optional, foreignWords = {} }: OptionSpec,
  written: WrittenValue,
): string | null | undefined {
  const { value, text, items } = written
  if (items && value !== undefined && SPREAD.has(type.kind)) return shown(items.map((item) => item.text))
  const words: readonly string[] | undefined =
    type.kind === 'word' ? type.words : type.kind === 'padding' && type.named ? PADDING_NAMES : undefined
  if (type.kind === 'word' && value !== undefined && typeof value !== 'string') return undefined
  if (typeof value !== 'string')
    return words && /^[\p{L}_]+$/u.test(text) ? (foreignWords[text] ?? text) : text
  const word = value.toLowerCase()
  if (words?.includes(word)) return word
  if (Object.hasOwn(foreignWords, word)) return foreignWords[word]
  if (words === undefined) return text
  return word === 'none' && optional ? null : undefined
}

function lastAxes(count: number, rank: number | undefined): string {
  const axes = Array.from({ length: count }, (_, i) => (rank === undefined ? i - count : rank - count + i))
  return `[${axes.join(', ')}]`
}
