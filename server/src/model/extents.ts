/**
 * What the values of a tensor see when its maps end where they end: a window that reaches into padding sees
 * only what lies inside. This is what a measurement on the network itself finds.
 */
import type { AxisMap } from './axis-map'
import type { LayerNode, Tensor } from './graph'
import type { FieldTransform } from './receptive-field'

/** For each position along the axis the first and the last input pixel that can change it; `low > high`: none. */
export interface Extents {
  readonly low: Int32Array
  readonly high: Int32Array
  /** 1 where a dilated window on the way leaps beyond both borders of its map: it is no measure of that window. */
  readonly cut?: Uint8Array
  /** The input's size along the axis. */
  readonly pixels: number
}

const NOTHING = 0x7fffffff

/** Longer axes are not walked: a map of that size has values far from its borders. */
const MAX_POSITIONS = 8192

/** By tensor, and in the list by input and axis. */
const known = new WeakMap<Tensor, (Extents | null | undefined)[]>()

/** More axes than any input has. */
const AXES = 4

/**
 * The extents of a tensor along one axis of one input; null where the order of the positions is lost on the
 * way, or an axis is too long. Costs the positions of every tensor that it depends on, once.
 */
export function extentsOf(tensor: Tensor, input: number, axis: number): Extents | null {
  if (axis > 0 && isLikeAxisBefore(tensor, input, axis)) return extentsOf(tensor, input, axis - 1)
  const slot = input * AXES + axis
  const of = (one: Tensor) => known.get(one)?.[slot]
  // Graphs are deeper than the call stack, so the tensors that are needed first wait on a stack of our own.
  const waiting: Tensor[] = [tensor]
  for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
    let all = known.get(top)
    if (all === undefined) {
      all = []
      known.set(top, all)
    }
    if (all[slot] === undefined && !pushMissing(top, input, axis, of, waiting)) {
      all[slot] = compute(top, input, axis, (one) => of(one) ?? null)
    }
    if (all[slot] !== undefined) waiting.pop()
  }
  return of(tensor) ?? null
}

/** Square maps of a square input, through the same layers, see the same along both axes. */
function isLikeAxisBefore({ fields, shape }: Tensor, input: number, axis: number): boolean {
  const [before, own] = [fields[input]?.axes[axis - 1], fields[input]?.axes[axis]]
  if (!before || !own || before.along === null || own.along === null) return false
  return (
    before.strips === own.strips && before.pixels === own.pixels && shape[before.along] === shape[own.along]
  )
}

/** Puts the tensors that are needed first, and are not known yet, on the stack; false when there are none. */
function pushMissing(
  { source }: Tensor,
  input: number,
  axis: number,
  of: (tensor: Tensor) => Extents | null | undefined,
  waiting: Tensor[],
): boolean {
  if (source.kind === 'input') return false
  const before = waiting.length
  for (const [i, one] of source.inputs.entries()) {
    if (of(one) !== undefined || !isLocal(one, input, axis)) continue
    if (transformOf(source, i).kind !== 'none') waiting.push(one)
  }
  return waiting.length > before
}

function along(tensor: Tensor, input: number, axis: number): number | null {
  return tensor.fields[input]?.axes[axis]?.along ?? null
}

/** Whether a tensor sees the input along the axis only locally. */
function isLocal(tensor: Tensor, input: number, axis: number): boolean {
  return (tensor.fields[input]?.axes[axis]?.strips.length ?? 0) > 0
}

/** How a layer transforms what its tensor number `i` sees. */
export function transformOf({ field }: Pick<LayerNode, 'field'>, i: number): FieldTransform {
  return (Array.isArray(field) ? field[i] : field) ?? { kind: 'pointwise' }
}

function compute(
  tensor: Tensor,
  input: number,
  axis: number,
  of: (tensor: Tensor) => Extents | null,
): Extents | null {
  const { source } = tensor
  const at = along(tensor, input, axis)
  const count = at === null ? undefined : tensor.shape[at]
  if (at === null || count === undefined || count > MAX_POSITIONS) return null
  if (source.kind === 'input') {
    const own = Int32Array.from({ length: count }, (_, n) => n)
    return { low: own, high: own, pixels: count }
  }
  let result: Growing | undefined
  const local = source.inputs.filter((one) => isLocal(one, input, axis))
  for (const [i, from] of source.inputs.entries()) {
    const transform = transformOf(source, i)
    if (!isLocal(from, input, axis) || transform.kind === 'none' || transform.kind === 'global') continue
    const seen = of(from)
    const fromAxis = along(from, input, axis)
    if (seen === null || fromAxis === null) return null
    const map = transform.kind === 'maps' ? transform.maps[fromAxis] : undefined
    if (map?.kind === 'whole') continue
    if (map?.kind === 'affine') return null
    // A layer that works on each position alone leaves what its one tensor sees as it is.
    if (map === undefined && local.length === 1 && seen.low.length === count) return seen
    result ??= {
      low: new Int32Array(count).fill(NOTHING),
      high: new Int32Array(count).fill(-1),
      pixels: seen.pixels,
    }
    if (map === undefined) growPointwise(result, seen)
    else if (map.kind === 'periodic') growPeriodic(result, seen, map)
    else growWindow(result, seen, map)
  }
  return result ?? null
}

type Growing = { -readonly [K in keyof Extents]: Extents[K] }

/** Position n also sees what position `tap` of `seen` sees. */
function grow(result: Growing, n: number, seen: Extents, tap: number): void {
  if ((seen.low[tap] as number) < (result.low[n] as number)) result.low[n] = seen.low[tap] as number
  if ((seen.high[tap] as number) > (result.high[n] as number)) result.high[n] = seen.high[tap] as number
  if (seen.cut?.[tap]) markCut(result, n)
}

function markCut(result: Growing, n: number): void {
  result.cut ??= new Uint8Array(result.low.length)
  result.cut[n] = 1
}

/** The one position of a map of size 1 is read by all. */
function growPointwise(result: Growing, seen: Extents): void {
  const spread = seen.low.length === 1
  for (let n = 0; n < result.low.length; n++) grow(result, n, seen, spread ? 0 : n)
}

function growPeriodic(
  result: Growing,
  seen: Extents,
  { taps, advance }: Extract<AxisMap, { kind: 'periodic' }>,
) {
  const size = seen.low.length
  for (let n = 0; n < result.low.length; n++) {
    const shift = advance * Math.floor(n / taps.length)
    for (const tap of taps[n % taps.length] as readonly number[]) {
      if (tap + shift >= 0 && tap + shift < size) grow(result, n, seen, tap + shift)
    }
  }
}

function growWindow(result: Growing, seen: Extents, window: Extract<AxisMap, { kind: 'window' }>): void {
  const { kernel, stride, begin, dilation } = window
  const size = seen.low.length
  for (let n = 0; n < result.low.length; n++) {
    const first = stride * n - begin
    const from = Math.max(0, Math.ceil(-first / dilation))
    const to = Math.min(kernel - 1, Math.floor((size - 1 - first) / dilation))
    // All of them: a value between may see further than one at an end, which may see nothing at all.
    for (let j = from; j <= to; j++) grow(result, n, seen, first + dilation * j)
    if (dilation > 1 && from > 0 && to < kernel - 1) markCut(result, n)
  }
}
