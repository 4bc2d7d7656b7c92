/** The registry of rules. */
import { activationOnLogits } from './activation-on-logits'
import { addOfSameTensor } from './add-of-same-tensor'
import { asymmetricSamePadding } from './asymmetric-same-padding'
import { batchInInput } from './batch-in-input'
import { biasBeforeBatchnorm } from './bias-before-batchnorm'
import { bottleneckWidens } from './bottleneck-widens'
import { branchNeverTaken } from './branch-never-taken'
import { broadcastChannels } from './broadcast-channels'
import { budgetExceeded } from './budget-exceeded'
import { channelsLastInput } from './channels-last-input'
import { channelsMissMultiple } from './channels-miss-multiple'
import { checkerboardUpsampling } from './checkerboard-upsampling'
import { depthwiseSeparableSaving } from './depthwise-separable-saving'
import { dilationHoles } from './dilation-holes'
import { doubleActivation } from './double-activation'
import { dropoutBeforeBatchnorm } from './dropout-before-batchnorm'
import { dropoutOnOutput } from './dropout-on-output'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import { flattenOfVector } from './flatten-of-vector'
import type { AnyRule } from './frame/rule'
import { fullyConnectedParameters } from './fully-connected-parameters'
import { identityOperation } from './identity-operation'
import { imageWithoutChannels } from './image-without-channels'
import { inputSizeSensitive } from './input-size-sensitive'
import { kernelCoversMap } from './kernel-covers-map'
import { largeKernel } from './large-kernel'
import { linearConvolutions } from './linear-convolutions'
import { lrnWithoutEffect } from './lrn-without-effect'
import { misalignedMerge } from './misaligned-merge'
import { misreadAxes } from './misread-axes'
import { missingOutput } from './missing-output'
import { normalisationOverOneValue } from './normalisation-over-one-value'
import { opaqueLayer } from './opaque-layer'
import { paddingOnPointwiseKernel } from './padding-on-pointwise-kernel'
import { paddingOnlyOutputs } from './padding-only-outputs'
import { pointwiseAtFinerMap } from './pointwise-at-finer-map'
import { poolingAfterGlobalPooling } from './pooling-after-global-pooling'
import { reboundWithoutUse } from './rebound-without-use'
import { receptiveFieldMissesInput } from './receptive-field-misses-input'
import { reluBeforeAdd } from './relu-before-add'
import { repeatedActivation } from './repeated-activation'
import { representationalBottleneck } from './representational-bottleneck'
import { shadowedName } from './shadowed-name'
import { softmaxOfOneChannel } from './softmax-of-one-channel'
import { strideDropsPixels } from './stride-drops-pixels'
import { strideSkipsPixels } from './stride-skips-pixels'
import { unproductiveLayer } from './unproductive-layer'
import { unusedDeclaration } from './unused-declaration'
import { unusedImport } from './unused-import'
import { unusedName } from './unused-name'
import { unusedParameter } from './unused-parameter'
import { unusedResult } from './unused-result'
import { unusedSilence } from './unused-silence'
import { upsamplingUndoneByStride } from './upsampling-undone-by-stride'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  activationOnLogits,
  addOfSameTensor,
  asymmetricSamePadding,
  batchInInput,
  biasBeforeBatchnorm,
  bottleneckWidens,
  branchNeverTaken,
  broadcastChannels,
  budgetExceeded,
  channelsLastInput,
  channelsMissMultiple,
  checkerboardUpsampling,
  depthwiseSeparableSaving,
  dilationHoles,
  doubleActivation,
  dropoutBeforeBatchnorm,
  dropoutOnOutput,
  evenKernelHalfGrows,
  flattenOfVector,
  fullyConnectedParameters,
  identityOperation,
  imageWithoutChannels,
  inputSizeSensitive,
  kernelCoversMap,
  largeKernel,
  linearConvolutions,
  lrnWithoutEffect,
  misalignedMerge,
  misreadAxes,
  missingOutput,
  normalisationOverOneValue,
  opaqueLayer,
  paddingOnPointwiseKernel,
  paddingOnlyOutputs,
  pointwiseAtFinerMap,
  poolingAfterGlobalPooling,
  reboundWithoutUse,
  receptiveFieldMissesInput,
  reluBeforeAdd,
  repeatedActivation,
  representationalBottleneck,
  shadowedName,
  softmaxOfOneChannel,
  strideDropsPixels,
  strideSkipsPixels,
  unproductiveLayer,
  unusedDeclaration,
  unusedImport,
  unusedName,
  unusedParameter,
  unusedResult,
  unusedSilence,
  upsamplingUndoneByStride,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
