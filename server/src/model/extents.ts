/**
 * What the values of a tensor see when its maps end where they end: a window that reaches into padding sees
 * only what lies inside. This is what a measurement on the network itself finds.
 */
import type { AxisMap } from './axis-map'
import type { Tensor } from './graph'
import type { FieldTransform } from './receptive-field'

/** For each position along the axis the first and the last input pixel that can change it; `low > high`: none. */
export interface Extents {
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** The input's size along the axis. */
  readonly pixels: number
}

/** Longer axes are not walked: a map of that size has values far from its borders. */
const MAX_POSITIONS = 8192

const known = new WeakMap<Tensor, Map<string, Extents | null>>()

/**
 * The extents of a tensor along one axis of one input; null where the order of the positions is lost on the
 * way, or an axis is too long. Costs the positions of every tensor that it depends on, once.
 */
export function extentsOf(tensor: Tensor, input: number, axis: number): Extents | null {
  const key = `${input} ${axis}`
  const of = (one: Tensor) => known.get(one)?.get(key)
  // Graphs are deeper than the call stack, so the tensors that are needed first wait on a stack of our own.
  const waiting: Tensor[] = [tensor]
  for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
    const needed =
      of(top) === undefined ? sources(top, input, axis).filter((one) => of(one) === undefined) : []
    if (needed.length > 0) {
      waiting.push(...needed)
      continue
    }
    waiting.pop()
    if (of(top) !== undefined) continue
    const found = compute(top, input, axis, (one) => of(one) ?? null)
    const all = known.get(top) ?? new Map<string, Extents | null>()
    all.set(key, found)
    known.set(top, all)
  }
  return of(tensor) ?? null
}

function along(tensor: Tensor, input: number, axis: number): number | null {
  return tensor.fields[input]?.axes[axis]?.along ?? null
}

/** Whether a tensor sees the input along the axis only locally. */
function isLocal(tensor: Tensor, input: number, axis: number): boolean {
  return (tensor.fields[input]?.axes[axis]?.strips.length ?? 0) > 0
}

/** The tensors that a tensor's extents are made from. */
function sources({ source }: Tensor, input: number, axis: number): readonly Tensor[] {
  if (source.kind === 'input') return []
  return source.inputs.filter((one, i) => isLocal(one, input, axis) && transformOf(source, i).kind !== 'none')
}

function transformOf(source: Exclude<Tensor['source'], { kind: 'input' }>, i: number): FieldTransform {
  const { field } = source
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
    const own = Array.from({ length: count }, (_, n) => n)
    return { low: own, high: own, pixels: count }
  }
  const low = new Array<number>(count).fill(Number.POSITIVE_INFINITY)
  const high = new Array<number>(count).fill(Number.NEGATIVE_INFINITY)
  let pixels = 0
  for (const [i, from] of source.inputs.entries()) {
    const transform = transformOf(source, i)
    if (!isLocal(from, input, axis) || transform.kind === 'none' || transform.kind === 'global') continue
    const seen = of(from)
    const fromAxis = along(from, input, axis)
    if (seen === null || fromAxis === null) return null
    const map = transform.kind === 'maps' ? transform.maps[fromAxis] : undefined
    if (map?.kind === 'whole') continue
    if (map?.kind === 'affine') return null
    pixels = seen.pixels
    const size = seen.low.length
    for (let n = 0; n < count; n++) {
      for (const tap of taps(map, n, size)) {
        if (tap < 0 || tap >= size) continue
        low[n] = Math.min(low[n] as number, seen.low[tap] as number)
        high[n] = Math.max(high[n] as number, seen.high[tap] as number)
      }
    }
  }
  return pixels === 0 ? null : { low, high, pixels }
}

/** The positions of a map of `size` that output n reads; the one position of a map of size 1 is read by all. */
function taps(map: Exclude<AxisMap, { kind: 'whole' | 'affine' }> | undefined, n: number, size: number) {
  if (map === undefined) return [size === 1 ? 0 : n]
  if (map.kind === 'periodic') {
    const period = map.taps.length
    const shift = map.advance * Math.floor(n / period)
    return (map.taps[n % period] as readonly number[]).map((tap) => tap + shift)
  }
  const { kernel, stride, begin, dilation } = map
  const first = stride * n - begin
  const skipped = Math.max(0, Math.ceil(-first / dilation))
  const last = Math.min(kernel - 1, Math.floor((size - 1 - first) / dilation))
  // All of them: a value between may see further than one at an end, which may see nothing at all.
  return Array.from({ length: Math.max(0, last - skipped + 1) }, (_, j) => first + dilation * (skipped + j))
}
