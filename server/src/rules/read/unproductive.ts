/** Receptive field analysis (Richter et al. 2021): which convolutions can see nothing new. */
import { memo } from '../../../../grammar/memo'
import { isLearnedLinear } from '../../layers/traits'
import { windowOptionsOf } from '../../layers/window'
import type { LayerNode, Tensor } from '../../model/graph'
import type { AnyLayer } from '../../model/layer'
import { axisNames } from '../../model/shape'
import type { SurveyedNetwork } from '../frame/survey'
import { isClassifier, spatialInput } from './classifier'
import { type SmallestField, smallestField, wholeField } from './smallest-field'

/** A convolution whose receptive field exceeds the input before it has seen anything itself. */
interface Unproductive {
  readonly node: LayerNode
  /** The axis of the input along which the excess is largest. */
  readonly axis: string
  /** The receptive field before the layer, in input pixels along that axis. */
  readonly before: number
  /** The input's size along it. */
  readonly pixels: number
  /** How many axes the input has beside its channels. */
  readonly axes: number
}

export interface FieldAnalysis {
  /** The convolutions with a kernel above one. */
  readonly growing: readonly LayerNode[]
  /** In the order of application. */
  readonly unproductive: readonly Unproductive[]
  /** The layer with which the receptive field before the first of them came to exceed the input. */
  readonly border?: LayerNode
}

const NOTHING: FieldAnalysis = { growing: [], unproductive: [] }

/**
 * The analysis of a classifier; other networks are not subject to it. Where maps are concatenated the smallest
 * receptive field counts, since a layer reads them as they are. A sum is one map that sees what all its terms
 * see; with `shortcuts` the smallest of its terms counts too.
 */
export function analyseFields(network: SurveyedNetwork, shortcuts = false): FieldAnalysis {
  return shortcuts ? withShortcuts(network) : withoutShortcuts(network)
}

const withShortcuts = memo((network: SurveyedNetwork) => analyse(network, true))
const withoutShortcuts = memo((network: SurveyedNetwork) => analyse(network, false))

function analyse(network: SurveyedNetwork, shortcuts: boolean): FieldAnalysis {
  const { graph } = network
  const input = isClassifier(network) ? spatialInput(graph) : -1
  if (input < 0) return NOTHING
  const growing = growingOf(network)
  const whole = wholeField(input)
  const suspects = growing.filter((node) => excess(node, input, whole) !== undefined)
  if (suspects.length === 0) return { growing, unproductive: [] }
  const isSmallest = (node: LayerNode) =>
    joins(node.layer) || (shortcuts && node.layer.traits.merges !== undefined)
  const apart = shortcuts || network.having(joins).length > 0
  const field = apart ? smallestField(graph, input, isSmallest) : whole
  const unproductive: Unproductive[] = []
  const names = axisNames((graph.inputs[input]?.node?.tensor.shape.length ?? 1) - 1)
  let border: LayerNode | undefined
  for (const node of suspects.toSorted((a, b) => a.id - b.id)) {
    const found = excess(node, input, field)
    if (found === undefined) continue
    const { axis, before, pixels } = found
    border ??= borderOf(node.inputs[0] as Tensor, (tensor) => (field(tensor, axis) ?? 0) > pixels)
    unproductive.push({ node, axis: names[axis] as string, axes: names.length, before, pixels })
  }
  return { growing, unproductive, ...(border && { border }) }
}

/** The convolutions with a kernel above one, which make the receptive field grow. */
export const growingOf = memo((network: SurveyedNetwork): readonly LayerNode[] => {
  const found: LayerNode[] = []
  for (const node of network.having(growsField)) {
    for (const size of windowOptionsOf(node).kernel ?? []) {
      if (size === 1) continue
      found.push(node)
      break
    }
  }
  return found
})

function growsField(layer: AnyLayer): boolean {
  return layer.traits.window === 'slides' && isLearnedLinear(layer)
}

function joins({ traits }: AnyLayer): boolean {
  return traits.merges === 'side by side'
}

/** By how much the field before a layer exceeds the input, if it does along every axis along which its kernel grows it. */
function excess(node: LayerNode, input: number, field: SmallestField) {
  const [tensor] = node.inputs
  const { kernel = [] } = windowOptionsOf(node)
  let most: { readonly axis: number; readonly before: number; readonly pixels: number } | undefined
  for (const [axis, { along, pixels }] of (tensor?.fields[input]?.axes ?? []).entries()) {
    if (along === null || (kernel[along - 1] ?? 1) === 1) continue
    const before = tensor && field(tensor, axis)
    if (before === null || before === undefined || before <= pixels) return undefined
    if (most === undefined || before - pixels > most.before - most.pixels) most = { axis, before, pixels }
  }
  return most
}

/** The first layer on the way to a tensor whose output exceeds the input. */
function borderOf(tensor: Tensor, exceeds: (tensor: Tensor) => boolean): LayerNode | undefined {
  let at = tensor.source
  while (at.kind === 'layer') {
    const before = at.inputs.find(exceeds)
    if (before === undefined || before.source.kind === 'input') return at
    at = before.source
  }
  return undefined
}
