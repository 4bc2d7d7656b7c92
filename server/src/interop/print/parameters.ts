/** What differs between modules that are built alike: the parameters of their block. */
import type { ImportOptions, ImportValue } from '../graph/graph'
import type { Alignment } from './align'
import { type Body, type Element, isBlock } from './elements'
import { identifier } from './names'

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

export type Slots = readonly Readonly<Record<string, Slot>>[]

interface Aligned {
  readonly body: Body
  readonly alignment: Alignment
}

/** A value for each instance; undefined where the instance lacks the call. */
type Column = readonly (ImportValue | undefined)[]

interface Found {
  readonly name: string
  readonly column: Column
  readonly isRequired: boolean
}

/** The options that say how wide a layer is: each use gives its own. */
const WIDTHS: readonly string[] = ['channels', 'features', 'hidden', 'count']

/** The parameters of a block, what its calls' options are, and what each instance gives. */
export function parametersOf(general: Body, instances: readonly Aligned[]) {
  const found: Found[] = []
  const slots = general.elements.map((element, at) => {
    const columns = Object.keys(element.options).map((key) => [key, columnOf(instances, at, key)] as const)
    return Object.fromEntries(columns.map(([key, column]) => [key, slotOf(key, column)]))

    function slotOf(key: string, column: Column): Slot {
      const present = column.filter((value) => value !== undefined)
      const [first] = present
      if (first !== undefined && present.every((value) => isSame(value, first))) return { kind: 'value', value: first }
      return computed(column, found, channelsOf(instances)) ?? parameter(key, column)
    }

    function parameter(key: string, column: Column): Slot {
      const name = freshName(parameterName(general, element, key), found)
      found.push({ name, column, isRequired: isWidth(element, key) })
      return { kind: 'computed', of: name, factor: 1 }
    }
  })
  const conditions = conditionsOf(general, instances, found)
  const parameters = found.map(({ name, column, isRequired }): BlockParameter => {
    const usual = mostFrequent(column)
    return isRequired || usual === undefined ? { name } : { name, default: usual }
  })
  const sorted = [...parameters.filter((each) => each.default === undefined), ...parameters.filter((each) => each.default !== undefined)]
  const given = instances.map((_, i): ImportOptions =>
    Object.fromEntries(found.flatMap(({ name, column }) => (column[i] === undefined ? usualOf(name, column) : [[name, column[i]]]))),
  )
  return { parameters: sorted, slots, conditions, given }
}

/** An instance that lacks the call gives what most others do. */
function usualOf(name: string, column: Column): readonly [string, ImportValue][] {
  const usual = mostFrequent(column)
  return usual === undefined ? [] : [[name, usual]]
}

function columnOf(instances: readonly Aligned[], at: number, key: string): Column {
  return instances.map(({ body, alignment }) => {
    const index = alignment[at]
    return index === undefined ? undefined : body.elements[index]?.options[key]
  })
}

function channelsOf(instances: readonly Aligned[]): Column {
  return instances.map(({ body }) => body.inputs[0]?.shape?.[0])
}

function isSame(a: ImportValue, b: ImportValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The column as a multiple of a parameter that is there already, or of the input's channels. */
function computed(column: Column, found: readonly Found[], channels: Column): Slot | undefined {
  for (const { name, column: other } of found) {
    const factor = factorOf(column, other)
    if (factor !== undefined) return { kind: 'computed', of: name, factor }
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
    if (!Number.isInteger(quotient) || quotient < 1 || (factor !== undefined && factor !== quotient)) return undefined
    factor = quotient
  }
  return factor
}

function isWidth({ callee }: Element, key: string): boolean {
  if (!isBlock(callee)) return WIDTHS.includes(key)
  return callee.parameters.find(({ name }) => name === key)?.default === undefined
}

/** `stride`, `conv2_stride`: the option's name, with its module's where several calls have one that differs. */
function parameterName(general: Body, element: Element, key: string): string {
  const rivals = general.elements.filter((other) => Object.hasOwn(other.options, key))
  if (rivals.length <= 1) return identifier(key)
  const own = element.path.slice(depthOf(general)).map(({ name }) => name)
  const label = own.filter((name, i) => !/^\d+$/.test(name) || i > 0).join('_')
  return label === '' ? identifier(key) : identifier(`${label}_${key}`)
}

/** How many steps all calls of a body share. */
function depthOf({ elements }: Body): number {
  const [first, ...others] = elements
  const path = first?.path ?? []
  const end = path.findIndex((step, i) => others.some((other) => other.path[i]?.name !== step.name))
  return end < 0 ? Math.max(0, path.length - 1) : end
}

function freshName(wanted: string, found: readonly Found[]): string {
  let name = wanted
  for (let i = 2; found.some((other) => other.name === name); i++) name = `${wanted}_${i}`
  return name
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
function conditionsOf(general: Body, instances: readonly Aligned[], found: Found[]): readonly (string | undefined)[] {
  const presence = general.elements.map((_, at) => instances.map(({ alignment }) => alignment[at] !== undefined))
  const conditions: (string | undefined)[] = []
  for (const [at, column] of presence.entries()) {
    if (column.every((present) => present)) {
      conditions.push(undefined)
      continue
    }
    const before = conditions[at - 1]
    const isSameRun = before !== undefined && isSame(presence[at - 1] as boolean[], column)
    if (isSameRun) {
      conditions.push(before)
      continue
    }
    const known = found.find((other) => isSame(other.column as boolean[], column))
    if (known !== undefined) {
      conditions.push(known.name)
      continue
    }
    const name = freshName(conditionName(general, at), found)
    found.push({ name, column, isRequired: false })
    conditions.push(name)
  }
  return conditions
}

/** What an optional part is called: its module's name, or what it does. */
function conditionName(general: Body, at: number): string {
  const element = general.elements[at] as Element
  const [own] = element.path.slice(depthOf(general)).map(({ name }) => name)
  if (own !== undefined && !/^\d+$/.test(own)) return identifier(`has_${own}`)
  const merges = element.inputs.length > 1
  return merges ? 'residual' : 'expand'
}
