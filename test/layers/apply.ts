/**
 * Applies a layer without the evaluator: the call's text is bound by the declaration's option specs alone, so
 * that these tests say what the declarations do and nothing else.
 */
import { findLayer } from '../../server/src/layers'
import { expandAmounts } from '../../server/src/layers/padding'
import {
  type Inference,
  isViolation,
  type LayerCall,
  type LayerDeclaration,
  type OptionType,
  type Origin,
  type Violation,
} from '../../server/src/model/layer'
import { product, type Shape } from '../../server/src/model/shape'

export interface Applied {
  readonly layer: LayerDeclaration<Record<string, unknown>>
  readonly call: LayerCall<Record<string, unknown>>
  readonly result: Inference | Violation
}

/** `apply('conv(64, 3, padding=half)', [3, 32, 32])`. */
export function apply(text: string, ...shapes: Shape[]): Applied {
  return applyWith(text, shapes)
}

export function applyWith(
  text: string,
  shapes: readonly Shape[],
  more: { items?: readonly number[]; origin?: (tensor: number) => Origin | undefined } = {},
): Applied {
  const [, name = '', list = ''] = /^(\w+)(?:\((.*)\))?$/s.exec(text) ?? []
  const layer = findLayer(name) as unknown as LayerDeclaration<Record<string, unknown>> | undefined
  if (layer === undefined) throw new Error(`no layer ${name} in ${text}`)
  const items = more.items ?? shapes.map(() => 1)
  const call = { shapes, items, options: bind(layer, list, (shapes[0]?.length ?? 1) - 1), ...origin(more) }
  return { layer, call, result: layer.infer(call) }
}

function origin(more: { origin?: (tensor: number) => Origin | undefined }) {
  return more.origin === undefined ? {} : { origin: more.origin }
}

function bind(layer: LayerDeclaration<Record<string, unknown>>, list: string, axes: number) {
  const names = Object.keys(layer.options)
  const given = new Map<string, unknown>()
  for (const [i, argument] of split(list).entries()) {
    const [, option, value = argument] = /^(\w+)=(.*)$/s.exec(argument) ?? []
    const key = option ?? names[i]
    if (key === undefined || !names.includes(key))
      throw new Error(`${layer.name} has no option for ${argument}`)
    given.set(key, read(value))
  }
  const bound: Record<string, unknown> = {}
  for (const [key, spec] of Object.entries(layer.options)) {
    if (given.has(key)) bound[key] = typed(spec.type, given.get(key), axes)
    else if (spec.default !== undefined && spec.default in bound) bound[key] = bound[spec.default]
    else if (spec.default !== undefined) bound[key] = typed(spec.type, read(spec.default), axes)
    else if (spec.optional) bound[key] = undefined
    else throw new Error(`${layer.name} needs ${key}`)
  }
  return bound
}

/** The arguments at the top level of a list. */
function split(list: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i <= list.length; i++) {
    const char = list[i]
    if (char === '[') depth++
    if (char === ']') depth--
    if (i === list.length || (char === ',' && depth === 0)) {
      parts.push(list.slice(start, i).trim())
      start = i + 1
    }
  }
  return parts.filter((part) => part !== '')
}

function read(text: string): unknown {
  if (/^\d+(x\d+)+$/.test(text)) return text.split('x').map(Number)
  if (/^[a-z]/.test(text) && !/^(true|false|none)$/.test(text)) return text
  return JSON.parse(text.replaceAll('none', 'null').replaceAll('_', ''))
}

function typed(type: OptionType, value: unknown, axes: number): unknown {
  switch (type.kind) {
    case 'size':
    case 'factors':
      return Array.isArray(value) ? value : Array.from({ length: axes }, () => value)
    case 'ints':
      return typeof value === 'number' ? [value] : value
    case 'padding': {
      if (typeof value === 'string') return { name: value }
      const amounts = typeof value === 'number' ? [value] : (value as number[])
      const margins = expandAmounts(amounts, axes)
      if (margins === undefined) throw new Error(`${amounts} does not fit ${axes} axes`)
      return { begin: margins.map(({ begin }) => begin), end: margins.map(({ end }) => end) }
    }
    default:
      return value
  }
}

/** The inference of a call that violates nothing. */
export function inferred({ layer, result }: Applied): Inference {
  if (isViolation(result)) throw new Error(`${layer.name}: ${result.constraint.code}`)
  return result
}

/** Trainable scalars, as the evaluator counts them. */
export function scalars({ weights = [] }: Inference): number {
  return weights.reduce((sum, { shape, count = product(shape) }) => sum + count, 0)
}
