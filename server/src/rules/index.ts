/** The registry of rules. */
import { activationOnLogits } from './activation-on-logits'
import { biasBeforeBatchnorm } from './bias-before-batchnorm'
import { bottleneckWidens } from './bottleneck-widens'
import { budgetExceeded } from './budget-exceeded'
import { channelsMissMultiple } from './channels-miss-multiple'
import { depthwiseSeparableSaving } from './depthwise-separable-saving'
import { doubleActivation } from './double-activation'
import { dropoutBeforeBatchnorm } from './dropout-before-batchnorm'
import { dropoutOnOutput } from './dropout-on-output'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import type { AnyRule } from './frame/rule'
import { fullyConnectedParameters } from './fully-connected-parameters'
import { largeKernel } from './large-kernel'
import { linearConvolutions } from './linear-convolutions'
import { lrnWithoutEffect } from './lrn-without-effect'
import { pointwiseAtFinerMap } from './pointwise-at-finer-map'
import { repeatedActivation } from './repeated-activation'
import { representationalBottleneck } from './representational-bottleneck'
import { softmaxOfOneChannel } from './softmax-of-one-channel'
import { strideDropsPixels } from './stride-drops-pixels'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  activationOnLogits,
  biasBeforeBatchnorm,
  bottleneckWidens,
  budgetExceeded,
  channelsMissMultiple,
  depthwiseSeparableSaving,
  doubleActivation,
  dropoutBeforeBatchnorm,
  dropoutOnOutput,
  evenKernelHalfGrows,
  fullyConnectedParameters,
  largeKernel,
  linearConvolutions,
  lrnWithoutEffect,
  pointwiseAtFinerMap,
  repeatedActivation,
  representationalBottleneck,
  softmaxOfOneChannel,
  strideDropsPixels,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
