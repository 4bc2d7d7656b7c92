/** What several rules ask of convolutions. */

import { isElementwiseActivation } from '../../layers/traits'
import { windowOptionsOf } from '../../layers/window'
import type { LayerNode, Tensor } from '../../model/graph'
import { product, spatial } from '../../model/shape'
import type { SurveyedNetwork } from '../frame/survey'

/** Whether a convolution joins every input channel with every output channel. */
export function isDense({ layer, options }: LayerNode): boolean {
  return layer.name === 'conv' && options.groups === 1 && options.connections === undefined
}

/** Whether a layer reads an image: no more channels than colours, depth and alpha have. */
export function readsImage({ inputs }: LayerNode): boolean {
  return channelsOf(inputs[0]) < 5
}

/** Whether every entry of an option that has one for each axis is this number. */
export function isAlways(node: LayerNode, option: string, value: number): boolean {
  const entries = node.options[option]
  return Array.isArray(entries) && entries.every((entry) => entry === value)
}

/** A convolution of single positions that reads each of them: 1×1, without stride and padding. */
export function isPointwiseConvolution(node: LayerNode): boolean {
  return (
    node.layer.name === 'conv' &&
    isAlways(node, 'kernel', 1) &&
    isAlways(node, 'stride', 1) &&
    positionsOf(node.inputs[0]) === positionsOf(node.outputs[0])
  )
}

export function channelsOf(tensor: Tensor | undefined): number {
  return tensor?.shape[0] ?? 0
}

/** How many positions a map has; 1 for a vector. */
export function positionsOf(tensor: Tensor | undefined): number {
  return product(spatial(tensor?.shape ?? []))
}

/** `3×3`; `3` on one axis. */
export function showKernel(node: LayerNode): string {
  return (windowOptionsOf(node).kernel ?? []).join('×')
}

/** Whether the tensor is a map with more than one position. */
export function isMap(tensor: Tensor): boolean {
  return positionsOf(tensor) > 1
}

/** The layer that alone reads what this one makes, past normalisations, activations and the like. */
export function nextWeighing(network: SurveyedNetwork, node: LayerNode): LayerNode | undefined {
  let at = onlyReaderOf(network, node)
  while (at !== undefined && keepsPlaces(at)) at = onlyReaderOf(network, at)
  return at
}

export function onlyReaderOf(network: SurveyedNetwork, { outputs }: LayerNode): LayerNode | undefined {
  const [output] = outputs
  return output && network.onlyReader(output)
}

/** Layers of one tensor between those with weights: activations, normalisations and the like, which keep every value's place. */
export function keepsPlaces({ layer, inputs }: LayerNode): boolean {
  const { elementwise, normalises, activation } = layer.traits
  return inputs.length === 1 && (elementwise || activation || normalises !== undefined)
}

/** The parameters that a convolution would have between other channels or with another window. */
export function convParameters({ options }: LayerNode, from: number, to: number, volume: number): number {
  return to * (from * volume + (options.bias === true ? 1 : 0))
}

/** The normalisation and the activation that follow a convolution, or else precede it. */
export function activationAround(network: SurveyedNetwork, node: LayerNode): readonly LayerNode[] {
  const after: LayerNode[] = []
  let at = onlyReaderOf(network, node)
  for (; at?.layer.traits.normalises; at = onlyReaderOf(network, at)) after.push(at)
  if (at && isElementwiseActivation(at.layer)) return [...after, at]
  const source = node.inputs[0]?.source
  if (source?.kind !== 'layer' || !isElementwiseActivation(source.layer)) return []
  const before = source.inputs[0]?.source
  return before?.kind === 'layer' && before.layer.traits.normalises ? [before, source] : [source]
}
