/** Kinds of layers, told by their traits, and what is asked of them most often. */
import type { LayerNode } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import type { Application, BoundOptions, Merge, ValueRange } from '../model/traits'
import { LAYERS } from './index'

/** A kind of layers: those of which this holds. */
export type LayerKind = (layer: AnyLayer) => boolean

/** Its output is a linear function of one tensor, with weights that it learns: convolutions and linear layers. */
export function isLearnedLinear({ traits, weighted, weightLayers = 0 }: AnyLayer): boolean {
  return traits.linear === true && weighted === true && weightLayers > 0
}

/** A convolution of any kind, its weights learned or given. */
export function isConvolution({ traits }: AnyLayer): boolean {
  return traits.window !== undefined && traits.linear === true && traits.pools === undefined
}

/** Every feature of its output has a weight for every feature that comes in. */
export function isFullyConnected(layer: AnyLayer): boolean {
  return isLearnedLinear(layer) && layer.traits.reads === 'rows'
}

/** A function of each value alone that makes a network non-linear. */
export function isElementwiseActivation({ traits }: AnyLayer): boolean {
  return traits.activation === true && traits.elementwise === true
}

/** An activation that squeezes each value into 0 to 1, as the gates of a network do. */
export function isGate(layer: AnyLayer): boolean {
  const { range } = layer.traits
  return isElementwiseActivation(layer) && typeof range === 'object' && range.least >= 0 && range.most <= 1
}

/** A softmax of some kind, or its logarithm. */
export function isSoftmax({ traits }: AnyLayer): boolean {
  return traits.shares !== undefined
}

/** A function of the values of several tensors at one place, or the tensors side by side. */
export function mergesMaps({ traits }: AnyLayer): boolean {
  return traits.merges !== undefined && traits.merges !== 'as matrices'
}

/** What its output holds comes from its first tensor alone, however many others it may read. */
export function followsFirst({ tensors }: AnyLayer): boolean {
  return tensors.length > 0 && tensors[0]?.rest === undefined
}

/** It moves the values of one tensor, or leaves them as they are, and never mixes two of them. */
export function isRearranging({ traits }: AnyLayer): boolean {
  return traits.rearranges !== undefined
}

/** It passes its tensor through but for training. */
export function isForTraining({ traits }: AnyLayer): boolean {
  return traits.training !== undefined
}

/** It makes maps larger. */
export function isEnlarging({ traits }: AnyLayer): boolean {
  return traits.enlarges !== undefined
}

/** It makes maps larger by a factor, whatever they are to meet. */
export function enlargesByFactor({ traits }: AnyLayer): boolean {
  return traits.enlarges === 'by factor'
}

/**
 * The size of its output is one that it was given, as a number or by a tensor, and does not follow from that of the
 * map that it reads.
 */
export function isSized({ layer, options, field }: Pick<LayerNode, 'layer' | 'options' | 'field'>): boolean {
  const { pools, enlarges } = layer.traits
  if (pools?.over === 'cells' || pools?.over === 'map' || enlarges === 'to size') return true
  return options.size !== undefined || (Array.isArray(field) && field.some(({ kind }) => kind === 'none'))
}

/** It changes the spatial size of a map to one that is given by numbers or by another tensor, and nothing else: a crop, a pad, a slice, a resize. */
export function isSizedByHand(
  node: Pick<LayerNode, 'layer' | 'options' | 'field' | 'inputs' | 'outputs'>,
): boolean {
  const { traits } = node.layer
  const [input, output] = [node.inputs[0]?.shape ?? [], node.outputs[0]?.shape ?? []]
  if (traits.channelwise !== true || input.length !== output.length || input[0] !== output[0]) return false
  if (traits.pads) return node.options.axis === undefined
  return traits.cuts === 'part' || (traits.enlarges === 'to size' && isSized(node))
}

/** The values that an application gives. */
export function valueRangeOf({ layer, options }: { layer: AnyLayer; options: BoundOptions }): ValueRange {
  const { range } = layer.traits
  return typeof range === 'function' ? range(options) : range
}

/** The layer that merges tensors in this way. */
export function mergingLayer(merge: Merge): AnyLayer {
  return LAYERS.find(({ traits }) => traits.merges === merge) as AnyLayer
}

/** It takes mean and variance over the images of a batch. */
export function normalisesBatch({ traits }: AnyLayer): boolean {
  return traits.normalises?.batch === true
}

/** Whether an application gives its first tensor back as it is. */
export function isIdentity(node: Application & { readonly layer: Pick<AnyLayer, 'traits'> }): boolean {
  return node.layer.traits.identity?.holds(node) ?? false
}
