/**
 * Regions that no short period describes: behind a seam, where maps were joined along the axis, and where periods that
 * do not divide each other have met. They are told one by one on a stretch of positions, and by runs on both sides.
 */
import { type AxisMap, tapsAt } from './axis-map'
import { edge, mapStrip, mergeStrips, rate, type Strip, shiftStrip } from './strip'

/** The regions of all positions along one axis. */
export interface Regions {
  /**
   * Runs that contain the regions: exactly where there is no stretch. One a rate; several where paths of different strides
   * merged, none when everything is seen.
   */
  readonly strips: readonly Strip[]
  readonly stretch?: Stretch
}

interface Stretch {
  /** The runs of the positions before `from`; none where these see nothing. */
  readonly before: readonly Strip[]
  /** The position of the first entry of `low` and `high`, the first and last pixel seen; low above high: nothing. */
  readonly from: number
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** The runs of the positions behind the stretch. */
  readonly after: readonly Strip[]
  /** Maps were joined along the axis: the regions move by no one step. */
  readonly seam: boolean
}

type LocalMap = Exclude<AxisMap, { kind: 'whole' }>

type Edges = readonly [low: number, high: number]

/** Longer stretches are not told one by one: their runs alone bound them. */
const MAX_STRETCH = 1 << 16
/** How many inputs may be read to tell a stretch. */
const MAX_READS = 1 << 21
/** Inputs between taps, or between windows, that are further apart are not read. */
const MAX_GAP = 64
/** Positions on both sides of a map that later padding may read, beyond as many as the map has. */
const MARGIN = 64

/** The first and the last pixel that position n sees, borders aside. */
export function regionAt({ strips, stretch }: Regions, n: number): Edges {
  if (stretch === undefined) return regionIn(strips, n)
  const { before, from, low, high, after } = stretch
  if (n < from) return regionIn(before, n)
  if (n >= from + low.length) return regionIn(after, n)
  return [low[n - from] as number, high[n - from] as number]
}

function regionIn(strips: readonly Strip[], n: number): Edges {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const strip of strips) {
    const first = edge(strip, 'low', n)
    const last = edge(strip, 'high', n)
    if (first > last) continue
    low = Math.min(low, first)
    high = Math.max(high, last)
  }
  return [low, high]
}

/** What the outputs of a map see; it has `count` positions. */
export function mapRegions(regions: Regions, map: LocalMap, count: number): Regions {
  const strips = mapAll(regions.strips, map)
  const { stretch } = regions
  if (map.kind === 'part') return partOf(regions, map)
  if (stretch === undefined && !strips.some(({ bounds }) => bounds)) return { strips }
  const before = stretch === undefined ? strips : mapAll(stretch.before, map)
  const after = stretch === undefined ? strips : mapAll(stretch.after, map)
  const [least, most] = [-count - MARGIN, 2 * count + MARGIN]
  let [from, to] = [least, most]
  if (stretch !== undefined) {
    const { low, high, step } = reach(map)
    const [start, end] = [stretch.from, stretch.from + stretch.low.length]
    from = Math.max(least, Math.min(most, Math.floor((start - high) / step)))
    to = Math.max(from, Math.min(most, Math.ceil((end - low) / step) + 1))
  }
  const { low, high, step } = reach(map)
  const reads = map.kind === 'window' ? map.kernel : high - low + step
  if (to - from > MAX_STRETCH || (to - from) * reads > MAX_READS) return { strips }
  const told =
    map.kind === 'window' && map.dilation <= MAX_GAP && map.stride <= MAX_GAP
      ? throughWindow(regions, map, from, to)
      : tell(from, to, (n) => unionAt(regions, tapsAt(map, n)))
  return trimmed(strips, { before, from, ...told, after, seam: stretch?.seam ?? false })
}

/** The same as reading every tap alone, with each input read once. */
function throughWindow(
  regions: Regions,
  { kernel, stride, begin, dilation }: Extract<AxisMap, { kind: 'window' }>,
  from: number,
  to: number,
): Pick<Stretch, 'low' | 'high'> {
  const start = stride * from - begin
  const inputs = tell(start, stride * (to - 1) - begin + dilation * (kernel - 1) + 1, (n) =>
    regionAt(regions, n),
  )
  const low: number[] = []
  const high: number[] = []
  for (let n = from; n < to; n++) {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    const own = stride * (n - from)
    for (let j = 0; j < kernel; j++) {
      const at = own + dilation * j
      first = Math.min(first, inputs.low[at] as number)
      last = Math.max(last, inputs.high[at] as number)
    }
    low.push(first)
    high.push(last)
  }
  return { low, high }
}

function mapAll(strips: readonly Strip[], map: LocalMap): readonly Strip[] {
  return strips.map((strip) => mapStrip(strip, map))
}

/** Output n reads inputs from `step·n + low` to `step·n + high`. */
function reach(map: Exclude<LocalMap, { kind: 'part' }>): { low: number; high: number; step: number } {
  switch (map.kind) {
    case 'window': {
      const { kernel, stride, begin, dilation } = map
      return { low: -begin, high: dilation * (kernel - 1) - begin, step: stride }
    }
    case 'affine':
      return { low: map.low, high: map.high, step: map.rate }
    case 'periodic': {
      const step = map.advance / map.taps.length
      let [low, high] = [0, 0]
      for (const [n, taps] of map.taps.entries()) {
        for (const tap of taps) {
          low = Math.min(low, tap - n * step)
          high = Math.max(high, tap - n * step)
        }
      }
      return { low, high, step }
    }
  }
}

/** One of the maps that are joined, at its place. */
function partOf(regions: Regions, { begin, from, to }: Extract<AxisMap, { kind: 'part' }>) {
  const { stretch } = regions
  const moved = (strips: readonly Strip[]) => strips.map((strip) => shiftStrip(strip, begin))
  const strips = moved(regions.strips)
  const [isFirst, isLast] = [!Number.isFinite(from), !Number.isFinite(to)]
  if (isFirst && isLast && stretch === undefined) return { strips }
  const [start, end] = stretch
    ? [stretch.from + begin, stretch.from + stretch.low.length + begin]
    : [to, from]
  const first = isFirst ? Math.min(start, to) : from
  const last = isLast ? Math.max(end, first) : to
  // Of a long map the runs alone are told.
  if (last - first > MAX_STRETCH) return { strips }
  return {
    strips,
    stretch: {
      before: isFirst ? moved(stretch?.before ?? regions.strips) : [],
      from: first,
      ...tell(first, last, (n) => regionAt(regions, n - begin)),
      after: isLast ? moved(stretch?.after ?? regions.strips) : [],
      seam: true,
    },
  }
}

/** What the positions of two maps that meet see together. */
export function mergeRegions(own: Regions, other: Regions): Regions {
  const strips = mergeStrips(own.strips, other.strips)
  const [a, b] = [own.stretch, other.stretch]
  if (a === undefined && b === undefined && !strips.some(({ bounds }) => bounds)) {
    return strips === own.strips ? own : { strips }
  }
  const both = [a, b].filter((each) => each !== undefined)
  const from = both.length === 0 ? -MERGED : Math.min(...both.map((each) => each.from))
  const to = both.length === 0 ? MERGED : Math.max(...both.map((each) => each.from + each.low.length))
  if (to - from > MAX_STRETCH) return { strips }
  const before = mergeStrips(a?.before ?? own.strips, b?.before ?? other.strips)
  const after = mergeStrips(a?.after ?? own.strips, b?.after ?? other.strips)
  const told = tell(from, to, (n) => joined(regionAt(own, n), regionAt(other, n)))
  return trimmed(strips, { before, from, ...told, after, seam: both.some(({ seam }) => seam) })
}

/** Positions on both sides of 0 that are told where two runs meet whose periods do not divide each other. */
const MERGED = 1 << 12

function joined(a: Edges, b: Edges): Edges {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])]
}

function unionAt(regions: Regions, taps: readonly number[]): Edges {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const tap of taps) {
    const [first, last] = regionAt(regions, tap)
    low = Math.min(low, first)
    high = Math.max(high, last)
  }
  return [low, high]
}

/** The regions of positions `from` to `to` − 1. */
function tell(from: number, to: number, region: (n: number) => Edges): Pick<Stretch, 'low' | 'high'> {
  const low: number[] = []
  const high: number[] = []
  for (let n = from; n < to; n++) {
    const [first, last] = region(n)
    low.push(first)
    high.push(last)
  }
  return { low, high }
}

/** Without those ends of a stretch that the runs tell as well; without any where one run tells it all. */
function trimmed(strips: readonly Strip[], stretch: Stretch): Regions {
  const { before, from, low, high, after, seam } = stretch
  if (!seam) return { strips, stretch }
  const follows = (side: readonly Strip[], i: number) => {
    const [first, last] = regionIn(side, from + i)
    return (
      (first > last && (low[i] as number) > (high[i] as number)) || (first === low[i] && last === high[i])
    )
  }
  let start = 0
  while (start < low.length && follows(before, start)) start++
  let end = low.length
  while (end > start && follows(after, end - 1)) end--
  if (start === end && sameRuns(before, after)) return { strips: before }
  return {
    strips,
    stretch: {
      before,
      from: from + start,
      low: low.slice(start, end),
      high: high.slice(start, end),
      after,
      seam,
    },
  }
}

function sameRuns(a: readonly Strip[], b: readonly Strip[]): boolean {
  if (a.length !== 1 || b.length !== 1) return false
  const [one, other] = [a[0] as Strip, b[0] as Strip]
  if (one.bounds || other.bounds || rate(one) !== rate(other)) return false
  for (let n = 0; n < Math.max(one.low.length, other.low.length); n++) {
    if (edge(one, 'low', n) !== edge(other, 'low', n) || edge(one, 'high', n) !== edge(other, 'high', n)) {
      return false
    }
  }
  return true
}
