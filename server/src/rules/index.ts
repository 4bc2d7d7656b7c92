/** The registry of rules. */
import { bottleneckWidens } from './bottleneck-widens'
import { budgetExceeded } from './budget-exceeded'
import { channelsMissMultiple } from './channels-miss-multiple'
import { depthwiseSeparableSaving } from './depthwise-separable-saving'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import type { AnyRule } from './frame/rule'
import { fullyConnectedParameters } from './fully-connected-parameters'
import { largeKernel } from './large-kernel'
import { lrnWithoutEffect } from './lrn-without-effect'
import { pointwiseAtFinerMap } from './pointwise-at-finer-map'
import { representationalBottleneck } from './representational-bottleneck'
import { strideDropsPixels } from './stride-drops-pixels'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  bottleneckWidens,
  budgetExceeded,
  channelsMissMultiple,
  depthwiseSeparableSaving,
  evenKernelHalfGrows,
  fullyConnectedParameters,
  largeKernel,
  lrnWithoutEffect,
  pointwiseAtFinerMap,
  representationalBottleneck,
  strideDropsPixels,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
