/** What differs between modules that are built alike: the parameters of their block. */
import type { ImportOptions, ImportValue } from '../graph/graph'
import { commonSteps, isNumber } from '../graph/paths'
import type { Alignment } from './align'
import {
  type BlockParameter,
  type Body,
  type Condition,
  type Element,
  isGrowth,
  isLayer,
  optionOf,
  type Slot,
  TURNS,
} from './elements'
import { namer } from './names'

interface Aligned {
  readonly body: Body
  readonly alignment: Alignment
}

/** A value for each instance; undefined where the instance lacks the call. */
type Column = readonly (ImportValue | undefined)[]

/** A parameter on the way: it gets its name when all are known. */
interface Found {
  readonly column: Column
  readonly isRequired: boolean
  /** The option that it is for, which it is called after. */
  readonly key: string
  /** What tells it from others for such an option. */
  readonly label: string
}

/** A slot while parameters have no names. */
type Open =
  | { readonly kind: 'value'; readonly value: ImportValue }
  | { readonly kind: 'computed'; readonly of: Found | undefined; readonly factor: number }
  | { readonly kind: 'list'; readonly items: readonly Open[] }

/** The options that say how wide a layer is: each use gives its own. */
const WIDTHS: readonly string[] = ['channels', 'features', 'hidden', 'count']

/** The parameters of a block, what its calls' options are, and what each instance gives. */
export function parametersOf(general: Body, instances: readonly Aligned[]) {
  const found: Found[] = []
  const channels = channelsOf(instances)
  const open = general.elements.map((element, at) =>
    optionsAt(instances, at).map(
      (key) => [key, openSlot(element, key, columnOf(instances, at, key))] as const,
    ),
  )
  const conditions = conditionsOf(general, instances, found)
  const names = namesOf(found)
  const nameOf = (each: Found) => names.get(each) as string
  const parameters = found.map((each): BlockParameter => {
    const usual = mostFrequent(each.column)
    return each.isRequired || usual === undefined
      ? { name: nameOf(each) }
      : { name: nameOf(each), default: usual }
  })
  return {
    parameters: [
      ...parameters.filter((each) => each.default === undefined),
      ...parameters.filter((each) => each.default !== undefined),
    ],
    slots: open.map((keys) =>
      Object.fromEntries(keys.map(([key, slot]): [string, Slot] => [key, closed(slot)])),
    ),
    conditions: conditions.map((condition, at): Condition | undefined =>
      condition === undefined
        ? undefined
        : { parameter: nameOf(condition), through: throughAt(instances, at) },
    ),
    given: instances.map(
      (_, i): ImportOptions =>
        Object.fromEntries(
          found.flatMap((each) => {
            // An instance that lacks the call gives what most others do.
            const value = each.column[i] ?? mostFrequent(each.column)
            return value === undefined ? [] : [[nameOf(each), value]]
          }),
        ),
    ),
  }

  function closed(slot: Open): Slot {
    if (slot.kind === 'value') return slot
    if (slot.kind === 'list') return { kind: 'list', items: slot.items.map(closed) }
    return { ...slot, of: slot.of === undefined ? undefined : nameOf(slot.of) }
  }

  function openSlot(element: Element, key: string, column: Column): Open {
    const present = column.filter((value) => value !== undefined)
    const [first] = present
    if (key === 'padding' && present.length > 1 && isHalf(instances, element, column))
      return { kind: 'value', value: 'half' }
    if (first !== undefined && present.every((value) => isSame(value, first)))
      return { kind: 'value', value: first }
    const known = computed(column, found, channels)
    if (known !== undefined) return known
    const length = listLength(present)
    if (length !== undefined) {
      const items = Array.from({ length }, (_, i) => openSlot(element, `${key}_item`, itemsAt(column, i)))
      return { kind: 'list', items }
    }
    const made: Found = { column, isRequired: isWidth(element, key), key, label: labelOf(general, element) }
    found.push(made)
    return { kind: 'computed', of: made, factor: 1 }
  }
}

/** How long the lists of a column are, where all of them are lists of numbers and equally long. */
function listLength(present: readonly ImportValue[]): number | undefined {
  const [first] = present
  if (!Array.isArray(first) || first.length === 0) return undefined
  const isAlike = present.every(
    (value) =>
      Array.isArray(value) &&
      value.length === first.length &&
      value.every((item) => typeof item === 'number'),
  )
  return isAlike ? first.length : undefined
}

function itemsAt(column: Column, at: number): Column {
  return column.map((value) => (Array.isArray(value) ? (value[at] as ImportValue) : undefined))
}

/** Whether the padding of a call differs and keeps the size wherever its stride is 1: that has a name. */
function isHalf(instances: readonly Aligned[], element: Element, column: Column): boolean {
  const at = instances[0]?.body.elements.indexOf(element) ?? -1
  const differs =
    new Set(column.filter((value) => value !== undefined).map((value) => JSON.stringify(value))).size > 1
  const kernels = columnOf(instances, at, 'kernel')
  const dilations = columnOf(instances, at, 'dilation')
  return (
    differs &&
    column.every((padding, i) => {
      const [k, d] = [kernels[i], dilations[i]]
      if (padding === undefined) return true
      return typeof k === 'number' && typeof d === 'number' && k % 2 === 1 && padding === (d * (k - 1)) / 2
    })
  )
}

/** `stride`, or `conv2_stride` where several options of that name differ. */
function namesOf(found: readonly Found[]): ReadonlyMap<Found, string> {
  const free = namer()
  return new Map(
    found.map((each) => {
      const isOnly = found.filter(({ key }) => key === each.key).length === 1
      return [each, free.name(isOnly || each.label === '' ? each.key : `${each.label}_${each.key}`)]
    }),
  )
}

/** The call of an instance; undefined where it lacks it. */
function elementAt({ body, alignment }: Aligned, at: number): Element | undefined {
  const index = alignment[at]
  return typeof index === 'number' ? body.elements[index] : undefined
}

function throughAt(instances: readonly Aligned[], at: number): number {
  for (const { alignment } of instances) {
    const place = alignment[at]
    if (typeof place === 'object') return place.through
  }
  return 0
}

/** The options that any instance gives. */
function optionsAt(instances: readonly Aligned[], at: number): readonly string[] {
  return [...new Set(instances.flatMap((instance) => Object.keys(elementAt(instance, at)?.options ?? {})))]
}

function columnOf(instances: readonly Aligned[], at: number, key: string): Column {
  return instances.map((instance) => {
    const element = elementAt(instance, at)
    return element === undefined ? undefined : optionOf(element, key)
  })
}

function channelsOf(instances: readonly Aligned[]): Column {
  return instances.map(({ body }) => body.inputs[0]?.shape?.[0])
}

function isSame(a: ImportValue, b: ImportValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The column as a multiple of a parameter that is there already, or of the input's channels. */
function computed(column: Column, found: readonly Found[], channels: Column): Open | undefined {
  for (const other of found) {
    const factor = factorOf(column, other.column)
    if (factor !== undefined) return { kind: 'computed', of: other, factor }
  }
  const factor = factorOf(column, channels)
  return factor === undefined ? undefined : { kind: 'computed', of: undefined, factor }
}

/** What a column of numbers is the other times, the same integer for all. */
function factorOf(column: Column, other: Column): number | undefined {
  let factor: number | undefined
  for (const [i, value] of column.entries()) {
    if (value === undefined) continue
    const base = other[i]
    if (base === undefined) return undefined
    if (typeof value !== 'number' || typeof base !== 'number') {
      if (!isSame(value, base) || (factor ?? 1) !== 1) return undefined
      factor = 1
      continue
    }
    const quotient = value / base
    if (!Number.isInteger(quotient) || quotient < 1 || (factor !== undefined && factor !== quotient))
      return undefined
    factor = quotient
  }
  return factor
}

function isWidth({ callee }: Element, key: string): boolean {
  if (isLayer(callee)) return WIDTHS.includes(key)
  if (isGrowth(callee)) return key === TURNS
  return callee.parameters.find(({ name }) => name === key)?.default === undefined
}

/** The module of a call within its block, without numbers that stand alone. */
function labelOf(general: Body, { path }: Element): string {
  const own = path.slice(depthOf(general)).map(({ name }) => name)
  return own.filter((name, i) => !isNumber(name) || i > 0).join('_')
}

/** How many steps all calls of a body share; where they are all in one module, those of what holds it. */
function depthOf({ elements }: Body): number {
  const shared = commonSteps(elements.map(({ path }) => path)).length
  return shared === elements[0]?.path.length ? Math.max(0, shared - 1) : shared
}

function mostFrequent(column: Column): ImportValue | undefined {
  const counts = new Map<string, { value: ImportValue; count: number }>()
  for (const value of column) {
    if (value === undefined) continue
    const key = JSON.stringify(value)
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.value
}

/** A parameter for each run of calls that some instances lack. */
function conditionsOf(
  general: Body,
  instances: readonly Aligned[],
  found: Found[],
): readonly (Found | undefined)[] {
  const conditions: (Found | undefined)[] = []
  for (const [at, element] of general.elements.entries()) {
    const column = instances.map((instance) => elementAt(instance, at) !== undefined)
    if (column.every((present) => present)) {
      conditions.push(undefined)
      continue
    }
    const known = found.find((other) => isSame(other.column as readonly boolean[], column))
    if (known !== undefined) {
      conditions.push(known)
      continue
    }
    const made: Found = { column, isRequired: false, key: conditionName(general, element), label: '' }
    found.push(made)
    conditions.push(made)
  }
  return conditions
}

/** What an optional part is called: its module's name, or what it does. */
function conditionName(general: Body, element: Element): string {
  if (element.inputs.length > 1) return 'residual'
  const [own] = element.path.slice(depthOf(general)).map(({ name }) => name)
  return own === undefined || isNumber(own) ? 'expand' : own
}
