/** The registry of rules. */
import { dilationHoles } from './dilation-holes'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import type { AnyRule } from './frame/rule'
import { misalignedMerge } from './misaligned-merge'
import { strideDropsPixels } from './stride-drops-pixels'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  dilationHoles,
  evenKernelHalfGrows,
  misalignedMerge,
  strideDropsPixels,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
