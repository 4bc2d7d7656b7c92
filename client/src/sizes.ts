import type { NetworkInput } from './protocol'

/** A size that is offered, and why. */
export interface Offer {
  readonly size: string
  readonly reason: string
}

/** How many sizes are remembered. */
const MOST_RECENT = 8

/** A tensor has at most so many axes. */
const MOST_AXES = 4

/**
 * The size that a text means for an input: `[3, 320, 320]` and `3×320×320` as the language writes it, `320` and
 * `320x480` with the channels that the input has. Undefined where it is no size.
 * @example completed('320', '3x224x224') // '3x320x320'
 */
export function completed(text: string, declared: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .trim()
  const written = bare.split(/\s*[x×,]\s*/)
  if (!written.every((part) => /^\d{1,15}$/.test(part) && Number(part) > 0)) return undefined
  const sizes = written.map(Number)
  const [channels = '1', ...spatial] = declared.split('x')
  const [only] = sizes
  if (sizes.length === 1 && spatial.length > 0) return [channels, ...spatial.map(() => only)].join('x')
  if (sizes.length === spatial.length) return [channels, ...sizes].join('x')
  return sizes.length <= MOST_AXES ? sizes.join('x') : undefined
}

/** The sizes to choose from: what has been typed, else the recent ones that fit the input, and the server's. */
export function offers(typed: string, input: NetworkInput, recent: readonly string[]): readonly Offer[] {
  const { declared, tried, suggestions } = input
  if (typed.trim() !== '') {
    const size = completed(typed, declared)
    return size === undefined ? [] : [{ size, reason: size === declared ? 'as declared' : '' }]
  }
  const fitting = recent.filter((size) => isAlike(size, declared))
  const all: readonly Offer[] = [
    ...(tried === undefined ? [] : [{ size: declared, reason: 'as declared' }]),
    ...fitting.map((size) => ({ size, reason: 'tried recently' })),
    ...suggestions.map((size) => ({ size, reason: 'suggested' })),
  ]
  const now = tried ?? declared
  return all.filter(({ size }, i) => size !== now && all.findIndex((other) => other.size === size) === i)
}

/** Of the same rank and with the same channels. */
function isAlike(size: string, declared: string): boolean {
  const [a, b] = [size.split('x'), declared.split('x')]
  return a.length === b.length && a[0] === b[0]
}

/** The sizes to remember after one was tried, the latest first. */
export function remembered(recent: readonly string[], size: string): readonly string[] {
  return [size, ...recent.filter((other) => other !== size)].slice(0, MOST_RECENT)
}
