/** The registry of rules. */
import { asymmetricSamePadding } from './asymmetric-same-padding'
import { checkerboardUpsampling } from './checkerboard-upsampling'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import type { AnyRule } from './frame/rule'
import { inputSizeSensitive } from './input-size-sensitive'
import { paddingOnPointwiseKernel } from './padding-on-pointwise-kernel'
import { paddingOnlyOutputs } from './padding-only-outputs'
import { strideDropsPixels } from './stride-drops-pixels'
import { strideSkipsPixels } from './stride-skips-pixels'
import { upsamplingUndoneByStride } from './upsampling-undone-by-stride'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  asymmetricSamePadding,
  checkerboardUpsampling,
  evenKernelHalfGrows,
  inputSizeSensitive,
  paddingOnPointwiseKernel,
  paddingOnlyOutputs,
  strideDropsPixels,
  strideSkipsPixels,
  upsamplingUndoneByStride,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
