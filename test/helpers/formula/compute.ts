/** Computes one formula: sums of products of letters, with roundings. */
import { product } from '../../../server/src/model/shape'
import { type AppliedLayer, axes, isGiven, type Letters } from './letters'

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|(\|\w+\||[A-Za-z_]\w*)|\(if `(\w+)`\)|([⌊⌋⌈⌉∏∑²ⁿ()+−·/]))/y

type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name' | 'if' | 'sign'; readonly text: string }

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex
    const [, number, name, condition, sign] = TOKEN.exec(text) ?? []
    if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else if (condition !== undefined) tokens.push({ kind: 'if', text: condition })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else throw new Error(`"${text.slice(at)}" is no formula in "${text}"`)
  }
  return tokens
}

/** Sums of products, with an optional axis for letters that have one value for each. */
export function compute(text: string, letters: Letters, applied: AppliedLayer, forAxis?: number): number {
  const tokens = tokensOf(text)
  let at = 0

  const isSign = (sign: string) =>
    tokens[at]?.kind === 'sign' && (tokens[at] as { text: string }).text === sign
  const took = (sign: string): boolean => {
    if (!isSign(sign)) return false
    at++
    return true
  }
  const expect = (sign: string) => {
    if (!took(sign)) throw new Error(`"${text}" lacks ${sign}`)
  }
  const startsFactor = () => {
    const token = tokens[at]
    return token?.kind === 'number' || token?.kind === 'name' || '(⌊⌈∏∑'.split('').some(isSign)
  }

  function sum(axis: number | undefined): number {
    let total = term(axis)
    while (isSign('+') || isSign('−')) {
      const isMinus = took('−')
      if (!isMinus) expect('+')
      const next = term(axis)
      total += isMinus ? -next : next
    }
    return total
  }

  function term(axis: number | undefined): number {
    let value = factor(axis)
    for (;;) {
      if (took('·')) value *= factor(axis)
      else if (took('/')) value /= factor(axis)
      else if (startsFactor()) value *= factor(axis)
      else break
    }
    const token = tokens[at]
    if (token?.kind !== 'if') return value
    at++
    return isGiven(applied.options[token.text]) ? value : 0
  }

  function factor(axis: number | undefined): number {
    const value = atom(axis)
    if (took('²')) return value ** 2
    return took('ⁿ') ? value ** (letters.n as number) : value
  }

  function atom(axis: number | undefined): number {
    const token = tokens[at]
    if (token?.kind === 'number') {
      at++
      return token.value
    }
    if (took('(')) return closed(sum(axis), ')')
    if (took('⌊')) return Math.floor(closed(sum(axis), '⌋'))
    if (took('⌈')) return Math.ceil(closed(sum(axis), '⌉'))
    if (took('∏')) return isSign('(') ? overAxes() : product(listOf(name()))
    if (took('∑')) {
      const values = listOf(name())
      const power = took('ⁿ') ? (letters.n as number) : 1
      return values.reduce((total, value) => total + value ** power, 0)
    }
    const known = name()
    const value = letters[known]
    if (typeof value === 'number') return value
    const own = value?.[axis ?? -1]
    // What counts only with an option that is not given.
    if (own === undefined && value === undefined && known in applied.layer.options) return 0
    if (own === undefined) throw new Error(`${known} has no value in "${text}" of ${applied.layer.name}`)
    return own
  }

  function closed(value: number, sign: string): number {
    expect(sign)
    return value
  }

  function name(): string {
    const token = tokens[at++]
    if (token?.kind !== 'name') throw new Error(`"${text}" lacks a name`)
    return token.text
  }

  function listOf(known: string): readonly number[] {
    const value = letters[known]
    if (value === undefined || typeof value === 'number') throw new Error(`${known} is no list in "${text}"`)
    return value
  }

  /** The product over all spatial axes of what stands in brackets. */
  function overAxes(): number {
    const start = at
    return product(
      axes(letters).map((axis) => {
        at = start
        expect('(')
        return closed(sum(axis), ')')
      }),
    )
  }

  const value = sum(forAxis)
  if (at < tokens.length) throw new Error(`"${text}" goes on after its end`)
  return value
}
