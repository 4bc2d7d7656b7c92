/** What a tensor sees of the network's inputs: its receptive field, and what the borders leave of it. */
import { type Extents, itself } from './extents'
import type { InputNode, LayerNode, NetworkGraph, Tensor } from './graph'
import { type MeasuredField, measureField, type SeenField } from './measure-field'
import { mostSeen, type Piece, transformed, withPiece } from './pieces'
import { type OutputTransform, transformFor } from './receptive-field'
import type { Shape } from './shape'

export type Inputs = Pick<NetworkGraph, 'inputs'>

/**
 * What a tensor sees of the network's input number `input`: null when it does not depend on it, or the input
 * has no spatial axes.
 */
function fieldOfInput(tensor: Tensor, input: number): MeasuredField | 'global' | null {
  const field = tensor.fields[input]
  return field ? measureField(field, tensor.shape) : null
}

/** The same with what the borders leave of it. Costs the positions of every tensor that this one depends on, once. */
export function seenOfInput(tensor: Tensor, input: number): SeenField | 'global' | null {
  const field = fieldOfInput(tensor, input)
  return field === null || field === 'global' ? field : { ...field, seen: seenAlong(tensor, input, field) }
}

/** The receptive field that is meant when no input is named: that of the first input with spatial axes. */
export function receptiveField(tensor: Tensor, graph: Inputs): MeasuredField | 'global' | null {
  return fieldOfInput(tensor, firstSpatial(graph))
}

/** The same with what the borders leave of it. */
export function seenField(tensor: Tensor, graph: Inputs): SeenField | 'global' | null {
  return seenOfInput(tensor, firstSpatial(graph))
}

function firstSpatial(graph: Inputs): number {
  return graph.inputs.findIndex(({ node }) => node !== undefined && node.tensor.shape.length > 1)
}

function seenAlong(tensor: Tensor, input: number, { size }: MeasuredField): SeenField['seen'] {
  const field = tensor.fields[input]
  if (!field || field.repeated) return size.map(() => null)
  const pieces = piecesOf(tensor, input)
  return field.axes.map(({ strips, pixels }, axis) => {
    if (strips.length === 0) return null
    const most = pieces && mostSeen(pieces, axis, originOf(tensor).shape)
    return most ?? Math.min(size[axis] as number, pixels)
  })
}

/** How a layer transforms what its tensor number `i` sees, for its output number `output`. */
export function transformOf({ field }: Pick<LayerNode, 'field'>, i: number, output = 0): OutputTransform {
  return transformFor(field, i, output)
}

/** The tensor whose values this one has, under another shape or in another order of the axes. */
function originOf(tensor: Tensor): Tensor {
  let at = tensor
  while (at.source.kind === 'layer' && at.source.inputs.length === 1) {
    const { kind } = transformOf(at.source, 0)
    if (kind !== 'regroup' && kind !== 'move') break
    at = at.source.inputs[0] as Tensor
  }
  return at
}

type Pieces = readonly Piece[] | null

/** By tensor, and in the list by input. */
const known = new WeakMap<Tensor, (Pieces | undefined)[]>()

/** The pieces of a tensor for one input; null where they are too long to be told. */
function piecesOf(tensor: Tensor, input: number): Pieces {
  const of = (one: Tensor) => known.get(one)?.[input]
  const origin = originOf(tensor)
  // Graphs are deeper than the call stack, so the tensors that are needed first wait on a stack of our own.
  const waiting: Tensor[] = [origin]
  for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
    const all = known.get(top) ?? []
    known.set(top, all)
    const missing = all[input] === undefined ? missingFor(top, input, of) : []
    if (missing.length > 0) waiting.push(...missing)
    else {
      all[input] ??= compute(top, input, (one) => of(one) ?? null)
      if (all[input] === undefined) all[input] = null
      waiting.pop()
    }
  }
  return of(origin) ?? null
}

/** The tensors that are needed first and are not known yet. */
function missingFor(
  { source }: Tensor,
  input: number,
  of: (tensor: Tensor) => Pieces | undefined,
): readonly Tensor[] {
  if (source.kind === 'input') return []
  return source.inputs.filter((one, i) => of(one) === undefined && reads(source, i, input))
}

/** Whether a layer reads its tensor number `i`, which sees the input, locally. */
function reads(node: LayerNode, i: number, input: number): boolean {
  const field = node.inputs[i]?.fields[input]
  const { kind } = transformOf(node, i)
  return !!field?.axes.some(({ strips }) => strips.length > 0) && kind !== 'none' && kind !== 'global'
}

function compute(tensor: Tensor, input: number, of: (tensor: Tensor) => Pieces): Pieces {
  const { source, shape } = tensor
  if (source.kind === 'input') return ofInput(source)
  let pieces: readonly Piece[] = []
  for (const [i, from] of source.inputs.entries()) {
    const transform = transformOf(source, i, tensor.index)
    if (!reads(source, i, input) || transform.kind === 'none' || transform.kind === 'global') continue
    const own = of(from)
    if (own === null) return null
    // A layer that works on each value alone shares what is known of it.
    const isShared = transform.kind === 'pointwise' && source.inputs.length === 1
    if (isShared && sameSizes(from.shape, shape)) return own
    for (const piece of own) {
      const through = transformed(piece, transform, shape)
      if (through === undefined) return null
      // A path that sees everything is context beside others.
      if (source.inputs.length > 1 && through.every((one) => one === null)) continue
      const more = withPiece(pieces, through, shape)
      if (more === undefined) return null
      pieces = more
    }
  }
  return pieces
}

function sameSizes(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => axis === 0 || size === b[axis])
}

function ofInput({ tensor: { shape } }: InputNode): Pieces {
  const own = shape.slice(1).map((size, i) => itself(i + 1, size))
  if (own.includes(undefined)) return null
  // Square inputs share what is known of their axes.
  const first = own[0] as Extents
  return [
    own.map((each) =>
      each?.low.length === first.low.length ? { ...first, axes: each.axes } : (each as Extents),
    ),
  ]
}
