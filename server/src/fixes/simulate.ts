/** What the shapes of a graph would be with other options or inputs, without analysing a text. */
import type { FaultyStage, InputNode, LayerNode, Tensor } from '../model/graph'
import { type Inference, isViolation, type Origin } from '../model/layer'
import { type Shape, sameShape } from '../model/shape'

/** What is different in the graph that is tried. */
export interface Change {
  readonly options?: (node: LayerNode) => LayerNode['options'] | undefined
  readonly input?: (node: InputNode) => Shape | undefined
}

/** The shapes of the tensors of a graph that is tried. */
export interface Simulation {
  shape(tensor: Tensor): Shape
  items(tensor: Tensor): number
  optionsOf(node: LayerNode): LayerNode['options']
  /** The new inference of a layer that is affected by the change. */
  readonly changed: ReadonlyMap<LayerNode, Inference>
}

/** The layers that the tensors were made by, directly or not, in the order of application. */
export function ancestors(tensors: readonly Tensor[]): readonly LayerNode[] {
  const found = new Set<LayerNode>()
  const open = tensors.map(({ source }) => source)
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'input' || found.has(node)) continue
    found.add(node)
    for (const { source } of node.inputs) open.push(source)
  }
  return [...found].sort((a, b) => a.id - b.id)
}

/** The inputs of the network that the tensors depend on. */
export function inputsOf(tensors: readonly Tensor[], layers: readonly LayerNode[]): readonly InputNode[] {
  const sources = [...tensors, ...layers.flatMap((node) => node.inputs)].map(({ source }) => source)
  return [...new Set(sources)].filter((source) => source.kind === 'input')
}

/**
 * Infers again whatever the change affects among `layers`, which are in the order of application. Undefined
 * when one of them violates a constraint then.
 */
export function simulate(layers: readonly LayerNode[], change: Change): Simulation | undefined {
  const changed = new Map<LayerNode, Inference>()
  const shape = (tensor: Tensor): Shape => {
    const { source, index } = tensor
    if (source.kind === 'input') return change.input?.(source) ?? tensor.shape
    return changed.get(source)?.shapes[index] ?? tensor.shape
  }
  const items = ({ source, items }: Tensor) =>
    (source.kind === 'layer' ? changed.get(source)?.items : undefined) ?? items
  const optionsOf = (node: LayerNode) => change.options?.(node) ?? node.options
  for (const node of layers) {
    const options = change.options?.(node)
    const shapes = node.inputs.map(shape)
    const same = node.inputs.every((tensor, i) => sameShape(tensor.shape, shapes[i] as Shape))
    if (options === undefined && same) continue
    const result = infer(node, { shape, items, optionsOf }, options)
    if (result === undefined) return undefined
    changed.set(node, result)
  }
  return { shape, items, optionsOf, changed }
}

/** The graph as it is. */
export const UNCHANGED: Tried = {
  shape: (tensor) => tensor.shape,
  items: (tensor) => tensor.items,
  optionsOf: (node) => node.options,
}

/** Whether the stage at fault would be sound. */
export function passes(stage: FaultyStage, tried: Tried): boolean {
  return infer(stage, tried) !== undefined
}

/** What inferring a layer needs to know of the tensors before it. */
type Tried = Pick<Simulation, 'shape' | 'items' | 'optionsOf'>

/** What a layer makes of its tensors in a graph that is tried, or undefined when it refuses them. */
export function infer(
  { layer, inputs, options }: Pick<LayerNode, 'layer' | 'inputs' | 'options'>,
  tried: Tried,
  others: LayerNode['options'] = options,
): Inference | undefined {
  const origin = (index: number): Origin | undefined => {
    const source = inputs[index]?.source
    if (source?.kind !== 'layer') return undefined
    return {
      layer: source.layer.name,
      options: tried.optionsOf(source),
      shapes: source.inputs.map(tried.shape),
    }
  }
  try {
    const result = layer.infer({
      shapes: inputs.map(tried.shape),
      items: inputs.map(tried.items),
      options: others,
      origin,
    })
    return isViolation(result) ? undefined : result
  } catch {
    // A layer may rely on what the binding of its options has checked; what it cannot infer is no solution.
    return undefined
  }
}
