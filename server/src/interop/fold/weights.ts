/** Biases, scales and paddings that belong to the layer beside them. */

import { product, type Shape } from '../../model/shape'
import type { ImportTensor, Operation } from '../graph/graph'
import { eitherWay, type Fold, type Folded, is, only, standing, type Wiring } from './pattern'

/** Whether a shape has one number for each entry of an axis, and is 1 along all others. */
function isAlong(shape: Shape | undefined, of: Shape | undefined, axis: number): boolean {
  if (shape === undefined || of === undefined || shape.length > of.length) return false
  const at = axis < 0 ? shape.length + axis : axis - (of.length - shape.length)
  return (
    shape.every((size, i) => (i === at ? size === of.at(axis) : size === 1)) && product(shape) === of.at(axis)
  )
}

/** A bias that is added behind a layer without one: along the last axis of rows, along the channels of a map. */
function biasOf(layer: 'linear' | 'conv' | 'conv_transpose', axis: number): Fold {
  return {
    name: `${layer} takes the bias that is added to its result`,
    match(last, wiring) {
      if (!is(last, 'add')) return undefined
      for (const [result, added] of eitherWay(last)) {
        const weighted = only(wiring, result, layer)
        const bias = only(wiring, added, 'parameter')
        if (weighted === undefined || bias === undefined || weighted.options.bias !== false) continue
        if (bias.options.trainable === false && layer === 'linear') continue
        if (!isAlong(added.shape, result.shape, axis)) continue
        const parts = [bias, weighted, last]
        const made = standing(last, layer, weighted.inputs, { ...weighted.options, bias: true }, parts)
        const { declared } = weighted
        return {
          parts,
          made: [
            {
              ...made,
              ...(declared === undefined ? {} : { declared }),
              weights: [...weighted.weights, ...bias.weights],
              path: weighted.path,
            },
          ],
        }
      }
      return undefined
    },
  }
}

/** Zeros around the map that a convolution without padding reads are its padding. */
const paddedConvolution: Fold = {
  name: 'zeros before a convolution are its padding',
  match(last, wiring) {
    if (!is(last, 'conv') || !isZero(last.options.padding)) return undefined
    const pad = only(wiring, last.inputs[0], 'pad')
    if (pad === undefined || pad.options.mode !== 'zeros' || pad.options.axis !== undefined) return undefined
    if (pad.remark !== undefined || !Array.isArray(pad.options.amounts)) return undefined
    if (pad.options.amounts.some((amount) => typeof amount !== 'number' || amount < 0)) return undefined
    const made = { ...last, inputs: pad.inputs, options: { ...last.options, padding: pad.options.amounts } }
    return { parts: [pad, last], made: [made] }
  },
}

function isZero(padding: unknown): boolean {
  return (
    padding === undefined || padding === 0 || (Array.isArray(padding) && padding.every((each) => each === 0))
  )
}

/** One factor for each entry of the last axes, and one summand: the affine part of a normalisation. */
function affinePart(last: Operation, wiring: Wiring, fits: (shape: Shape | undefined) => boolean) {
  if (!is(last, 'add')) return undefined
  for (const [scaled, added] of eitherWay(last)) {
    const bias = only(wiring, added, 'parameter')
    const product = only(wiring, scaled, 'mul')
    if (bias === undefined || product === undefined || !fits(added.shape)) continue
    for (const [normal, factor] of eitherWay(product)) {
      const scale = only(wiring, factor, 'parameter')
      if (scale === undefined || !fits(factor.shape)) continue
      return { normal, parts: [scale, product, bias, last], weights: [...scale.weights, ...bias.weights] }
    }
  }
  return undefined
}

/** (x − mean) / √(var + eps): its first operations and x. Ba, Kiros & Hinton 2016, equation 4. */
function normalised(wiring: Wiring, tensor: ImportTensor) {
  const quotient = only(wiring, tensor, 'divide')
  const deviation = wiring.maker(quotient?.inputs[0])
  const root = only(wiring, quotient?.inputs[1], 'power')
  const shifted = only(wiring, root?.inputs[0], 'affine')
  const variance = only(wiring, shifted?.inputs[0], 'mean')
  const square = only(wiring, variance?.inputs[0], 'power')
  if (quotient === undefined || !is(deviation, 'sub') || root?.options.exponent !== 0.5) return undefined
  if (shifted === undefined || variance === undefined || square?.options.exponent !== 2) return undefined
  const mean = only(wiring, deviation.inputs[1], 'mean')
  const [x] = deviation.inputs
  if (mean === undefined || x === undefined || mean.inputs[0] !== x) return undefined
  if (wiring.maker(square.inputs[0]) !== deviation) return undefined
  const { axis, keep } = mean.options
  if (keep !== true || !Array.isArray(axis) || String(axis) !== String(variance.options.axis))
    return undefined
  const eps = shifted.options.offset ?? 0
  return {
    x,
    axes: axis as readonly number[],
    eps,
    parts: [mean, deviation, square, variance, shifted, root, quotient],
  }
}

const layerNorm: Fold = {
  name: '(x − mean) / √(variance + eps), scaled, is layernorm',
  match(last, wiring) {
    const affine = affinePart(last, wiring, (shape) => shape !== undefined)
    const plain = affine === undefined && is(last, 'divide') ? last.outputs[0] : affine?.normal
    if (plain === undefined) return undefined
    const found = affine === undefined ? normalisedAt(last, wiring) : normalised(wiring, plain)
    if (found === undefined) return undefined
    const shape = found.x.shape
    if (
      shape === undefined ||
      !found.axes.every((axis, i) => axis === shape.length - found.axes.length + i)
    ) {
      return undefined
    }
    if (affine === undefined && wiring.readers(plain).some((reader) => is(reader, 'mul'))) return undefined
    const parts = [...found.parts, ...(affine?.parts ?? [])]
    const options = { axes: found.axes, eps: found.eps, ...(affine === undefined ? { affine: false } : {}) }
    return {
      parts,
      made: [{ ...standing(last, 'layernorm', [found.x], options, parts), weights: affine?.weights ?? [] }],
    }
  },
}

/** The same where the quotient itself is what others read. */
function normalisedAt(quotient: Operation, wiring: Wiring) {
  const [result] = quotient.outputs
  if (result === undefined) return undefined
  return normalised(
    {
      ...wiring,
      readers: (tensor) => (tensor === result ? [quotient] : wiring.readers(tensor)),
      isOutput: (tensor) => tensor !== result && wiring.isOutput(tensor),
    },
    result,
  )
}

/** PyTorch's exporter normalises groups as instances of a reshaped map (Wu & He 2018, §3.1). */
const groupNorm: Fold = {
  name: 'groups normalised as instances are groupnorm',
  match(last, wiring) {
    const affine = affinePart(last, wiring, (shape) => isAlong(shape, last.outputs[0]?.shape, 0))
    const back = only(wiring, affine?.normal, 'reshape')
    const instance = only(wiring, back?.inputs[0], 'instancenorm')
    const split = only(wiring, instance?.inputs[0], 'reshape')
    if (affine === undefined || back === undefined || instance === undefined || split === undefined)
      return undefined
    const [x] = split.inputs
    const [groups] = split.outputs[0]?.shape ?? []
    if (x === undefined || groups === undefined || String(x.shape) !== String(back.outputs[0]?.shape))
      return undefined
    const parts = [split, instance, back, ...affine.parts]
    const eps = instance.options.eps ?? 1e-5
    return {
      parts,
      made: [{ ...standing(last, 'groupnorm', [x], { groups, eps }, parts), weights: affine.weights }],
    }
  },
}

const channelShuffle: Fold = {
  name: 'groups of channels in turn are channel_shuffle',
  match(last, wiring): Folded | undefined {
    if (!is(last, 'reshape')) return undefined
    const swapped = only(wiring, last.inputs[0], 'permute')
    const split = only(wiring, swapped?.inputs[0], 'reshape')
    const [x] = split?.inputs ?? []
    const { order } = swapped?.options ?? {}
    if (split === undefined || swapped === undefined || x?.shape === undefined || !Array.isArray(order))
      return undefined
    const [groups, each, ...rest] = split.outputs[0]?.shape ?? []
    if (groups === undefined || each === undefined || groups * each !== x.shape[0]) return undefined
    if (String(rest) !== String(x.shape.slice(1)) || String(last.outputs[0]?.shape) !== String(x.shape))
      return undefined
    if (!order.every((axis, i) => axis === (i === 0 ? 1 : i === 1 ? 0 : i))) return undefined
    const parts = [split, swapped, last]
    return { parts, made: [standing(last, 'channel_shuffle', [x], { groups }, parts)] }
  },
}

export const WEIGHTS: readonly Fold[] = [
  biasOf('linear', -1),
  biasOf('conv', 0),
  biasOf('conv_transpose', 0),
  paddedConvolution,
  groupNorm,
  layerNorm,
  channelShuffle,
]
