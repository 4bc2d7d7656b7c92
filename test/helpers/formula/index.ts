/**
 * Reads the formulas of the layers' pages as a reader would, by the letters that `docs/layers/README.md` explains, and
 * computes them. It knows nothing of how a layer infers its shape.
 */
import { product, type Shape } from '../../../server/src/model/shape'
import { compute } from './compute'
import { type AppliedLayer, axes, isGiven, type Letters, lettersOf } from './letters'

export type { AppliedLayer }

/** The value of `parameters` or `macs`. */
export function numberOf(text: string, applied: AppliedLayer): number {
  const chosen = choose(text, applied)
  if (chosen === 'none') return 0
  const [, formula = chosen, each] = /^(.*) for each (.*)$/.exec(chosen) ?? []
  const letters = lettersOf(applied)
  return compute(formula, letters, applied) * (each === undefined ? 1 : countOf(each, applied, letters))
}

function countOf(each: string, { inputs, outputs }: AppliedLayer, { i, o, T }: Letters): number {
  switch (each) {
    case 'output position':
      return product(o as Shape)
    case 'input position':
    case 'position':
      return product(i as Shape)
    case 'row':
      return product((inputs[0] as Shape).slice(0, -1))
    case 'step':
      return T as number
    case 'set':
      return product((inputs[0] as Shape).slice(0, -2))
    case 'matrix':
      return product((outputs[0] as Shape).slice(0, -2))
    default:
      throw new Error(`for each ${each}: of what there is one is not known`)
  }
}

/** The shapes that `output` states, where it states them by a formula and not in words. */
export function shapesOf(text: string, applied: AppliedLayer): readonly Shape[] | undefined {
  const chosen = choose(text, applied)
  if (chosen === 'rounded up') return [roundedUp(text, applied)]
  const [, list, twice] = /^(?:as many items as regions, each )?\[(.*)\]( twice)?$/.exec(chosen) ?? []
  if (list === undefined) return undefined
  const shape = shapeOf(list, applied)
  return twice === undefined ? [shape] : [shape, shape]
}

function shapeOf(list: string, applied: AppliedLayer): Shape {
  const letters = lettersOf(applied)
  return splitList(list).flatMap((entry) =>
    entry.endsWith(' …')
      ? axes(letters).map((axis) => compute(entry.slice(0, -2), letters, applied, axis))
      : [compute(entry, letters, applied)],
  )
}

/** The first formula with its quotients rounded up; the last window starts in the input or the padding before it. */
function roundedUp(text: string, applied: AppliedLayer): Shape {
  const [, list = ''] = /^\[(.*?)\];/.exec(text.replaceAll('⌊', '⌈').replaceAll('⌋', '⌉')) ?? []
  const letters = lettersOf(applied)
  const { i, s, p_begin: begin } = letters as Readonly<Record<string, readonly number[]>>
  const [channels, ...sizes] = shapeOf(list, applied) as [number, ...number[]]
  const startsBehind = (size: number, axis: number) =>
    (size - 1) * (s?.[axis] as number) >= (i?.[axis] as number) + (begin?.[axis] as number)
  return [channels, ...sizes.map((size, axis) => (startsBehind(size, axis) ? size - 1 : size))]
}

/** What is seen along each axis: how many positions at most, and how far that moves where it is said. */
export function windowSeen(sees: string, applied: AppliedLayer) {
  const pattern = /^a window of (at most )?(.+?) positions?(?:, moving by (.+?))?(?:[,;]| in |$)/
  const [, atMost, size, stride] = pattern.exec(sees) ?? []
  if (size === undefined) return undefined
  const letters = lettersOf(applied)
  return {
    isBound: atMost !== undefined,
    sizes: axes(letters).map((axis) => compute(size, letters, applied, axis)),
    strides:
      stride === undefined ? undefined : axes(letters).map((axis) => compute(stride, letters, applied, axis)),
  }
}

/** Of the alternatives `formula; formula with …; letter being …` the one that holds. */
export function choose(text: string, applied: AppliedLayer): string {
  const parts = text.split('; ').filter((part) => !/ being |^they /.test(part))
  const alternatives = parts.map((part) => {
    const [, body = part, condition] = /^(.*) (with `.*|on rows)$/.exec(part) ?? []
    return { body, holds: condition === undefined || holds(condition, applied) }
  })
  return (alternatives.findLast((alternative) => alternative.holds) ?? alternatives[0])?.body ?? text
}

function holds(condition: string, { inputs, options }: AppliedLayer): boolean {
  if (condition === 'on rows') return inputs[0]?.length === 2
  const [, name = '', value, second] = /^with `(\w+)(?:=(\w+))?`( or a second tensor)?$/.exec(condition) ?? []
  if (second !== undefined && inputs.length > 1) return true
  return value === undefined ? isGiven(options[name]) : String(options[name]) === value
}

/** The entries of a list, at its commas outside of brackets. */
function splitList(list: string): readonly string[] {
  const entries = ['']
  let depth = 0
  for (const char of list) {
    if (char === '(') depth++
    if (char === ')') depth--
    if (char === ',' && depth === 0) entries.push('')
    else entries[entries.length - 1] += char
  }
  return entries.map((entry) => entry.trim())
}
