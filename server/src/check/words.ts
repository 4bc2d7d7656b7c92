import type { Value } from '../model/graph'
import { showShape } from '../model/shape'
import { showCount, showCountOf } from '../model/show'
import { isList } from '../model/value'

/** `a`, `b` and `c`, each in backquotes. */
export function quoted(names: readonly string[], join = 'and'): string {
  const all = names.map((name) => `\`${name}\``)
  if (all.length < 2) return all.join('')
  return `${all.slice(0, -1).join(', ')} ${join} ${all.at(-1)}`
}

export function suggestion(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `did you mean ${quoted(names, 'or')}?`
}

/** A text on one line, with no more characters than `length`. */
export function shortened(text: string, length: number): string {
  return clipped(text.slice(0, 10 * length).replace(/\s+/g, ' '), length)
}

function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

/** How many characters of a string are shown. */
const MOST_OF_STRING = 200

/** A value in a sentence: `a tensor 64×56×56`, `the number 3`, `a list of 2 items`. */
export function describeValue(value: Value): string {
  if (value === null) return '`none`'
  if (typeof value === 'boolean') return `\`${value}\``
  if (typeof value === 'number') return `the number ${showInSentence(value)}`
  if (typeof value === 'string') return `the string "${clipped(value, MOST_OF_STRING)}"`
  if (isList(value))
    return value.length > 8
      ? `a list of ${showCountOf(value.length, 'item')}`
      : `the list ${showValue(value)}`
  if (value.kind === 'tensor') return `a tensor ${showShape(value.tensor.shape)}`
  if (value.kind === 'layer') {
    const lack = value.waitsFor === undefined ? '' : `, which still waits for ${value.waitsFor}`
    return `the layer \`${showValue(value)}\`${lack}`
  }
  return 'unknown'
}

/** A value among words: an integer has its digits in groups, all else is as the language would write it. */
export function showInSentence(value: Value): string {
  return typeof value === 'number' && Number.isInteger(value) ? showCount(value) : showValue(value)
}

/** A value as the language would write it, shortened. */
export function showValue(value: Value, depth = 0): string {
  if (value === null) return 'none'
  if (typeof value === 'number') return showNumber(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(clipped(value, MOST_OF_STRING))
  if (isList(value)) {
    if (depth > 2) return '[…]'
    const shown = value.slice(0, 8).map((item) => showValue(item, depth + 1))
    return `[${shown.join(', ')}${value.length > 8 ? ', …' : ''}]`
  }
  if (value.kind === 'tensor') return showShape(value.tensor.shape)
  if (value.kind === 'layer') return value.label.replace(/\s+/g, ' ')
  return '?'
}

/** Integers with separators as the language writes them from five digits on, others as they are. */
function showNumber(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) < 10_000) return String(value)
  return value.toLocaleString('en-US').replaceAll(',', '_')
}

/** The names closest to a misspelt one, best first, at most three. */
export function closest(name: string, candidates: Iterable<string>): readonly string[] {
  const limit = name.length < 2 ? 0 : Math.max(1, Math.floor(name.length / 3))
  const lower = name.toLowerCase()
  const scored: { candidate: string; distance: number }[] = []
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - name.length) > limit) continue
    const distance = editDistance(lower, candidate.toLowerCase(), limit)
    if (distance <= limit && candidate !== name) scored.push({ candidate, distance })
  }
  scored.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
  return scored.slice(0, 3).map(({ candidate }) => candidate)
}

/**
 * Whether a name can only be a slip for another: a letter too few, too many, wrong or swapped, two in a long name, or
 * capitals. Numbers tell names apart (`c3`, `c4`), and so does every letter of a short one.
 */
export function isSlip(name: string, meant: string): boolean {
  const [lower, other] = [name.toLowerCase(), meant.toLowerCase()]
  if (lower === other) return true
  const length = Math.max(name.length, meant.length)
  const most = length < 4 ? 0 : length < 8 ? 1 : 2
  const numbers = (text: string) => text.replace(/\D+/g, ' ').trim()
  return numbers(lower) === numbers(other) && editDistance(lower, other, most) <= most
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`; above `limit` it may be any larger number. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] as number) + 1)
      }
      current.push(cost)
    }
    if (Math.min(...current) > limit) return limit + 1
    before = previous
    previous = current
  }
  return previous[b.length] as number
}
