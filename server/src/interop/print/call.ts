/** A call as text, with what is not the default. */
import type { AnyLayer, OptionSpec } from '../../model/layer'
import type { ImportOptions, ImportValue, Operation } from '../graph/graph'
import type { BlockClass } from './classes'
import type { Slot } from './parameters'

type Slots = Readonly<Record<string, Slot>>

/** `conv(64, 7, stride=2, padding=3)`; `relu`. `tensors` stand in front, written out. */
export function showCall({ layer, options }: Pick<Operation, 'layer' | 'options'>, tensors: readonly string[] = []): string {
  const slots = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, { kind: 'value', value } as const]))
  return showLayerCall(layer, slots, tensors)
}

export function showLayerCall(layer: AnyLayer, slots: Slots, tensors: readonly string[]): string {
  const written = new Map<string, string>()
  for (const [name, spec] of Object.entries(layer.options)) {
    const slot = slots[name]
    if (slot === undefined) continue
    const text = showSlot(slot, (value) => showOption(spec, value))
    if (text !== defaultText(layer, slots, spec)) written.set(name, text)
  }
  return showArguments(layer.name, tensors, written, layer.byPlace)
}

export function showBlockCall(block: BlockClass, name: string, slots: Slots, tensors: readonly string[]): string {
  const written = new Map<string, string>()
  for (const { name: parameter, default: standard } of block.parameters) {
    const slot = slots[parameter]
    if (slot === undefined) continue
    const text = showSlot(slot, showValue)
    if (standard === undefined || text !== showValue(standard)) written.set(parameter, text)
  }
  const required = block.parameters.filter((each) => each.default === undefined).map((each) => each.name)
  return showArguments(name, tensors, written, required)
}

/** A value, or a multiple of a parameter or of the input's channels. */
function showSlot(slot: Slot, show: (value: ImportValue) => string): string {
  if (slot.kind === 'value') return show(slot.value)
  const of = slot.of ?? 'x.channels'
  return slot.factor === 1 ? of : `${slot.factor} * ${of}`
}

function showArguments(
  name: string,
  tensors: readonly string[],
  written: ReadonlyMap<string, string>,
  byPlace: readonly string[],
): string {
  const placed: string[] = []
  for (const option of byPlace) {
    const value = written.get(option)
    if (value === undefined) break
    placed.push(value)
  }
  const named = [...written].filter(([option]) => !byPlace.slice(0, placed.length).includes(option))
  const args = [...tensors, ...placed, ...named.map(([option, value]) => `${option}=${value}`)]
  return args.length === 0 ? name : `${name}(${args.join(', ')})`
}

function defaultText({ options }: AnyLayer, slots: Slots, { default: standard }: OptionSpec): string | undefined {
  if (standard === undefined) return undefined
  const other = options[standard]
  const slot = slots[standard]
  if (other !== undefined && slot !== undefined) return showSlot(slot, (value) => showOption(other, value))
  const number = Number(standard)
  return Number.isNaN(number) ? standard : showNumber(number)
}

/** A value as short as its option allows: one number for equal ones on all axes. */
function showOption({ type }: OptionSpec, value: ImportValue): string {
  if (!Array.isArray(value)) return showValue(value)
  if (type.kind === 'size' || type.kind === 'factors') return showValue(oneForAll(value))
  if (type.kind === 'padding') return showValue(oneForAll(onePerAxis(value)))
  return showValue(value)
}

function oneForAll(values: readonly ImportValue[]): ImportValue {
  const [first = 0] = values
  return values.length > 0 && values.every((value) => value === first) ? first : values
}

/** Two amounts an axis, at its begin and its end, as one where they agree everywhere. */
function onePerAxis(values: readonly ImportValue[]): readonly ImportValue[] {
  const pairs = Array.from({ length: Math.floor(values.length / 2) }, (_, i) => [values[2 * i], values[2 * i + 1]])
  return pairs.every(([begin, end]) => begin === end) ? pairs.map(([begin]) => begin as ImportValue) : values
}

export function showValue(value: ImportValue): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`
  if (typeof value === 'number') return showNumber(value)
  return value === null ? 'none' : String(value)
}

/** A number as the language reads it back: no bare exponent without digits, no `Infinity`. */
function showNumber(value: number): string {
  return String(value).replace('e+', 'e')
}

/** The options of an operation as constant slots. */
export function constantSlot(value: ImportOptions[string]): Slot {
  return { kind: 'value', value }
}
