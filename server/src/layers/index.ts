/** The catalogue: every layer, sorted by name, and the ways to find one. */

import type { ForeignLayer } from '../model/foreign'
import {
  abs,
  elu,
  gelu,
  hardsigmoid,
  hardswish,
  leakyRelu,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from './activations'
import { adaptiveAvgpool, adaptiveMaxpool } from './adaptive-pool'
import { affine, power } from './arithmetic'
import { attention } from './attention'
import { batchnorm } from './batchnorm'
import { concat } from './concat'
import { conv } from './conv'
import { convLstm } from './conv-lstm'
import { convTranspose } from './conv-transpose'
import { crf } from './crf'
import { affinity, aggregation } from './criss-cross'
import { centerCrop, crop } from './crop'
import type { AnyLayer } from './declare'
import { deformConv } from './deform-conv'
import { depthwiseConv } from './depthwise-conv'
import { directionPool } from './direction-pool'
import { dropblock, dropout, dropPath } from './dropout'
import { dynamicConv } from './dynamic-conv'
import { dynamicLinear } from './dynamic-linear'
import { add, divide, maximum, mul, sub } from './elementwise'
import { embedding } from './embedding'
import { flatten } from './flatten'
import { gather } from './gather'
import { globalAvgpool, globalMaxpool } from './global-pool'
import { glu } from './glu'
import { gradientReversal } from './gradient-reversal'
import { gridSample } from './grid-sample'
import { groupSoftmax } from './group-softmax'
import { groupnorm } from './groupnorm'
import { identity } from './identity'
import { instancenorm } from './instancenorm'
import { l2norm } from './l2norm'
import { layernorm } from './layernorm'
import { linear } from './linear'
import { locallyConnected } from './locally-connected'
import { lrn } from './lrn'
import { matmul } from './matmul'
import { maxUnpool } from './max-unpool'
import { maxout } from './maxout'
import { nonMaxSuppression } from './non-max-suppression'
import { opaque } from './opaque'
import { pad } from './pad'
import { parameter } from './parameter'
import { permute } from './permute'
import { avgpool, maxpool } from './pool'
import { prelu } from './prelu'
import { rbf } from './rbf'
import { channelShuffle, pixelShuffle, spaceToDepth } from './rearrange'
import { bilstm, gru, lstm } from './recurrent'
import { max, mean, min, norm, sum, variance } from './reductions'
import { deformPool, roiAlign, roiPool, roiWarp } from './region-pool'
import { anchors, proposals, selectiveSearch } from './region-proposal'
import { flip, roll } from './reorder'
import { repeat } from './repeat'
import { reshape } from './reshape'
import { resize } from './resize'
import { scale } from './scale'
import { selectClass } from './select-class'
import { separableConv } from './separable-conv'
import { slice } from './slice'
import { logSoftmax, softmax } from './softmax'
import { spatialPyramidPool } from './spatial-pyramid-pool'
import { split } from './split'
import { stack } from './stack'
import { subsample } from './subsample'
import { superpixelSum, superpixels } from './superpixels'
import { unfold } from './unfold'
import { upsample } from './upsample'

export const LAYERS: readonly AnyLayer[] = [
  abs,
  adaptiveAvgpool,
  adaptiveMaxpool,
  add,
  affine,
  affinity,
  aggregation,
  anchors,
  attention,
  avgpool,
  batchnorm,
  bilstm,
  centerCrop,
  channelShuffle,
  concat,
  conv,
  convLstm,
  convTranspose,
  crf,
  crop,
  deformConv,
  deformPool,
  depthwiseConv,
  directionPool,
  divide,
  dropPath,
  dropblock,
  dropout,
  dynamicConv,
  dynamicLinear,
  elu,
  embedding,
  flatten,
  flip,
  gather,
  gelu,
  globalAvgpool,
  globalMaxpool,
  glu,
  gradientReversal,
  gridSample,
  groupSoftmax,
  groupnorm,
  gru,
  hardsigmoid,
  hardswish,
  identity,
  instancenorm,
  l2norm,
  layernorm,
  leakyRelu,
  linear,
  locallyConnected,
  logSoftmax,
  lrn,
  lstm,
  matmul,
  max,
  maxUnpool,
  maximum,
  maxout,
  maxpool,
  mean,
  min,
  mish,
  mul,
  nonMaxSuppression,
  norm,
  opaque,
  pad,
  parameter,
  permute,
  pixelShuffle,
  power,
  prelu,
  proposals,
  rbf,
  relu,
  relu6,
  repeat,
  reshape,
  resize,
  roiAlign,
  roiPool,
  roiWarp,
  roll,
  scale,
  selectClass,
  selectiveSearch,
  selu,
  separableConv,
  sigmoid,
  silu,
  slice,
  softmax,
  softplus,
  spaceToDepth,
  spatialPyramidPool,
  split,
  stack,
  sub,
  subsample,
  sum,
  superpixelSum,
  superpixels,
  tanh,
  unfold,
  upsample,
  variance,
]

const byName = new Map(LAYERS.flatMap((layer) => [layer.name, ...layer.aliases].map((name) => [name, layer])))

/** A layer under a name of another framework. */
export interface ForeignEntry {
  readonly layer: AnyLayer
  readonly foreign: ForeignLayer
}

const byForeignName = groupBy(allForeign, ({ foreign }) => foreign.name)
const byPlainName = groupBy(
  () => [
    ...allForeign(),
    ...LAYERS.flatMap((layer) =>
      [layer.name, ...layer.aliases].map((name) => ({ layer, foreign: { name } })),
    ),
  ],
  ({ foreign }) => plain(foreign.name),
)

function allForeign(): readonly ForeignEntry[] {
  return LAYERS.flatMap((layer) => layer.foreign.map((foreign) => ({ layer, foreign })))
}

function groupBy(
  entries: () => readonly ForeignEntry[],
  keyOf: (entry: ForeignEntry) => string,
): ReadonlyMap<string, readonly ForeignEntry[]> {
  const groups = new Map<string, ForeignEntry[]>()
  for (const entry of entries()) {
    const key = keyOf(entry)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  return groups
}

/** The layer of that name or alias. */
export function findLayer(name: string): AnyLayer | undefined {
  return byName.get(name)
}

/** What a name of another framework stands for. */
export function foreignEntries(name: string): readonly ForeignEntry[] {
  return byForeignName.get(name) ?? []
}

/** The same for names that differ in letters alone, ours among them (`Conv2D`, `batch_norm`). */
export function similarEntries(name: string): readonly ForeignEntry[] {
  return byPlainName.get(plain(name)) ?? []
}

/** Our layer for a name of PyTorch, Keras or Caffe, or for one of ours in other letters. */
export function foreignLayer(name: string): AnyLayer | undefined {
  const entries = [...foreignEntries(name), ...similarEntries(name)]
  const plainest = entries.find(({ foreign: { needs, requires, remark } }) => !needs && !requires && !remark)
  return (plainest ?? entries[0])?.layer
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}
