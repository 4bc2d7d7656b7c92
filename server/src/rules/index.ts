/** The registry of rules. */
import { dilationHoles } from './dilation-holes'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import type { AnyRule } from './frame/rule'
import { kernelCoversMap } from './kernel-covers-map'
import { misalignedMerge } from './misaligned-merge'
import { receptiveFieldMissesInput } from './receptive-field-misses-input'
import { strideDropsPixels } from './stride-drops-pixels'
import { unproductiveLayer } from './unproductive-layer'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  dilationHoles,
  evenKernelHalfGrows,
  kernelCoversMap,
  misalignedMerge,
  receptiveFieldMissesInput,
  strideDropsPixels,
  unproductiveLayer,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
