/**
 * What the two axes of a tensor are: channels and positions of a signal [C, L], or rows [T, F] of features. A layer
 * that reads one of the two makes the same; an input may say it. What a list of sizes, a reshape or a matrix product
 * makes is undecided until the first layer reads it as one or the other, and is the same for all that follow.
 */
import { memo } from '../../../../grammar/memo'
import { isFullyConnected, isSoftmax, mergesMaps } from '../../layers/traits'
import type { Frame, GivenInput, InputNode, LayerNode, NetworkGraph, Tensor } from '../../model/graph'
import { type Shape, sameShape } from '../../model/shape'
import type { AxesKind } from '../../model/traits'

/** What decided the kind of a tensor: the layer that made it so, or read it so first; the input that says it. */
export interface Decision {
  readonly by: LayerNode | Pick<InputNode, 'kind' | 'name' | 'file'>
  readonly how: 'made' | 'read' | 'said'
  /** What the tensor was there: the other kind than where its axes have been swapped since. */
  readonly kind: AxesKind
}

/** A layer that reads tensors of two axes as the other kind. */
export interface Misreading {
  readonly node: LayerNode
  /** Which of its inputs it misreads, the first of them first. */
  readonly tensors: readonly number[]
  /** What the first of them is. */
  readonly kind: AxesKind
  readonly decided: Decision
  /** Of a layer that reads either kind, but both of its tensors as one: what decided the tensor that it meets. */
  readonly beside?: Decision
}

/** A tensor that comes into a network whose input says that it is the other kind. */
export interface Refusal {
  readonly given: GivenInput
  readonly kind: AxesKind
  readonly decided: Decision
}

export interface Axes {
  /** What a tensor is; undefined where it has not two axes, and where nothing decides it. */
  kindOf(tensor: Tensor): AxesKind | undefined
  readonly misread: readonly Misreading[]
  readonly refused: readonly Refusal[]
}

/** Tensors whose axes are the same, or swapped: a forest, each root with what its tensor is. */
interface Two {
  parent: Two | undefined
  /** Whether its axes are those of its parent swapped. */
  swapped: boolean
  kind: AxesKind | undefined
  decided: Decision | undefined
  /** A swap of the axes, or the reshape of a map, is meant: a linear layer then mixes positions as it should. */
  meant: boolean
}

/** What is known of a tensor: its two axes, or that it is a map with its channels first. */
type Known = Two | 'map' | undefined

export function otherKind(kind: AxesKind): AxesKind {
  return kind === 'rows' ? 'signal' : 'rows'
}

/** How an application reads a tensor of two axes. An axis that is named means no other, whatever the tensor is. */
export function kindRead({ layer, options }: Pick<LayerNode, 'layer' | 'options'>): AxesKind | undefined {
  const { reads } = layer.traits
  if (reads !== 'signal' && reads !== 'rows') return undefined
  return typeof options.axis === 'number' ? undefined : reads
}

/** Whether what a layer makes has the axes of what it reads, in their order. */
export function keepsAxes(node: LayerNode): boolean {
  const { layer } = node
  const { reads, activation, elementwise, training, cuts, rearranges, normalises } = layer.traits
  // However they read its axes, they leave it what it was.
  if (elementwise || activation || normalises) return true
  if (reads !== 'either') return false
  if (training || cuts || rearranges === 'places' || mergesMaps(node.layer)) return true
  return rearranges === 'shape' && isSameShape(node)
}

function isSameShape({ inputs: [input], outputs: [output] }: LayerNode): boolean {
  return input !== undefined && output !== undefined && sameShape(input.shape, output.shape)
}

export const axesOf = memo((graph: NetworkGraph): Axes => {
  /** By the id of what made a tensor, and by its index there. */
  const known: Known[][] = []
  const misread: Misreading[] = []
  for (const { node } of graph.inputs) {
    if (node?.tensor.shape.length === 2)
      known[node.id] = [node.axes ? decided(node, 'said', node.axes) : undecided()]
  }
  const refused: Refusal[] = []
  /** By run of a network: what its inputs say of tensors that are something else outside. */
  const inside = new Map<Frame, Map<Tensor, Two>>()
  /** The layers that misread a tensor, and all that rests on them. */
  const doubtful: boolean[] = []
  const knownOf = (tensor: Tensor) => known[tensor.source.id]?.[tensor.index]
  const take = (given: GivenInput) => {
    const { tensor, axes, frame } = given
    const tensorKnown = knownIn(frame.call?.frame, tensor, inside) ?? knownOf(tensor)
    if (!isTwo(tensorKnown)) return
    const { kind, decided: decision } = stateOf(tensorKnown)
    if (kind === undefined) decide(tensorKnown, axes, given, 'said')
    if (kind === undefined || kind === axes || decision === undefined) return
    refused.push({ given, kind, decided: decision })
    const tensors = inside.get(frame) ?? new Map<Tensor, Two>()
    inside.set(frame, tensors.set(tensor, decided(given, 'said', axes)))
  }
  let taken = 0
  const takeUntil = (layers: number) => {
    for (let given = graph.given[taken]; given && given.before <= layers; given = graph.given[taken]) {
      take(given)
      taken++
    }
  }
  for (const [i, node] of graph.layers.entries()) {
    takeUntil(i)
    const before = node.inputs.map((tensor) => knownIn(node.frame, tensor, inside) ?? knownOf(tensor))
    const isDoubtful = node.inputs.some(({ source }) => doubtful[source.id])
    const wrong = misreading(node, before) ?? (isDoubtful ? undefined : mixture(node, before))
    if (wrong) misread.push(wrong)
    doubtful[node.id] = isDoubtful || wrong !== undefined
    // What a signal and rows make together is neither.
    if (wrong?.beside) continue
    if (before.some((each) => each !== undefined) || node.outputs.some(({ shape }) => shape.length > 1)) {
      known[node.id] = node.outputs.map((output) => made(node, before, output))
    }
  }
  takeUntil(graph.layers.length)
  return {
    kindOf: ({ source, index }) => {
      const found = known[source.id]?.[index]
      return isTwo(found) ? stateOf(found).kind : undefined
    },
    misread,
    refused,
  }
})

/** What a tensor is by the inputs of the networks that are running, the innermost first. */
function knownIn(
  frame: Frame | undefined,
  tensor: Tensor,
  inside: ReadonlyMap<Frame, ReadonlyMap<Tensor, Two>>,
): Two | undefined {
  if (inside.size === 0) return undefined
  for (let at = frame; at; at = at.call?.frame) {
    const found = inside.get(at)?.get(tensor)
    if (found) return found
  }
  return undefined
}

/** A signal and rows that meet, where it is certain what both are: made so, or said to be so. */
function mixture(node: LayerNode, before: readonly Known[]): Misreading | undefined {
  if (!mergesMaps(node.layer)) return undefined
  let first: { readonly kind: AxesKind; readonly decided: Decision } | undefined
  for (const [i, tensor] of before.entries()) {
    if (!isTwo(tensor)) continue
    const { kind, decided } = stateOf(tensor)
    // One value for each row or channel is spread over the other tensor.
    const isSpread = node.inputs[i]?.shape.includes(1) ?? true
    if (kind === undefined || decided === undefined || decided.how === 'read' || isSpread) continue
    if (first === undefined) first = { kind, decided }
    else if (kind !== first.kind) return { node, tensors: [i], kind, decided, beside: first.decided }
  }
  return undefined
}

function undecided(): Two {
  return { parent: undefined, swapped: false, kind: undefined, decided: undefined, meant: false }
}

function decided(by: Decision['by'], how: Decision['how'], kind: AxesKind): Two {
  return { ...undecided(), kind, decided: { by, how, kind } }
}

function isTwo(known: Known): known is Two {
  return typeof known === 'object'
}

/** The root of a tensor's tree, and whether the tensor's axes are the root's swapped; the way there gets shorter. */
function rootOf(tensor: Two): { readonly root: Two; readonly swapped: boolean } {
  let root = tensor
  let swapped = false
  while (root.parent) {
    swapped = swapped !== root.swapped
    root = root.parent
  }
  let left = swapped
  for (let at = tensor; at.parent && at.parent !== root; ) {
    const { parent, swapped: was } = at
    at.parent = root
    at.swapped = left
    left = left !== was
    at = parent
  }
  return { root, swapped }
}

function stateOf(tensor: Two): { readonly kind: AxesKind | undefined; readonly decided: Two['decided'] } {
  const { root, swapped } = rootOf(tensor)
  const { kind, decided } = root
  return { kind: kind && swapped ? otherKind(kind) : kind, decided }
}

function decide(tensor: Two, kind: AxesKind, by: Decision['by'], how: 'read' | 'said' = 'read'): void {
  const { root, swapped } = rootOf(tensor)
  root.kind = swapped ? otherKind(kind) : kind
  root.decided = { by, how, kind }
}

/** Says that two tensors have the same axes, or the same swapped; what is decided of both stays as it is. */
function join(one: Two, other: Two, swapped = false): void {
  const [a, b] = [rootOf(one), rootOf(other)]
  if (a.root === b.root || (a.root.kind && b.root.kind)) return
  const [from, to] = a.root.kind ? [b.root, a.root] : [a.root, b.root]
  from.parent = to
  from.swapped = swapped !== (a.swapped !== b.swapped)
}

/** What is wrong with how a layer reads its tensors; what was undecided is then what the layer reads it as. */
function misreading(node: LayerNode, before: readonly Known[]): Misreading | undefined {
  const reads = kindRead(node)
  if (reads === undefined) return undefined
  const read = node.layer.traits.readsEach ? before : before.slice(0, 1)
  const tensors = [...read.keys()].filter((tensor) => isMisread(node, read[tensor], reads))
  const [first] = tensors
  const known = first === undefined ? undefined : read[first]
  if (!isTwo(known)) return undefined
  const { kind, decided } = stateOf(known)
  return kind && decided && { node, tensors, kind, decided }
}

/** Whether a tensor is the other kind than the layer reads; one that was undecided is what the layer reads. */
function isMisread(node: LayerNode, tensor: Known, reads: AxesKind): boolean {
  if (!isTwo(tensor) || mixesPositions(node, tensor)) return false
  const { kind } = stateOf(tensor)
  if (kind !== undefined) return kind !== reads && !(isSoftmax(node.layer) && isMeantShare(node, tensor))
  if (!isSoftmax(node.layer)) decide(tensor, reads, node)
  return false
}

/** A linear layer on axes that were swapped, or made of a map, mixes the positions (MLP-Mixer); rows stay rows. */
function mixesPositions({ layer }: LayerNode, tensor: Two): boolean {
  return isFullyConnected(layer) && tensor.meant && stateOf(tensor).kind !== 'rows'
}

/** Shares along the positions are what attention is made of: of one channel, or where the map was flattened for it. */
function isMeantShare({ inputs: [input] }: LayerNode, tensor: Two): boolean {
  return tensor.meant || input?.shape[0] === 1
}

/** What is known of a layer's output. */
function made(node: LayerNode, before: readonly Known[], { shape }: Tensor): Known {
  if (shape.length > 2) return isMap(node, before) ? 'map' : undefined
  return shape.length === 2 ? madeTwo(node, before, shape) : undefined
}

/** Whether the first axis is channels for certain: a layer has mixed them, and none has moved them since. */
function isMap(node: LayerNode, before: readonly Known[]): boolean {
  const { reads, channelwise } = node.layer.traits
  if (reads === 'signal' && !channelwise) return true
  return (reads === 'signal' || keepsAxes(node)) && before.includes('map')
}

function madeTwo(node: LayerNode, before: readonly Known[], shape: Shape): Two {
  const { rearranges, makes } = node.layer.traits
  const [first] = before
  const output = undecided()
  if (makes) return decided(node, 'made', makes)
  if (rearranges === 'axes' && isTwo(first)) {
    const isSwap = (node.options.order as readonly number[])[0] === 1
    output.meant = isSwap || first.meant
    // One value for each channel may be read as a signal along the channels (ECA-Net).
    if (!isSwap || !shape.includes(1)) join(output, first, isSwap)
    return output
  }
  if (rearranges === 'shape' && first === 'map' && node.inputs[0]?.shape[0] === shape[0]) {
    return { ...decided(node, 'made', 'signal'), meant: true }
  }
  const reads = kindRead(node)
  const passes = keepsAxes(node) || isSoftmax(node.layer) || (isTwo(first) && mixesPositions(node, first))
  if (reads !== undefined && !passes) return decided(node, 'made', reads)
  if (!passes) return output
  for (const each of before) {
    if (!isTwo(each)) continue
    output.meant ||= each.meant
    join(each, output)
  }
  return output
}
