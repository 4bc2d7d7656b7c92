/** What a text is made of before it is written: calls of layers and of blocks, between tensors. */
import type { AnyLayer, OptionSpec } from '../../model/layer'
import type { ImportOptions, ImportTensor, ImportValue, ModuleStep, Operation } from '../graph/graph'

/** A block: the calls of its fullest instance, and what differs. */
export interface BlockClass {
  /** What it is called after: the modules' class, or the last name on their path. */
  readonly wanted: string
  /** The class of the modules, where it is known. */
  readonly type?: string
  readonly general: Body
  readonly parameters: readonly BlockParameter[]
  /** For each call of the general body what its options are: values, or what is computed from the parameters. */
  readonly slots: Slots
  /** For each call of the general body the parameter that decides whether it is there. */
  readonly conditions: readonly (Condition | undefined)[]
  readonly instances: number
}

export interface BlockParameter {
  readonly name: string
  /** What most applications give; undefined for one that each must give. */
  readonly default?: ImportValue
}

/** What an option of a call in a block is: the same value always, or computed from a parameter or the input. */
export type Slot =
  | { readonly kind: 'value'; readonly value: ImportValue }
  /** `factor` times a parameter, or the input's channels where `of` is undefined. */
  | { readonly kind: 'computed'; readonly of: string | undefined; readonly factor: number }
  | { readonly kind: 'list'; readonly items: readonly Slot[] }

type Slots = readonly Readonly<Record<string, Slot>>[]

/** What decides whether a call of a block is there. */
export interface Condition {
  /** The parameter that is true where it is. */
  readonly parameter: string
  /** The number of the input that goes through where it is not. */
  readonly through: number
}

/** A loop that applies a block to a growing list of tensors: each result joins the list. */
export interface Growth {
  readonly grows: BlockClass
}

/** The option of a loop that says how often it runs. */
export const TURNS = 'turns'

type Callee = AnyLayer | BlockClass | Growth

/** A call: of a layer, or of a block that stands for a module. */
export interface Element {
  readonly callee: Callee
  /** Options of the layer, or what the block's parameters are given, by their names. */
  readonly options: ImportOptions
  readonly inputs: readonly ImportTensor[]
  readonly outputs: readonly ImportTensor[]
  /** The modules that it belongs to, the outermost first. */
  readonly path: readonly ModuleStep[]
  /** The operations that it stands for. */
  readonly operations: readonly Operation[]
}

export function isBlock(callee: Callee): callee is BlockClass {
  return 'general' in callee
}

export function isGrowth(callee: Callee): callee is Growth {
  return 'grows' in callee
}

export function isLayer(callee: Callee): callee is AnyLayer {
  return 'infer' in callee
}

export function elementOf(operation: Operation): Element {
  const { layer, inputs, outputs, path } = operation
  return { callee: layer, options: tidyOptions(operation), inputs, outputs, path, operations: [operation] }
}

/** The options without what the layer takes by itself, sizes that agree on all axes as one number. */
export function tidyOptions({ layer, options }: Pick<Operation, 'layer' | 'options'>): ImportOptions {
  const tidy: Record<string, ImportValue> = {}
  for (const [name, spec] of Object.entries(layer.options)) {
    const value = options[name]
    if (value === undefined) continue
    const short = shortest(spec, value)
    const other = spec.default === undefined ? undefined : tidy[spec.default]
    const usual = other ?? usualValue(spec)
    if (usual === undefined || JSON.stringify(short) !== JSON.stringify(usual)) tidy[name] = short
  }
  return tidy
}

/** What an option of a call is, given or by itself; undefined where it has no value. */
export function optionOf({ callee, options }: Element, name: string): ImportValue | undefined {
  if (Object.hasOwn(options, name)) return options[name]
  const block = isGrowth(callee) ? callee.grows : callee
  if (isBlock(block)) return block.parameters.find((parameter) => parameter.name === name)?.default
  const spec = block.options[name]
  if (spec?.default !== undefined && Object.hasOwn(options, spec.default)) return options[spec.default]
  return spec === undefined ? undefined : usualValue(spec)
}

function usualValue({ default: standard }: OptionSpec): ImportValue | undefined {
  if (standard === undefined || standard === 'none') return undefined
  if (standard === 'true' || standard === 'false') return standard === 'true'
  const number = Number(standard)
  return Number.isNaN(number) ? standard : number
}

/** A value as short as its option allows: one number for equal ones on all axes. */
function shortest({ type }: OptionSpec, value: ImportValue): ImportValue {
  if (!Array.isArray(value)) return value
  if (type.kind === 'size' || type.kind === 'factors') return oneForAll(value)
  return type.kind === 'padding' ? oneForAll(onePerAxis(value)) : value
}

function oneForAll(values: readonly ImportValue[]): ImportValue {
  const [first = 0] = values
  return values.length > 0 && values.every((value) => value === first) ? first : values
}

/** Two amounts an axis, at its begin and its end, as one where they agree everywhere. */
function onePerAxis(values: readonly ImportValue[]): readonly ImportValue[] {
  const pairs = Array.from({ length: Math.floor(values.length / 2) }, (_, i) => [
    values[2 * i],
    values[2 * i + 1],
  ])
  return pairs.every(([begin, end]) => begin === end) ? pairs.map(([begin]) => begin as ImportValue) : values
}

/** Calls that belong together, with the tensors that come in and go out. */
export interface Body {
  readonly elements: readonly Element[]
  /** The tensors that are read and not made here, in the order in which they are first read. */
  readonly inputs: readonly ImportTensor[]
  /** What comes in is a list of any length, for which the one tensor in `inputs` stands. */
  readonly takesList?: true
  /** The tensors that are made here and read elsewhere, in the order in which they are made. */
  readonly outputs: readonly ImportTensor[]
}

/** Who reads what outside of a set of operations. */
export interface Uses {
  readonly readers: ReadonlyMap<ImportTensor, readonly Operation[]>
  readonly outputs: ReadonlySet<ImportTensor>
}

export function bodyOf(elements: readonly Element[], uses: Uses): Body {
  const own = new Set(elements.flatMap(({ operations }) => operations))
  const made = new Set(elements.flatMap(({ outputs }) => outputs))
  const inputs = new Set(elements.flatMap((element) => element.inputs).filter((tensor) => !made.has(tensor)))
  const outputs = [...made].filter(
    (tensor) =>
      uses.outputs.has(tensor) || (uses.readers.get(tensor) ?? []).some((reader) => !own.has(reader)),
  )
  return { elements, inputs: [...inputs], outputs }
}

/** The body with one list in place of the tensors that come in, where all that is done with them is to join them. */
export function asListBody(body: Body): Body {
  const [first, ...others] = body.elements
  if (first === undefined || !isLayer(first.callee) || first.callee.traits.merges !== 'side by side')
    return body
  const joinsAll =
    first.inputs.length === body.inputs.length && first.inputs.every((tensor, i) => tensor === body.inputs[i])
  if (!joinsAll || others.some(({ inputs }) => inputs.some((tensor) => body.inputs.includes(tensor))))
    return body
  const list: ImportTensor = { shape: undefined }
  return { ...body, inputs: [list], elements: [{ ...first, inputs: [list] }, ...others], takesList: true }
}
