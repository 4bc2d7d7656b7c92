/** Layers of stride 1 that are stacked on one map, and what their outputs read of it. */
import { windowOptionsOf } from '../../layers/window'
import type { AxisMap } from '../../model/axis-map'
import type { LayerNode, Tensor } from '../../model/graph'
import type { OutputTransform } from '../../model/receptive-field'
import { transformOf } from '../../model/seen'
import type { SurveyedNetwork } from '../frame/survey'
import { filled, OWN, type Taps, throughWindow, union } from './taps'

/** What the values of a tensor read of the map on which the layers before it are stacked. */
export interface Stack {
  /** A number of that map's own. */
  readonly start: number
  /** One for each spatial axis. */
  readonly taps: readonly Taps[]
  /** The last of the stacked layers whose kernel is larger than one, with those before it. */
  readonly last?: Stacked
  /** The layer that left holes which no layer after it has filled, and what was read before it. */
  readonly opened?: { readonly by: LayerNode; readonly axis: number; readonly before: Taps }
  /** It is a merge of different dilations side by side, and nothing is stacked on it yet. */
  readonly pyramid?: true
}

interface Stacked {
  readonly node: LayerNode
  readonly before: Stacked | undefined
  readonly count: number
}

type WindowMap = Extract<AxisMap, { kind: 'window' }>

/**
 * The stacks of a network that end with holes in what they read. A stack begins with the network's input, or with a map
 * that a stride, a resampling or a merge of maps of different stacks has made; it ends where no more layer is
 * stacked on it.
 */
export function stacksWithHoles({ graph, readers, isOutput }: SurveyedNetwork): readonly Stack[] {
  const found: Stack[] = []
  const stacks: Stack[] = []
  const continued: boolean[] = []
  const of = (tensor: Tensor) => (tensor.index === 0 && stacks[tensor.source.id]) || fresh(tensor)
  for (const node of graph.layers) {
    const [output] = node.outputs
    if (output === undefined) continue
    const parts: { readonly before: Tensor; readonly stack: Stack }[] = []
    let strided = false
    for (const [i, tensor] of node.inputs.entries()) {
      if (isSpread(tensor, output)) continue
      const windows = windowsOf(transformOf(node, i), tensor)
      const stack = windows && grown(of(tensor), windows, node)
      if (stack === undefined) continue
      parts.push({ before: tensor, stack })
      strided ||= windows?.some(({ stride }) => stride !== 1) ?? false
    }
    const merged = node.outputs.length === 1 ? merge(parts.map(({ stack }) => stack)) : undefined
    if (merged === undefined) continue
    for (const { before } of parts) continued[before.source.id] = true
    if (!strided) stacks[node.id] = merged
    else if (merged.opened) found.push(merged)
  }
  for (const node of graph.layers) {
    const [output] = node.outputs
    const stack = stacks[node.id]
    if (!stack?.opened || continued[node.id] || output === undefined) continue
    if (isOutput(output) || readers(output).length > 0) found.push(stack)
  }
  return found
}

function fresh({ source, index, shape }: Tensor): Stack {
  // One number for each tensor: no layer has as many outputs.
  return { start: source.id * 4096 + index, taps: shape.slice(1).map(() => OWN) }
}

/** Whether a tensor is one value for all positions of a map, such as the gate of a squeeze and excitation. */
function isSpread(tensor: Tensor, output: Tensor): boolean {
  return tensor.shape.slice(1).every((size) => size === 1) && output.shape.slice(1).some((size) => size > 1)
}

const NO_WINDOWS: readonly WindowMap[] = []

/** The windows along the spatial axes, none where each value is read alone; undefined where it is no such layer. */
function windowsOf(transform: OutputTransform, { shape }: Tensor): readonly WindowMap[] | undefined {
  if (transform.kind === 'pointwise') return NO_WINDOWS
  if (transform.kind !== 'maps' || transform.to !== undefined) return undefined
  const windows = transform.maps.slice(1).flatMap((map) => (map.kind === 'window' ? [map] : []))
  return windows.length === shape.length - 1 ? windows : undefined
}

function grown(stack: Stack, windows: readonly WindowMap[], node: LayerNode): Stack | undefined {
  if (windows.every(({ kernel, begin, stride }) => kernel === 1 && begin === 0 && stride === 1)) return stack
  const taps: Taps[] = []
  for (const [axis, window] of windows.entries()) {
    const through = throughWindow(stack.taps[axis] as Taps, window)
    if (through === undefined) return undefined
    taps.push(through)
  }
  const { start, last: before } = stack
  const grows = windows.some(({ kernel }) => kernel > 1)
  const last = grows ? { node, before, count: (before?.count ?? 0) + 1 } : before
  const axis = taps.findIndex((each) => each.length > 1)
  const opened = axis < 0 ? undefined : (stack.opened ?? { by: node, axis, before: stack.taps[axis] as Taps })
  return { start, taps, ...(last && { last }), ...(opened && { opened }) }
}

/** What merging paths read together; undefined where they are stacked on different maps. */
function merge(stacks: readonly Stack[]): Stack | undefined {
  const [first, ...others] = stacks
  let merged = first
  for (const stack of others) {
    if (merged === undefined || stack.start !== merged.start) return undefined
    if (stack === merged) continue
    const { start } = merged
    const taps = merged.taps.map((each, axis) => union(each, stack.taps[axis] as Taps))
    const opened = taps.some((each) => each.length > 1) ? (merged.opened ?? stack.opened) : undefined
    if (opened && isPyramid(merged, stack)) {
      const last = longer(merged, stack)
      merged = { start, taps: taps.map(filled), pyramid: true, ...(last && { last }) }
      continue
    }
    // The dilations that are shown are those of the path that has the holes.
    const last = longer(...[merged, stack].filter((each) => opened === undefined || each.opened === opened))
    merged = { start, taps, ...(last && { last }), ...(opened && { opened }) }
  }
  return merged
}

/** Whether layers of different dilations have left holes side by side. */
function isPyramid(a: Stack, b: Stack): boolean {
  const [one, other] = [a.opened, b.opened]
  if (one === undefined || other === undefined) return a.pyramid === true || b.pyramid === true
  const dilationOf = ({ by, axis }: NonNullable<Stack['opened']>) => windowOptionsOf(by).dilation?.[axis]
  return one.by !== other.by && dilationOf(one) !== dilationOf(other)
}

function longer(...stacks: readonly Stack[]): Stacked | undefined {
  return stacks.reduce<Stacked | undefined>(
    (longest, { last }) => ((last?.count ?? 0) > (longest?.count ?? 0) ? last : longest),
    undefined,
  )
}
