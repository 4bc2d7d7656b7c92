/** The registry of rules. */
import { activationOnLogits } from './activation-on-logits'
import { biasBeforeBatchnorm } from './bias-before-batchnorm'
import { doubleActivation } from './double-activation'
import { dropoutBeforeBatchnorm } from './dropout-before-batchnorm'
import { dropoutOnOutput } from './dropout-on-output'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import type { AnyRule } from './frame/rule'
import { linearConvolutions } from './linear-convolutions'
import { repeatedActivation } from './repeated-activation'
import { softmaxOfOneChannel } from './softmax-of-one-channel'
import { strideDropsPixels } from './stride-drops-pixels'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  activationOnLogits,
  biasBeforeBatchnorm,
  doubleActivation,
  dropoutBeforeBatchnorm,
  dropoutOnOutput,
  evenKernelHalfGrows,
  linearConvolutions,
  repeatedActivation,
  softmaxOfOneChannel,
  strideDropsPixels,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
