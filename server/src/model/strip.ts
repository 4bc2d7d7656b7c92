/**
 * Runs of regions along one axis, and how they compose and unite. Everything is exact until a period grows
 * past a bound; then the run is replaced by one of period 1 that contains it.
 */
import { type AxisMap, greatestCommonDivisor, MAX_PERIOD, modulo } from './axis-map'

/**
 * A run of regions with one rate: position n sees the input pixels `low[n mod P] + advance·⌊n/P⌋` to
 * `high[…] + …`, P being the length of both lists. Where low is above high the position sees nothing.
 */
export interface Strip {
  readonly advance: number
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** The positions see no more than this, but perhaps less. */
  readonly bounds?: true
}

/** Where composing two periods would read more taps than this, both are bounded by affine runs first. */
const MAX_TAPS = 1 << 18

/** Every position sees itself. */
export const IDENTITY: Strip = { advance: 1, low: [0], high: [0] }

/** The strip that the outputs of `map` see, when its inputs see `strip`. */
export function mapStrip(strip: Strip, map: Exclude<AxisMap, { kind: 'whole' }>): Strip {
  const mapped = mapExact(strip, map)
  return strip.bounds && !mapped.bounds ? { ...mapped, bounds: true } : mapped
}

function mapExact(strip: Strip, map: Exclude<AxisMap, { kind: 'whole' }>): Strip {
  switch (map.kind) {
    case 'window':
      return mapWindow(strip, map)
    case 'periodic':
      return mapPeriodic(strip, map)
    case 'part':
      return shiftStrip(strip, map.begin)
    case 'affine': {
      const { advance, low, high } = affine(strip)
      return {
        advance: advance * map.rate,
        low: [(low[0] as number) + advance * map.low],
        high: [(high[0] as number) + advance * map.high],
        bounds: true,
      }
    }
  }
}

/** The strip whose position n sees what position `n − begin` of this one sees. */
export function shiftStrip(strip: Strip, begin: number): Strip {
  return begin === 0 ? strip : mapWindow(strip, { kind: 'window', kernel: 1, stride: 1, begin, dilation: 1 })
}

function mapWindow(strip: Strip, map: Extract<AxisMap, { kind: 'window' }>): Strip {
  const { kernel, stride, begin, dilation } = map
  const { advance, low, high } = strip
  const period = low.length
  if (period === 1) {
    if (kernel === 1 && stride === 1 && begin === 0) return strip
    const reach = dilation * (kernel - 1)
    return {
      advance: advance * stride,
      low: [(low[0] as number) - advance * begin],
      high: [(high[0] as number) + advance * (reach - begin)],
    }
  }
  if (kernel === 1 && stride === 1 && begin === 0) return strip
  const outputs = period / greatestCommonDivisor(period, stride)
  // Taps a whole number of periods apart differ by a known amount: one period from each end tells the extent.
  const cycle = period / greatestCommonDivisor(period, dilation)
  if (outputs * Math.min(kernel, 2 * cycle) > MAX_TAPS) return mapWindow(affine(strip), map)
  const taps = Array.from(ends(kernel, cycle), (j) => dilation * j - begin)
  return strips(outputs, ((outputs * stride) / period) * advance, strip, (n) => ({ at: n * stride, taps }))
}

/** The integers below `count` that are less than `near` from one of its ends. */
function* ends(count: number, near: number): Generator<number> {
  for (let i = 0; i < Math.min(count, near); i++) yield i
  for (let i = Math.max(near, count - near); i < count; i++) yield i
}

function mapPeriodic(strip: Strip, map: Extract<AxisMap, { kind: 'periodic' }>): Strip {
  const period = strip.low.length
  const phases = map.taps.length
  const blocks = period / greatestCommonDivisor(period, map.advance)
  const advance = ((blocks * map.advance) / period) * strip.advance
  if (period > 1 && blocks * phases > MAX_TAPS) return mapPeriodic(affine(strip), map)
  return strips(blocks * phases, advance, strip, (n) => ({
    at: Math.floor(n / phases) * map.advance,
    taps: map.taps[n % phases] as readonly number[],
  }))
}

function strips(
  outputs: number,
  advance: number,
  source: Strip,
  read: (n: number) => { at: number; taps: readonly number[] },
): Strip {
  const period = source.low.length
  const low: number[] = []
  const high: number[] = []
  for (let n = 0; n < outputs; n++) {
    const { at, taps } = read(n)
    let first = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    for (const tap of taps) {
      const phase = modulo(at + tap, period)
      const shift = source.advance * ((at + tap - phase) / period)
      first = Math.min(first, (source.low[phase] as number) + shift)
      last = Math.max(last, (source.high[phase] as number) + shift)
    }
    low.push(first)
    high.push(last)
  }
  return shortened({ advance, low, high })
}

/** The same strip with its shortest period, or an affine bound of it when even that is too long. */
function shortened(strip: Strip): Strip {
  let current = strip
  for (let factor = 2; factor <= current.low.length; ) {
    const shorter = current.low.length % factor === 0 ? divided(current, factor) : undefined
    if (shorter) current = shorter
    else factor++
    if (factor > 64) break
  }
  return current.low.length <= MAX_PERIOD ? current : affine(current)
}

/** The run of period 1 that contains the strip. */
function affine(strip: Strip): Strip {
  const step = rate(strip)
  return {
    advance: step,
    low: [smallest(strip.low.map((value, n) => value - n * step))],
    high: [-smallest(strip.high.map((value, n) => n * step - value))],
    bounds: true,
  }
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
}

function divided({ advance, low, high }: Strip, factor: number): Strip | undefined {
  const length = low.length / factor
  const step = advance / factor
  for (let n = length; n < low.length; n++) {
    const shift = step * Math.floor(n / length)
    if (low[n] !== (low[n % length] as number) + shift) return undefined
    if (high[n] !== (high[n % length] as number) + shift) return undefined
  }
  return { advance: step, low: low.slice(0, length), high: high.slice(0, length) }
}

/** Runs of one rate united; those of different rates stay apart. Where `others` add nothing, `own` itself. */
export function mergeStrips(own: readonly Strip[], others: readonly Strip[]): readonly Strip[] {
  let merged = own
  for (const strip of others) {
    const i = merged.findIndex((known) => rate(known) === rate(strip))
    const united = i < 0 ? strip : union(merged[i] as Strip, strip)
    if (united !== merged[i]) merged = i < 0 ? [...merged, united] : merged.with(i, united)
  }
  return merged
}

/** How many input pixels the region moves from one position to the next, on average. */
export function rate(strip: Strip): number {
  return strip.advance / strip.low.length
}

function union(a: Strip, b: Strip): Strip {
  const [p, q] = [a.low.length, b.low.length]
  const period = (p * q) / greatestCommonDivisor(p, q)
  if (contains(a, b)) return a
  if (period > MAX_TAPS) return union(affine(a), affine(b))
  const low: number[] = []
  const high: number[] = []
  for (let n = 0; n < period; n++) {
    low.push(Math.min(edge(a, 'low', n), edge(b, 'low', n)))
    high.push(Math.max(edge(a, 'high', n), edge(b, 'high', n)))
  }
  const united = shortened({ advance: rate(a) * period, low, high })
  return a.bounds || b.bounds ? { ...united, bounds: true } : united
}

/** Whether `a` sees all that `b` sees, where that is quickly told. */
function contains(a: Strip, b: Strip): boolean {
  if (a.low.length !== b.low.length || a.bounds !== b.bounds) return false
  return a.low.every(
    (low, n) => low <= (b.low[n] as number) && (a.high[n] as number) >= (b.high[n] as number),
  )
}

/** The first or last pixel that position n sees. */
export function edge(strip: Strip, side: 'low' | 'high', n: number): number {
  const period = strip.low.length
  const phase = modulo(n, period)
  return (strip[side][phase] as number) + strip.advance * ((n - phase) / period)
}

/** The mean centre over one period, taken back to position 0; positions that see nothing do not count. */
export function centre(strip: Strip): number {
  const centres = strip.low.flatMap((low, n) => {
    const high = strip.high[n] as number
    return low <= high ? [(low + high) / 2 - n * rate(strip)] : []
  })
  return centres.reduce((sum, value) => sum + value, 0) / centres.length
}
