/**
 * Which input positions one output position reads along one axis, borders aside: the map is taken to go on
 * for ever in both directions, so that padding only shifts it.
 */
export type AxisMap =
  /** Output n reads inputs `stride·n − begin + dilation·j`, j = 0 … kernel − 1 (Dumoulin & Visin 2016, §2). */
  | {
      readonly kind: 'window'
      readonly kernel: number
      readonly stride: number
      readonly begin: number
      readonly dilation: number
    }
  /** Output n reads inputs `taps[n mod period] + advance·⌊n / period⌋`. */
  | {
      readonly kind: 'periodic'
      readonly advance: number
      readonly taps: readonly (readonly number[])[]
    }
  /** Output n reads the inputs `taps(n)`, all from `rate·n + low` to `rate·n + high`: a period too long to be written down. */
  | {
      readonly kind: 'affine'
      readonly rate: number
      readonly low: number
      readonly high: number
      readonly taps: (n: number) => readonly number[]
    }
  /**
   * Outputs n with `from ≤ n < to` read input `n − begin`, all others nothing: one of several maps that are joined.
   * The first goes on for ever before its beginning, the last behind its end.
   */
  | { readonly kind: 'part'; readonly begin: number; readonly from: number; readonly to: number }
  /** Every output reads all inputs. */
  | { readonly kind: 'whole' }

/** Longer periods are bounded from outside by an affine map, so that the work stays bounded. */
export const MAX_PERIOD = 4096

export const WHOLE: AxisMap = { kind: 'whole' }
export const SAME: AxisMap = { kind: 'window', kernel: 1, stride: 1, begin: 0, dilation: 1 }

/** Whether two maps are known to be the same; of periodic ones only the very same is. */
export function sameMap(a: AxisMap, b: AxisMap): boolean {
  if (a.kind !== 'window' || b.kind !== 'window') return a === b
  return a.kernel === b.kernel && a.stride === b.stride && a.begin === b.begin && a.dilation === b.dilation
}

export function windowMap(window: {
  kernel: number
  stride?: number
  begin?: number
  dilation?: number
}): AxisMap {
  return { kind: 'window', stride: 1, begin: 0, dilation: 1, ...window }
}

/** Output n of a map shifted by `begin` new positions before the first (padding; negative for a crop). */
export function shiftMap(begin: number): AxisMap {
  return windowMap({ kernel: 1, begin })
}

/**
 * Output n reads the one input `at(n mod period) + advance·⌊n / period⌋`, `at` giving positions from 0 to
 * period − 1: an order of the positions (`advance` is the period then) or a repetition of them (0).
 */
export function positionsMap(period: number, advance: number, at: (n: number) => number): AxisMap {
  const taps = (n: number) => {
    const phase = modulo(n, period)
    return [at(phase) + (advance * (n - phase)) / period]
  }
  if (period > MAX_PERIOD)
    return { kind: 'affine', rate: advance / period, taps, low: -advance, high: period }
  return { kind: 'periodic', advance, taps: range(period, taps) }
}

/** The maps that join tensors of these sizes along an axis, one after the other. */
export function joinedMaps(sizes: readonly number[]): readonly AxisMap[] {
  let begin = 0
  return sizes.map((size, i) => {
    const from = i === 0 ? Number.NEGATIVE_INFINITY : begin
    const own = begin
    begin += size
    return { kind: 'part', begin: own, from, to: i === sizes.length - 1 ? Number.POSITIVE_INFINITY : begin }
  })
}

/** The inputs that output n reads, borders aside; of a map that reads everything none is told. */
export function tapsAt(map: AxisMap, n: number): readonly number[] {
  switch (map.kind) {
    case 'window': {
      const first = map.stride * n - map.begin
      return range(map.kernel, (j) => first + map.dilation * j)
    }
    case 'periodic': {
      const phase = modulo(n, map.taps.length)
      const shift = (map.advance * (n - phase)) / map.taps.length
      return (map.taps[phase] as readonly number[]).map((tap) => tap + shift)
    }
    case 'affine':
      return map.taps(n)
    case 'part':
      return n >= map.from && n < map.to ? [n - map.begin] : []
    case 'whole':
      return []
  }
}

/** A transposed convolution: input i adds to the outputs `stride·i − begin + dilation·j`. */
export function transposedMap(window: {
  kernel: number
  stride: number
  begin: number
  dilation: number
}): AxisMap {
  const { kernel, stride, begin, dilation } = window
  if (stride === 1) {
    return windowMap({ kernel, dilation, begin: dilation * (kernel - 1) - begin })
  }
  if (stride > MAX_PERIOD || kernel > MAX_PERIOD) {
    const [low, high] = [(begin - dilation * (kernel - 1)) / stride, begin / stride]
    const taps = (n: number) => {
      const first = Math.ceil(n / stride + low)
      const inputs = range(Math.floor(n / stride + high) - first + 1, (i) => first + i)
      return inputs.filter((i) => (n + begin - stride * i) % dilation === 0)
    }
    return { kind: 'affine', rate: 1 / stride, low, high, taps }
  }
  const taps: number[][] = range(stride, () => [])
  for (let j = 0; j < kernel; j++) {
    const out = dilation * j - begin
    const phase = modulo(out, stride)
    taps[phase]?.push((phase - out) / stride)
  }
  return { kind: 'periodic', advance: 1, taps }
}

/** Nearest-neighbour sampling: `to` outputs for `from` inputs, output n reads `⌊n·from/to⌋`. */
export function nearestMap(from: number, to: number): AxisMap {
  const { advance, period } = ratio(from, to)
  const taps = (n: number) => [Math.floor((n * advance) / period)]
  return periodic(advance, period, taps, { low: -1, high: 0 })
}

/**
 * Interpolation with half-pixel centres (PyTorch's `align_corners=False`): output n samples at
 * `(n + ½)·from/to − ½` and reads `reach` inputs on each side, or one alone where it meets it exactly.
 */
export function interpolatedMap(from: number, to: number, reach: 1 | 2): AxisMap {
  const { advance, period } = ratio(from, to)
  const middle = (from / to - 1) / 2
  const taps = (n: number) => {
    const numerator = (2 * n + 1) * advance - period
    const floor = Math.floor(numerator / (2 * period))
    if (modulo(numerator, 2 * period) === 0) return [floor]
    return range(2 * reach, (j) => floor - reach + 1 + j)
  }
  return periodic(advance, period, taps, { low: middle - reach, high: middle + reach })
}

/**
 * Interpolation between corners that lie on each other (PyTorch's `align_corners=True`): output n samples at
 * `n·(from − 1)/(to − 1)` and reads `reach` inputs on each side, or one alone where it meets it exactly.
 */
export function alignedMap(from: number, to: number, reach: 1 | 2): AxisMap {
  // A single output samples the first position.
  if (to === 1 || from === 1) return { kind: 'periodic', advance: 0, taps: [[0]] }
  const { advance, period } = ratio(from - 1, to - 1)
  const taps = (n: number) => {
    const floor = Math.floor((n * advance) / period)
    if (modulo(n * advance, period) === 0) return [floor]
    return range(2 * reach, (j) => floor - reach + 1 + j)
  }
  return periodic(advance, period, taps, { low: -reach, high: reach })
}

/** Adaptive pooling: output n reads from `⌊n·from/to⌋` to `⌈(n + 1)·from/to⌉`, all when there is one output. */
export function adaptiveMap(from: number, to: number): AxisMap {
  if (to === 1) return WHOLE
  const { advance, period } = ratio(from, to)
  if (period === 1) return windowMap({ kernel: advance, stride: advance })
  const taps = (n: number) => {
    const first = Math.floor((n * advance) / period)
    return range(Math.ceil(((n + 1) * advance) / period) - first, (j) => first + j)
  }
  return periodic(advance, period, taps, { low: -1, high: from / to })
}

/** A map that repeats itself after `period` outputs; `bounds` hold where that is too long. */
function periodic(
  advance: number,
  period: number,
  taps: (n: number) => readonly number[],
  bounds: { readonly low: number; readonly high: number },
): AxisMap {
  const isLong = period > MAX_PERIOD || period * (bounds.high - bounds.low) > 4 * MAX_PERIOD
  if (isLong) return { kind: 'affine', rate: advance / period, taps, ...bounds }
  return { kind: 'periodic', advance, taps: range(period, taps) }
}

/** The fraction `numerator/denominator` that a decimal such as 1.5 stands for. */
export function fraction(value: number): { numerator: number; denominator: number } {
  let [a, b] = [1, Math.floor(value)]
  let [c, d] = [0, 1]
  let rest = value - Math.floor(value)
  while (Math.abs(b / d - value) > 1e-12 * Math.abs(value) && d < 1e6) {
    rest = 1 / rest
    const digit = Math.floor(rest)
    rest -= digit
    ;[a, b] = [b, digit * b + a]
    ;[c, d] = [d, digit * d + c]
  }
  return { numerator: b, denominator: d }
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** The remainder with the sign of the divisor, as Python's `%`. */
export function modulo(a: number, b: number): number {
  return a - b * Math.floor(a / b)
}

function ratio(from: number, to: number) {
  const divisor = greatestCommonDivisor(from, to)
  return { advance: from / divisor, period: to / divisor }
}

function range<T>(count: number, item: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => item(n))
}
