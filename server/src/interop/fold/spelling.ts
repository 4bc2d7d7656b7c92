/** Layers that have a name of their own for what another spells with options. */
import { findLayer } from '../../layers/index'
import type { AnyLayer } from '../../model/layer'
import type { ImportValue } from '../graph/graph'
import { type Fold, is } from './pattern'

const depthwise: Fold = {
  name: 'a convolution with a group for each channel is depthwise_conv',
  match(last) {
    if (!is(last, 'conv')) return undefined
    const channels = last.inputs[0]?.shape?.[0]
    const { groups, channels: made, connections, padding_mode, ...rest } = last.options
    if (channels === undefined || channels === 1 || groups !== channels || typeof made !== 'number')
      return undefined
    if (connections !== undefined || (padding_mode !== undefined && padding_mode !== 'zeros'))
      return undefined
    const multiplier = made / channels
    return {
      parts: [last],
      made: [{ ...last, layer: named('depthwise_conv'), options: { ...rest, multiplier } }],
    }
  },
}

const globalAverage: Fold = {
  name: 'the mean over all spatial axes is global_avgpool',
  match(last) {
    if (!is(last, 'mean') || last.options.keep !== true) return undefined
    const rank = last.inputs[0]?.shape?.length ?? 0
    const { axis } = last.options
    if (rank < 3 || !Array.isArray(axis) || !isAllBut(axis, rank)) return undefined
    return { parts: [last], made: [{ ...last, layer: named('global_avgpool'), options: {} }] }
  },
}

function isAllBut(axes: readonly ImportValue[], rank: number): boolean {
  const counted = axes.map((axis) => (typeof axis === 'number' && axis < 0 ? axis + rank : axis)).sort()
  return counted.length === rank - 1 && counted.every((axis, i) => axis === i + 1)
}

const adaptiveGlobal: Fold = {
  name: 'adaptive pooling to one position is global pooling',
  match(last) {
    const layer = { adaptive_avgpool: 'global_avgpool', adaptive_maxpool: 'global_maxpool' }[last.layer.name]
    const { size } = last.options
    const isOne = size === 1 || (Array.isArray(size) && size.length > 0 && size.every((each) => each === 1))
    if (layer === undefined || !isOne) return undefined
    return { parts: [last], made: [{ ...last, layer: named(layer), options: {} }] }
  },
}

/** The numbers that say nothing: a factor of 1, an axis that is the only one. */
const usualAxis: Fold = {
  name: 'softmax along the axis that it takes by itself',
  match(last) {
    if (!is(last, 'softmax') && !is(last, 'log_softmax')) return undefined
    const { axis, ...rest } = last.options
    const rank = last.inputs[0]?.shape?.length
    if (axis === undefined || (rank !== 1 && !(rank === 2 && axis === 1) && axis !== 0)) return undefined
    if (rank === 2 && axis === 0) return undefined
    return { parts: [last], made: [{ ...last, options: rest }] }
  },
}

const lastAxis: Fold = {
  name: 'layernorm over the last axis of rows is its usual one',
  match(last) {
    if (!is(last, 'layernorm')) return undefined
    const { axes, ...rest } = last.options
    const rank = last.inputs[0]?.shape?.length
    if (!Array.isArray(axes) || axes.length !== 1 || rank === undefined || rank > 2 || axes[0] !== rank - 1)
      return undefined
    return { parts: [last], made: [{ ...last, options: rest }] }
  },
}

function named(name: string): AnyLayer {
  return findLayer(name) as AnyLayer
}

export const SPELLING: readonly Fold[] = [depthwise, globalAverage, adaptiveGlobal, usualAxis, lastAxis]
