/** Calls of other frameworks as they are written here, whole. */
import type { Argument, Call, Expression } from '../../../../grammar/tree'
import { type ForeignEntry, findLayer, foreignLayer } from '../../layers'
import type { AnyLayer } from '../../model/layer'
import type { Shape } from '../../model/shape'
import { type ForeignName, foreignCallee, foreignName, type Names, pathOf } from './names'
import { type ForeignGiven, type GivenSize, type OwnCall, ownCall } from './options'
import { ownText, type WritePart, writtenValue } from './written'

/** One way to write a foreign call here. */
export interface Translation {
  readonly text: string
  /** It has arrows in it: in the midst of an expression it stands in parentheses. */
  readonly isFlow: boolean
  /** The layer that it calls, where it calls one. */
  readonly layer?: AnyLayer
  /** What is called is bound in this text. */
  readonly isBound?: true
  /** The sizes of the input that the call gives. */
  readonly sizes: readonly GivenSize[]
  /** What is not the same here, or not known. */
  readonly remarks: readonly string[]
}

/** What a translation depends on beside the text of the call. */
export interface Place {
  readonly source: string
  readonly names: Names
  /** Whether an argument is a tensor, or a list of them. */
  readonly isTensor: (argument: Argument) => boolean
  /** The shape of what comes in, where it is known. */
  readonly input?: Shape
}

/** The ways to write a call, or a name, of another framework here, the likeliest first. */
export function translations(node: Expression, place: Place): readonly Translation[] {
  if (node.kind === 'call') return ofCall(node, place)
  const name = foreignName(node, place.names)
  if (name?.kind === 'instance') return [ofName(name.name)]
  return name?.kind === 'layer' ? ofLayer(name, [], [], place) : []
}

function ofCall(node: Call, place: Place): readonly Translation[] {
  const { callee, args } = node
  if (callee.kind === 'call') return appliedTo(node, translations(callee, place), place)
  const name = foreignCallee(node, place.names)
  if (name === undefined) return []
  if (name.kind === 'sequence') {
    const sequence = ofSequence(args, place)
    return sequence ? [sequence] : []
  }
  if (name.kind === 'instance') {
    const inner = innerOf(place)
    const texts = args.map((arg) => inner.text(arg))
    return [withRemarks(inner, ofName(`${name.name}(${texts.join(', ')})`))]
  }
  const tensors = args.filter((arg) => arg.name === undefined && place.isTensor(arg))
  const given = args.filter((arg) => !tensors.includes(arg))
  return ofLayer(name, tensors, given, place)
}

function ofName(text: string): Translation {
  return { text, isFlow: false, isBound: true, sizes: [], remarks: [] }
}

/** `Conv2D(64, 3)(x)`: what a call makes is applied to tensors. */
function appliedTo({ args }: Call, layers: readonly Translation[], place: Place): readonly Translation[] {
  if (args.some(({ name }) => name !== undefined)) return []
  const inner = innerOf(place)
  const tensors = args.flatMap(({ value }) => tensorTexts(value, inner))
  return layers.map((layer) => {
    const text =
      layer.layer && tensors.length > 1 && !layer.isFlow ? withTensors(layer.text, tensors) : undefined
    return withRemarks(inner, {
      ...layer,
      text: text ?? `${tensors.length === 1 ? tensors[0] : `[${tensors.join(', ')}]`} -> ${layer.text}`,
      isFlow: text === undefined,
    })
  })
}

/** The tensors of an argument: a list that is written out holds them. */
function tensorTexts(value: Expression, inner: Inner): readonly string[] {
  if (value.kind === 'list') return value.items.flatMap((item) => tensorTexts(item, inner))
  const text = inner.text(value)
  return [value.kind === 'conditional' ? `(${text})` : text]
}

/** A call with tensors before its options. */
function withTensors(call: string, tensors: readonly string[]): string {
  const open = call.indexOf('(')
  if (open < 0) return `${call}(${tensors.join(', ')})`
  return `${call.slice(0, open + 1)}${[...tensors, call.slice(open + 1)].join(', ')}`
}

/** `nn.Sequential(a, b)` is `a -> b`. */
function ofSequence(args: readonly Argument[], place: Place): Translation | undefined {
  const [only] = args
  const listed = args.length === 1 && only?.value.kind === 'list' ? only.value.items : undefined
  if (args.some(({ name }) => name !== undefined && name.name !== 'name')) return undefined
  const inner = innerOf(place)
  const own = args.filter(({ name }) => name === undefined).map(({ value }) => value)
  const stages = (listed ?? own).map(namedStage).filter((stage) => !isInput(stage))
  if (stages.length === 0) return undefined
  const texts = stages.map((stage) => inner.text(stage))
  return withRemarks(inner, { text: texts.join(' -> '), isFlow: texts.length > 1, sizes: [], remarks: [] })
}

/** `('conv1', layer)` of an ordered dictionary is the layer. */
function namedStage(stage: Expression): Expression {
  const [name, layer] = stage.kind === 'list' ? stage.items : []
  return name?.kind === 'string' && layer !== undefined ? layer : stage
}

/** `Input(shape=…)` makes no layer. */
function isInput(stage: Expression): boolean {
  return stage.kind === 'call' && ['Input', 'InputLayer'].includes(pathOf(stage.callee).at(-1) ?? '')
}

function ofLayer(
  name: ForeignName & { readonly kind: 'layer' },
  tensors: readonly Argument[],
  given: readonly Argument[],
  place: Place,
): readonly Translation[] {
  const inner = innerOf(place)
  const written = given.map((argument): ForeignGiven => {
    return { argument, value: writtenValue(argument.value, place.source, inner.write) }
  })
  const texts = tensors.flatMap(({ value }) => tensorTexts(value, inner))
  const calls = likeliest(name, written, place.input)
  const found = calls.flatMap((call) => callOf(call, texts, place) ?? [])
  const distinct = new Map<string, Translation>()
  for (const each of found) if (!distinct.has(each.text)) distinct.set(each.text, withRemarks(inner, each))
  return [...distinct.values()].sort((a, b) => Math.min(a.remarks.length, 1) - Math.min(b.remarks.length, 1))
}

/**
 * What a call may be: of the frameworks that it names, else of any, and else one of ours in other letters; the name as
 * it is written before those that differ in letters.
 */
function likeliest(
  { entries, similar, frameworks }: ForeignName & { readonly kind: 'layer' },
  given: readonly ForeignGiven[],
  input: Shape | undefined,
): readonly OwnCall[] {
  const names = given.flatMap(({ argument }) => argument.name?.name ?? [])
  const isNamed = ({ foreign: { from } }: ForeignEntry) => from !== undefined && frameworks.includes(from)
  const isMeant = ({ foreign: { needs } }: ForeignEntry) =>
    needs === undefined || needs.some((each) => names.includes(each))
  const isOwned = ({ foreign: { from } }: ForeignEntry) => from !== undefined
  const both = [entries, similar]
  const groups = [
    ...both.map((each) => each.filter(isNamed)),
    ...both.map((each) => each.filter((entry) => isMeant(entry) && isOwned(entry))),
    ...both.map((each) => each.filter((entry) => isMeant(entry) && !isOwned(entry))),
    ours([...entries, ...similar]),
  ]
  const [own, alike, ...others] = groups.map((group) =>
    group.flatMap((entry) => ownCall(entry, given, input) ?? []),
  )
  const found = [own, alike].find((calls) => calls && calls.length > 0)
  if (found !== undefined) return found
  const calls = others.find((each) => each.length > 0) ?? []
  const isOfOthers = [...entries, ...similar].some(isNamed)
  // Its framework has the layer, and does not write it so.
  return isOfOthers ? calls.map((call) => ({ ...call, remarks: [...call.remarks, UNUSUAL] })) : calls
}

/** What is said of a call that its own framework would not understand. */
const UNUSUAL = 'its arguments are not those of its framework'

/** The layers themselves, whose arguments go by our places. */
function ours(entries: readonly ForeignEntry[]): readonly ForeignEntry[] {
  const layers = [...new Set(entries.map(({ layer }) => layer))]
  return layers.map((layer) => ({ layer, foreign: { name: layer.name, order: layer.byPlace } }))
}

/** The text of a call of ours; undefined where its activation is not known, or it has more tensors than it takes. */
function callOf(
  { layer, options, activates, activation, before, behind: layerBehind, sizes, remarks }: OwnCall,
  tensors: readonly string[],
  place: Place,
): Translation | undefined {
  const isList = layer.tensors.some(({ rest }) => rest)
  if (tensors.length > layer.tensors.length && !isList) return undefined
  const behind: string[] = layerBehind === undefined ? [] : [layerBehind]
  if (activation !== undefined) {
    const stage = activationStage(activation, place)
    if (stage === undefined) return undefined
    behind.push(stage)
  }
  const call = callText(layer, options)
  const isOwnStage = !activates || behind.length === 0
  const first = before === undefined ? [] : [before]
  const stages = [...first, ...(isOwnStage ? [call] : []), ...behind]
  const joined = stages.join(' -> ')
  const common = { layer, sizes, remarks }
  if (tensors.length === 0) return { text: joined, isFlow: stages.length > 1, ...common }
  const [only = ''] = tensors
  const isFunction = joined === layer.name && /^[\p{L}_][\p{L}\d_.]*$/u.test(only)
  if (tensors.length === 1 && !isList && !isFunction) {
    return { text: `${only} -> ${joined}`, isFlow: true, ...common }
  }
  const text = [withTensors(call, tensors), ...behind].join(' -> ')
  return { text, isFlow: behind.length > 0, ...common }
}

/** `conv(64, 3, padding=1)`: what goes by place first, as long as nothing between is left out. */
function callText(layer: AnyLayer, options: OwnCall['options']): string {
  const placed: string[] = []
  for (const name of layer.byPlace) {
    const found = options.find((each) => each.option === name && each.byPlace)
    if (found === undefined) break
    placed.push(found.text)
  }
  const first = layer.byPlace.slice(0, placed.length)
  const named = options.filter(({ option }) => !first.includes(option))
  const args = [...placed, ...named.map(({ option, text }) => `${option}=${text}`)]
  return args.length === 0 ? layer.name : `${layer.name}(${args.join(', ')})`
}

/** Keras' names for activations whose layer has another one, or other values. */
const ACTIVATIONS: Readonly<Record<string, string | undefined>> = {
  leaky_relu: 'leaky_relu(0.2)',
  hard_sigmoid: undefined,
}

/** `'relu'`, or a name for it; undefined where there is no such layer. */
function activationStage(
  { value, text }: NonNullable<OwnCall['activation']>,
  { names }: Place,
): string | undefined {
  if (typeof value !== 'string') return names.isVisible(text) || /[(>]/.test(text) ? text : undefined
  if (Object.hasOwn(ACTIVATIONS, value)) return ACTIVATIONS[value]
  const layer = findLayer(value) ?? foreignLayer(value)
  return layer?.traits.activation ? layer.name : undefined
}

/** Writes what stands inside of a call, and keeps what is to be said of it. */
interface Inner {
  readonly remarks: string[]
  readonly write: WritePart
  readonly text: (node: Expression | Argument) => string
}

function innerOf({ input: _input, ...place }: Place): Inner {
  const remarks: string[] = []
  const write: WritePart = (node, isBare) => {
    const { names } = place
    const own = ofInstance(node, names)
    if (own !== undefined) return own
    const isForeign = node.kind === 'call' ? foreignCallee(node, names) : foreignName(node, names)
    if (isForeign === undefined) return undefined
    const [first, ...others] = translations(node, place)
    if (first === undefined) remarks.push(`${isForeign.text} is not known here`)
    else remarks.push(...first.remarks)
    if (others.length > 0) remarks.push(`${isForeign.text} may be another layer`)
    return first && (first.isFlow && !isBare ? `(${first.text})` : first.text)
  }
  return { remarks, write, text: (node) => ownText(node, place.source, write, true) }
}

/** `self.conv1` is `conv1`, unless it is a layer of that name. */
function ofInstance(node: Expression, names: Names): string | undefined {
  if (node.kind !== 'attribute' || node.object.kind !== 'name' || node.object.name !== 'self')
    return undefined
  const { name } = node.name
  if (names.isVisible('self') || (!names.isVisible(name) && foreignName(node, names))) return undefined
  return name
}

function withRemarks(inner: Inner, translation: Translation): Translation {
  return { ...translation, remarks: [...translation.remarks, ...new Set(inner.remarks)] }
}
