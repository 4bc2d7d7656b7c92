/**
 * What sizes the maps of a graph would have for another input. Most layers leave a map's size as it is, or change
 * it by an amount that does not depend on it: only the others are tried.
 */
import { infer } from '../../fixes/simulate'
import { transformOf } from '../../model/extents'
import type { InputNode, LayerNode, Tensor } from '../../model/graph'
import type { Shape } from '../../model/shape'
import { slidingOptions } from './windows'

/** What decides the sizes in a graph. */
export interface Skeleton {
  /** The layers whose output must be inferred anew, in the order of application. */
  readonly steps: readonly LayerNode[]
  /** By the id of what made a tensor: the tensor from which its size always differs by the same amount; absent: itself. */
  readonly bases: readonly (Tensor | undefined)[]
}

export function skeletonOf(layers: readonly LayerNode[]): Skeleton {
  const steps: LayerNode[] = []
  const bases: (Tensor | undefined)[] = []
  for (const node of layers) {
    const base = followed(node, bases)
    if (base) bases[node.id] = base
    else steps.push(node)
  }
  return { steps, bases }
}

/** The tensor whose size the output of a layer follows. */
function followed(node: LayerNode, bases: Skeleton['bases']): Tensor | undefined {
  const [input, ...others] = node.inputs
  const [output, ...more] = node.outputs
  if (!input || !output || more.length > 0) return undefined
  const base = baseOf(input, bases)
  if (others.length === 0) return keepsDifference(node, input, output) ? base : undefined
  const matched = matchedTensor(node)
  if (matched) return sameSpatial(matched.shape, output.shape) ? baseOf(matched, bases) : undefined
  // What merges with itself, as in a residual unit, always fits.
  const fits = (tensor: Tensor) => baseOf(tensor, bases) === base && sameSpatial(tensor.shape, output.shape)
  return node.layer.category === 'Merging' && node.inputs.every(fits) ? base : undefined
}

/** The tensor whose size the layer gives to its first: that of `resize`, `crop` and `center_crop`, read for its size alone. */
export function matchedTensor(node: LayerNode): Tensor | undefined {
  const [, second] = node.inputs
  return second !== undefined && transformOf(node, 1).kind === 'none' ? second : undefined
}

function baseOf(tensor: Tensor, bases: Skeleton['bases']): Tensor {
  return bases[tensor.source.id] ?? tensor
}

function keepsDifference(node: LayerNode, input: Tensor, output: Tensor): boolean {
  if (transformOf(node, 0).kind === 'pointwise') return sameSpatial(input.shape, output.shape)
  if (node.layer.category !== 'Convolution' || node.options.output_padding !== undefined) return false
  return slidingOptions(node).stride?.every((stride) => stride === 1) ?? false
}

function sameSpatial(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => i === 0 || size === b[i])
}

/** A layer that refuses its tensors, with the shapes that they would have. */
export interface Refusal {
  readonly node: LayerNode
  readonly shapes: readonly Shape[]
}

/** Tries shapes of an input: gives the first layer of the skeleton that refuses its tensors then. */
export function sizeTrials({ steps, bases }: Skeleton, input: InputNode) {
  // Deep in a network many sizes of the input lead to one and the same.
  const inferred = new Map<LayerNode, Map<string, readonly Shape[] | undefined>>()
  return (inputShape: Shape): Refusal | undefined => {
    /** By the id of what made them; absent where they are as before. */
    const shapes: (readonly Shape[] | undefined)[] = []
    shapes[input.id] = [inputShape]
    const shape = (tensor: Tensor): Shape => {
      const base = baseOf(tensor, bases)
      const now = shapes[base.source.id]?.[base.index]
      return now === undefined ? tensor.shape : moved(tensor.shape, base.shape, now)
    }
    const tried = {
      shape,
      items: (tensor: Tensor) => tensor.items,
      optionsOf: (node: LayerNode) => node.options,
    }
    for (const node of steps) {
      if (node.inputs.every((tensor) => shapes[baseOf(tensor, bases).source.id] === undefined)) continue
      const known = inferred.get(node) ?? new Map<string, readonly Shape[] | undefined>()
      inferred.set(node, known)
      const key = node.inputs.map((tensor) => shape(tensor).join('x')).join(' ')
      if (!known.has(key)) known.set(key, infer(node, tried)?.shapes)
      const result = known.get(key)
      if (result === undefined) return { node, shapes: node.inputs.map(shape) }
      shapes[node.id] = result
    }
    return undefined
  }
}

/** A shape whose sizes have moved as those of its base have. */
function moved(shape: Shape, base: Shape, now: Shape): Shape {
  if (shape === base) return now
  return shape.map((size, i) => (i === 0 ? size : size + (now[i] as number) - (base[i] as number)))
}
