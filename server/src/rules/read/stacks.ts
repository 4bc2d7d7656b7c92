/** Layers that are stacked on one map, and what their outputs read of it. */
import type { AxisMap } from '../../model/axis-map'
import type { LayerNode, Tensor } from '../../model/graph'
import type { OutputTransform } from '../../model/receptive-field'
import { transformOf } from '../../model/seen'
import type { SurveyedNetwork } from '../frame/survey'
import { isSinglePosition } from './single-position'
import { filled, OWN, type Taps, throughWindow, union } from './taps'

/** What the values of a tensor read of the map on which the layers before it are stacked. */
export interface Stack {
  /** A number of that map's own. */
  readonly start: number
  /** One for each spatial axis. */
  readonly taps: readonly Taps[]
  /** How far neighbours of the tensor lie apart on that map, for each axis. */
  readonly steps: readonly number[]
  /** The last of the layers on this map, before a merge with others, whose kernel is larger than one. */
  readonly last?: Stacked
  /** For each axis the layer that left holes which no layer after it has filled. */
  readonly opened: readonly (Opened | undefined)[]
  /** It is a merge of different dilations side by side, and nothing is stacked on it yet. */
  readonly pyramid?: true
}

interface Opened {
  readonly by: LayerNode
  /** How many neighbours were read without a hole before it. */
  readonly before: number
  readonly dilation: number
}

interface Stacked {
  readonly node: LayerNode
  readonly before: Stacked | undefined
  readonly count: number
}

type WindowMap = Extract<AxisMap, { kind: 'window' }>

/** No more stacks with holes are followed beyond the map on which they began. */
const MOST_OPEN = 8

/**
 * The stacks of a network that end with holes in what they read. A stack begins with the network's input, or with a map
 * that a stride, a resampling or a merge of maps of different stacks has made. One with holes is followed through
 * strides and merges, since layers behind them may fill the holes; it ends where no more layer is stacked on it.
 */
export function stacksWithHoles({ graph, readers, isOutput }: SurveyedNetwork): readonly Stack[] {
  /** By layer: the stack on the nearest map, then those with holes that began before it. */
  const stacks: (readonly Stack[])[] = []
  const continued: boolean[] = []
  const uniform: boolean[] = []
  const of = (tensor: Tensor) => (tensor.index === 0 && stacks[tensor.source.id]) || [fresh(tensor)]
  const isUniform = (tensor: Tensor) => uniform[tensor.source.id] === true || isSinglePosition(tensor)
  for (const node of graph.layers) {
    const [output, ...others] = node.outputs
    if (output === undefined || others.length > 0) continue
    uniform[node.id] = staysUniform(node, isUniform)
    const near = new Set<number>()
    const grown: Stack[] = []
    let strided = false
    for (const [i, tensor] of node.inputs.entries()) {
      // One value for all positions, such as a gate or a pooling of the whole map, leaves no position out.
      if (isUniform(tensor) && !isSinglePosition(output)) continue
      const windows = windowsOf(transformOf(node, i), tensor)
      const next =
        windows && of(tensor).flatMap((stack, rank) => throughLayer(stack, windows, node, rank === 0) ?? [])
      const [nearest] = next ?? []
      if (next === undefined || nearest === undefined) continue
      continued[tensor.source.id] = true
      near.add(nearest.start)
      grown.push(...next)
      strided ||= windows?.some(({ stride }) => stride !== 1) ?? false
    }
    if (grown.length === 0) continue
    const merged = mergeAlike(grown)
    const isOnOneMap = near.size === 1 && !strided
    const first = isOnOneMap ? (merged[0] as Stack) : fresh(output)
    const open = merged.filter((stack) => stack !== first && hasHoles(stack))
    stacks[node.id] = [first, ...open.slice(0, MOST_OPEN)]
  }
  return graph.layers.flatMap(({ id, outputs: [output] }) => {
    const ends = !continued[id] && output !== undefined && (isOutput(output) || readers(output).length > 0)
    return ends ? (stacks[id] ?? []).filter(hasHoles) : []
  })
}

function fresh({ source, index, shape }: Tensor): Stack {
  const axes = shape.slice(1)
  // One number for each tensor: no layer has as many outputs.
  const start = source.id * 4096 + index
  return { start, taps: axes.map(() => OWN), steps: axes.map(() => 1), opened: [] }
}

function hasHoles({ opened }: Stack): boolean {
  return opened.some((each) => each !== undefined)
}

/** Whether all positions of what a layer makes are alike, as those of what it reads are. */
function staysUniform(node: LayerNode, isUniform: (tensor: Tensor) => boolean): boolean {
  const { enlarges, window } = node.layer.traits
  let found = false
  for (const [i, tensor] of node.inputs.entries()) {
    const transform = transformOf(node, i)
    if (transform.kind === 'none') continue
    const keeps =
      (enlarges !== undefined && window === undefined) || readsItself(windowsOf(transform, tensor))
    if (!keeps || !isUniform(tensor)) return false
    found = true
  }
  return found
}

const NO_WINDOWS: readonly WindowMap[] = []

/** The windows along the spatial axes, none where each value is read alone; undefined where it is no such layer. */
function windowsOf(transform: OutputTransform, { shape }: Tensor): readonly WindowMap[] | undefined {
  if (transform.kind === 'pointwise') return NO_WINDOWS
  if (transform.kind !== 'maps' || transform.to !== undefined) return undefined
  const windows = transform.maps.slice(1).flatMap((map) => (map.kind === 'window' ? [map] : []))
  return windows.length === shape.length - 1 ? windows : undefined
}

/** Whether each value is read alone. */
function readsItself(windows: readonly WindowMap[] | undefined): boolean {
  return windows?.every(({ kernel, begin, stride }) => kernel === 1 && begin === 0 && stride === 1) ?? false
}

/** What is read through a layer; on the nearest map the layer is one of the stack. */
function throughLayer(
  stack: Stack,
  windows: readonly WindowMap[],
  node: LayerNode,
  isNearest: boolean,
): Stack | undefined {
  if (readsItself(windows)) return stack
  const taps: Taps[] = []
  const steps: number[] = []
  const opened: (Opened | undefined)[] = []
  for (const [axis, { kernel, dilation, begin, stride }] of windows.entries()) {
    const before = stack.taps[axis] as Taps
    const step = stack.steps[axis] as number
    const through = throughWindow(before, { kernel, dilation: dilation * step, begin: begin * step })
    if (through === undefined) return undefined
    taps.push(through)
    steps.push(step * stride)
    opened.push(through.length > 1 ? (stack.opened[axis] ?? opening(node, before, dilation)) : undefined)
  }
  const { start, last: before } = stack
  const grows = isNearest && windows.some(({ kernel }) => kernel > 1)
  const last = grows ? { node, before, count: (before?.count ?? 0) + 1 } : before
  return { start, taps, steps, opened, ...(last && { last }) }
}

/** Holes between paths that are shifted against each other are no layer's. */
function opening(by: LayerNode, [run, ...others]: Taps, dilation: number): Opened | undefined {
  return run && others.length === 0 ? { by, before: run[1] - run[0] + 1, dilation } : undefined
}

/** The stacks with those that are on one map taken together, in the order of the first of each. */
function mergeAlike(stacks: readonly Stack[]): readonly Stack[] {
  const merged = new Map<string, Stack>()
  for (const stack of stacks) {
    const key = `${stack.start} ${stack.steps.join(' ')}`
    const other = merged.get(key)
    merged.set(key, other === undefined || other === stack ? stack : merge(other, stack))
  }
  return [...merged.values()]
}

/** What paths on one map read together. */
function merge(one: Stack, other: Stack): Stack {
  const { start, steps } = one
  const taps = one.taps.map((each, axis) => union(each, other.taps[axis] as Taps))
  const opened = taps.map((each, axis) =>
    each.length > 1 ? (one.opened[axis] ?? other.opened[axis]) : undefined,
  )
  const axis = opened.findIndex((each) => each !== undefined)
  if (axis >= 0 && isPyramid(one, other)) {
    const last = longer(one, other)
    return { start, steps, taps: taps.map(filled), opened: [], pyramid: true, ...(last && { last }) }
  }
  // The dilations that are shown are those of the path that has the holes.
  const last = longer(...[one, other].filter((each) => axis < 0 || each.opened[axis] === opened[axis]))
  return { start, steps, taps, opened, ...(last && { last }) }
}

/** Whether layers of different dilations have left holes side by side. */
function isPyramid(one: Stack, other: Stack): boolean {
  if (one.pyramid || other.pyramid) return true
  return one.opened.some((a, axis) => {
    const b = other.opened[axis]
    return a !== undefined && b !== undefined && a.by !== b.by && a.dilation !== b.dilation
  })
}

function longer(...stacks: readonly Stack[]): Stacked | undefined {
  return stacks.reduce<Stacked | undefined>(
    (longest, { last }) => ((last?.count ?? 0) > (longest?.count ?? 0) ? last : longest),
    undefined,
  )
}
