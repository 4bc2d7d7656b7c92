/**
 * What sizes the maps of a graph would have for another input. Most layers leave a map's size as it is, or change
 * it by an amount that does not depend on it: only the others are tried.
 */
import { isConvolution } from '../layers/traits'
import { leftOut, type WindowOptions } from '../layers/window'
import { SAME } from '../model/axis-map'
import type { InputNode, LayerNode, Tensor } from '../model/graph'
import type { Inference, Weight } from '../model/layer'
import type { OutputTransform } from '../model/receptive-field'
import { transformOf } from '../model/seen'
import type { Shape } from '../model/shape'
import { infer } from './simulate'
import { hasPadding, isTransposed, windowsOf } from './window-options'

/** What decides the sizes in a graph. */
export interface Skeleton {
  /** The layers whose output must be inferred anew, in the order of application. */
  readonly steps: readonly LayerNode[]
  /** By the id of what made a tensor: the tensor from which its size always differs by the same amount; absent: itself. */
  readonly bases: readonly (Tensor | undefined)[]
}

/**
 * The skeleton of layers in the order of application. `shrinking` says that smaller sizes are to be tried too: a
 * window that the padding does not make up for may then find no room.
 */
export function skeletonOf(layers: readonly LayerNode[], shrinking = false): Skeleton {
  const steps: LayerNode[] = []
  const bases: (Tensor | undefined)[] = []
  for (const node of layers) {
    const base = shrinking && !fitsAnywhere(node) ? undefined : followed(node, bases)
    if (base) bases[node.id] = base
    else steps.push(node)
  }
  return { steps, bases }
}

/** Whether a layer that moves by one position takes maps of every size. */
function fitsAnywhere({ layer, inputs, outputs, options }: LayerNode): boolean {
  if (layer.options.kernel === undefined) return true
  const [input, output] = [inputs[0], outputs[0]]
  const isBlank = options.padding_mode === undefined || options.padding_mode === 'zeros'
  return isBlank && input !== undefined && output !== undefined && sameSpatial(input.shape, output.shape)
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
  return node.layer.traits.merges !== undefined && node.inputs.every(fits) ? base : undefined
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
  if (staysInPlace(transformOf(node, 0))) return sameSpatial(input.shape, output.shape)
  if (!isConvolution(node.layer) || isTransposed(node.layer)) return false
  const { stride } = node.options as Partial<WindowOptions>
  return stride?.every((step) => step === 1) ?? false
}

/** Whether values are mixed along the channels alone. */
function staysInPlace(transform: OutputTransform): boolean {
  if (transform.kind !== 'maps') return transform.kind === 'pointwise'
  return transform.to === undefined && transform.maps.slice(1).every((map) => map === SAME)
}

function sameSpatial(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => i === 0 || size === b[i])
}

/** A layer that refuses its tensors, with the shapes that they would have. */
export interface Refusal {
  readonly node: LayerNode
  readonly shapes: readonly Shape[]
}

/** What came of a shape that was tried. */
export interface Trial {
  /** The first layer of the skeleton that refuses its tensors. */
  readonly refusal?: Refusal
  /** The axes along which a stride leaves out pixels at the border: bit i for spatial axis i. */
  readonly leftOut: number
}

interface Step extends Inference {
  readonly leftOut: number
}

/** Tries spatial sizes of some inputs, which all get the same; a shape is that of the first of them. */
export function sizeTrials({ steps, bases }: Skeleton, ...inputs: readonly [InputNode, ...InputNode[]]) {
  // Deep in a network many sizes of the input lead to one and the same.
  const inferred = new Map<LayerNode, Map<string, Step | undefined>>()
  return (inputShape: Shape): Trial => {
    /** By the id of what made them; absent where they are as before. */
    const known: (Pick<Inference, 'shapes' | 'items' | 'weights'> | undefined)[] = []
    for (const { id, tensor } of inputs) {
      const [channels = 1] = tensor.shape
      known[id] = { shapes: [[channels, ...inputShape.slice(1)]] }
    }
    const shape = (tensor: Tensor): Shape => {
      const base = baseOf(tensor, bases)
      const now = known[base.source.id]?.shapes[base.index]
      return now === undefined ? tensor.shape : moved(tensor.shape, base.shape, now)
    }
    const items = (tensor: Tensor) => known[baseOf(tensor, bases).source.id]?.items ?? tensor.items
    const tried = { shape, items, optionsOf: (node: LayerNode) => node.options }
    let sides = 0
    for (const node of steps) {
      const isAsBefore = node.inputs.every((tensor) => known[baseOf(tensor, bases).source.id] === undefined)
      if (isAsBefore && (node.sharedWith === undefined || known[node.sharedWith] === undefined)) continue
      const results = inferred.get(node) ?? new Map<string, Step | undefined>()
      inferred.set(node, results)
      // Unpooling asks for the pooling that it undoes, and so for what went into that.
      const asked =
        node.layer.traits.enlarges === 'back' ? [...node.inputs, ...beforeThem(node)] : node.inputs
      const key = asked.map((tensor) => `${shape(tensor).join('x')}:${items(tensor)}`).join(' ')
      if (!results.has(key)) results.set(key, step(node, tried))
      const result = results.get(key)
      if (result === undefined || !fitsShared(node, result, known)) {
        return { refusal: { node, shapes: node.inputs.map(shape) }, leftOut: 0 }
      }
      known[node.id] = result
      sides |= result.leftOut
    }
    return { leftOut: sides }
  }
}

function beforeThem({ inputs }: LayerNode): readonly Tensor[] {
  return inputs.flatMap(({ source }) => (source.kind === 'layer' ? source.inputs : []))
}

function step(node: LayerNode, tried: Parameters<typeof infer>[1]): Step | undefined {
  const result = infer(node, tried)
  if (result === undefined) return undefined
  const counts = node.inputs.map(tried.items)
  const most = Math.max(1, ...counts)
  if (result.items === undefined && counts.some((count) => count !== most && count !== 1)) return undefined
  const items = result.items ?? most
  return { ...result, items, leftOut: leftOutOf(node, node.inputs.map(tried.shape), result) }
}

/** The axes along which an application leaves out pixels at the border: bit i for spatial axis i. */
export function leftOutIn(node: LayerNode): number {
  const shapesOf = (tensors: readonly Tensor[]) => tensors.map(({ shape }) => shape)
  return leftOutOf(node, shapesOf(node.inputs), { shapes: shapesOf(node.outputs) })
}

function leftOutOf(
  { layer, options }: LayerNode,
  inputs: readonly Shape[],
  { shapes }: Pick<Inference, 'shapes'>,
): number {
  if (layer.options.stride === undefined || !hasPadding(layer) || isTransposed(layer)) return 0
  const [shape, output] = [inputs[0], shapes[0]]
  if (shape === undefined || output === undefined) return 0
  const windows = windowsOf({ layer, options, inputs: [{ shape }] })
  return windows.reduce(
    (sides, axis, i) => (leftOut(axis, output[i + 1] as number) > 0 ? sides | (1 << i) : sides),
    0,
  )
}

/** Whether the weights still are those of the use that this one shares them with. */
function fitsShared(
  node: LayerNode,
  { weights = [] }: Inference,
  known: readonly (Pick<Inference, 'weights'> | undefined)[],
): boolean {
  if (node.sharedWith === undefined) return true
  const first = known[node.sharedWith]?.weights ?? node.weights
  return first.every((weight, i) => sameWeight(weight, weights[i]))
}

function sameWeight(a: Weight, b: Weight | undefined): boolean {
  return b !== undefined && a.count === b.count && a.shape.join('x') === b.shape.join('x')
}

/** A shape whose sizes have moved as those of its base have. */
function moved(shape: Shape, base: Shape, now: Shape): Shape {
  if (shape === base) return now
  return shape.map((size, i) => (i === 0 ? size : size + (now[i] as number) - (base[i] as number)))
}
