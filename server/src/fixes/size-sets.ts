/** Sets of sizes along one axis: which belong to it repeats from some size on. */

/** The sizes from `least` on that leave one of `remainders` when divided by `period`, and some smaller ones. */
export interface SizeSet {
  readonly least: number
  /** 0 where no size from `least` on belongs to the set. */
  readonly period: number
  /** In ascending order. */
  readonly remainders: readonly number[]
  /** The sizes below `least` that belong to the set, in ascending order. */
  readonly smaller: readonly number[]
  /** Smaller sizes were not tried. */
  readonly isOpen: boolean
}

/** Shorter runs of sizes prove no period. */
const SHORTEST_PROOF = 48

/** So many sizes, from the present one on, may be among those that do not repeat yet. */
const SKIPPED = [1, 64, 512]

/** Larger periods are not looked for. */
export const MOST_PERIOD = 256

/** What was found out about the sizes along an axis, from `first` on without a gap. */
export interface Probes {
  readonly first: number
  /** For each size, a bit for each set that is looked for. */
  readonly found: readonly number[]
  /** The period with which the sizes repeat, proven on those behind the first of them. */
  readonly period: number
}

/**
 * Tries the sizes along an axis, at most `most` of them: upwards from the present one until they repeat, then
 * downwards as far as the number allows. `stride` is a period to expect, that of what strides round. Undefined where
 * no period is found.
 */
export function probe(
  test: (size: number) => number,
  size: number,
  stride: number,
  most: number,
): Probes | undefined {
  const start = Math.max(size, stride)
  const above: number[] = []
  for (const skipped of SKIPPED) {
    for (let period = stride; period <= MOST_PERIOD; period += stride) {
      const length = Math.max(2 * period, SHORTEST_PROOF)
      if (skipped + length > most) break
      while (above.length < skipped + length) above.push(test(start + above.length))
      if (!repeats(above.slice(skipped), period)) continue
      const below: number[] = []
      while (below.length < start - 1 && above.length + below.length < most) {
        below.push(test(start - 1 - below.length))
      }
      return { first: start - below.length, found: [...below.reverse(), ...above], period }
    }
  }
  return undefined
}

function repeats(items: readonly number[], period: number): boolean {
  return items.every((item, i) => i < period || item === items[i - period])
}

/** The sizes that have a bit. */
export function sizesWith({ first, found, period }: Probes, bit: number): SizeSet {
  const has = (size: number) => ((found[size - first] ?? 0) & bit) !== 0
  const end = first + found.length
  const length = Array.from({ length: period }, (_, i) => i + 1)
    .filter((divisor) => period % divisor === 0)
    .find((divisor) => {
      for (let size = end - period; size < end; size++) if (has(size) !== has(size - divisor)) return false
      return true
    }) as number
  let regular = end - length
  while (regular > first && has(regular - 1) === has(regular - 1 + length)) regular--
  const inside = Array.from({ length }, (_, i) => regular + i).filter(has)
  const [least = end] = inside
  const smaller = Array.from({ length: regular - first }, (_, i) => first + i).filter(has)
  return {
    least,
    period: inside.length === 0 ? 0 : length,
    remainders: inside.map((size) => size % length).sort((a, b) => a - b),
    smaller,
    isOpen: first > 1,
  }
}

export function hasSize({ least, period, remainders, smaller }: SizeSet, size: number): boolean {
  return size < least ? smaller.includes(size) : period > 0 && remainders.includes(size % period)
}

export function isEverySize({ least, period, isOpen }: SizeSet): boolean {
  return least === 1 && period === 1 && !isOpen
}

/** The nearest sizes of the set below and above one, which itself is left out. */
export function nearestSizes(set: SizeSet, size: number): readonly number[] {
  const below = Array.from({ length: size - 1 }, (_, i) => size - 1 - i).find((one) => hasSize(set, one))
  const from = Math.max(size + 1, set.least)
  const smaller = set.smaller.find((one) => one > size)
  const above =
    smaller ?? Array.from({ length: set.period }, (_, i) => from + i).find((one) => hasSize(set, one))
  return [below, above].filter((one) => one !== undefined)
}

export function sameSizes(a: SizeSet, b: SizeSet): boolean {
  return (
    a.least === b.least &&
    a.period === b.period &&
    a.isOpen === b.isOpen &&
    a.remainders.join() === b.remainders.join() &&
    a.smaller.join() === b.smaller.join()
  )
}

/** More runs of remainders, or smaller sizes, are not spelt. */
const MOST_RUNS = 3

/** `H ≡ 12 (mod 16), H ≥ 188`; `H ≥ 32`; `H = 64`. */
export function showSizes(set: SizeSet, name: string): string {
  const { least, period, remainders, smaller, isOpen } = set
  if (period === 0) return `${name} = ${listed(runs(smaller))}`
  const parts: string[] = []
  if (period > 1) parts.push(`${name} ≡ ${listed(runs(remainders))} (mod ${period})`)
  // The remainders alone say where the first of these sizes would be.
  const first = remainders.find((remainder) => remainder > 0) ?? period
  if (period === 1 || least > first) parts.push(`${name} ≥ ${least}`)
  const more = smaller.length === 0 ? '' : `, also ${listed(runs(smaller))}`
  return `${parts.join(', ')}${more}${isOpen ? ' (smaller ones were not tried)' : ''}`
}

function listed(texts: readonly string[]): string {
  if (texts.length > 2 * MOST_RUNS) {
    return `${texts.slice(0, MOST_RUNS).join(', ')}, … ${texts.at(-1)}`
  }
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`
}

/** `0`, `25 to 31`: ascending numbers, those in a row together. */
export function runs(numbers: readonly number[]): readonly string[] {
  const found: [number, number][] = []
  for (const number of numbers) {
    const last = found.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else found.push([number, number])
  }
  return found.flatMap(([from, to]) => {
    if (to - from > 1) return [`${from} to ${to}`]
    return to === from ? [String(from)] : [String(from), String(to)]
  })
}
