/** A call as text, with what is not the default. */
import type { AnyLayer } from '../../model/layer'
import type { ImportOptions, ImportValue, Operation } from '../graph/graph'
import { type BlockClass, type Slot, TURNS, tidyOptions } from './elements'

type Slots = Readonly<Record<string, Slot>>

/** An operation as a call: `conv(64, 7, stride=2, padding=3)`; `relu`. `tensors` stand in front, written out. */
export function showCall(
  operation: Pick<Operation, 'layer' | 'options'>,
  tensors: readonly string[] = [],
): string {
  return showLayerCall(operation.layer, constantSlots(tidyOptions(operation)), tensors)
}

export function showLayerCall(layer: AnyLayer, slots: Slots, tensors: readonly string[]): string {
  const written = Object.entries(layer.options).flatMap(([name, spec]): [string, string][] => {
    const slot = slots[name]
    const text = slot === undefined ? undefined : showSlot(slot)
    return text === undefined || text === spec.default ? [] : [[name, text]]
  })
  return showArguments(
    layer.name,
    tensors,
    new Map(written),
    layer.byPlace.filter((name) => !BY_NAME.includes(name)),
  )
}

/** These are read better by their names, though they may go by place. */
const BY_NAME: readonly string[] = ['stride']

export function showBlockCall(
  block: BlockClass,
  name: string,
  slots: Slots,
  tensors: readonly string[],
): string {
  const written = block.parameters.flatMap(({ name: parameter, default: standard }): [string, string][] => {
    const slot = slots[parameter]
    const text = slot === undefined ? undefined : showSlot(slot)
    return text === undefined || (standard !== undefined && text === showValue(standard))
      ? []
      : [[parameter, text]]
  })
  const required = block.parameters.filter((each) => each.default === undefined).map((each) => each.name)
  return showArguments(name, tensors, new Map(written), required)
}

/** How often a loop runs. */
export function showTurns(slots: Slots): string {
  const turns = slots[TURNS]
  return turns === undefined ? '1' : showSlot(turns)
}

/** A value, or a multiple of a parameter or of the input's channels. */
function showSlot(slot: Slot): string {
  if (slot.kind === 'value') return showValue(slot.value)
  if (slot.kind === 'list') return `[${slot.items.map(showSlot).join(', ')}]`
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

export function showValue(value: ImportValue): string {
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`
  if (typeof value === 'number') return showNumber(value)
  return value === null ? 'none' : String(value)
}

/** A number as the language reads it back. */
function showNumber(value: number): string {
  return String(value).replace('e+', 'e')
}

/** Options that are the same wherever the text is run. */
export function constantSlots(options: ImportOptions): Slots {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key, { kind: 'value', value } as const]),
  )
}
