/** The registry of rules. */
import { addOfSameTensor } from './add-of-same-tensor'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import { flattenOfVector } from './flatten-of-vector'
import type { AnyRule } from './frame/rule'
import { identityOperation } from './identity-operation'
import { normalisationOverOneValue } from './normalisation-over-one-value'
import { poolingAfterGlobalPooling } from './pooling-after-global-pooling'
import { reluBeforeAdd } from './relu-before-add'
import { strideDropsPixels } from './stride-drops-pixels'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  addOfSameTensor,
  evenKernelHalfGrows,
  flattenOfVector,
  identityOperation,
  normalisationOverOneValue,
  poolingAfterGlobalPooling,
  reluBeforeAdd,
  strideDropsPixels,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
