/** The registry of rules. */
import { branchNeverTaken } from './branch-never-taken'
import { evenKernelHalfGrows } from './even-kernel-half-grows'
import type { AnyRule } from './frame/rule'
import { reboundWithoutUse } from './rebound-without-use'
import { shadowedName } from './shadowed-name'
import { strideDropsPixels } from './stride-drops-pixels'
import { unusedDeclaration } from './unused-declaration'
import { unusedImport } from './unused-import'
import { unusedName } from './unused-name'
import { unusedParameter } from './unused-parameter'
import { unusedResult } from './unused-result'
import { unusedSilence } from './unused-silence'

/** All rules, sorted by code. */
export const RULES: readonly AnyRule[] = [
  branchNeverTaken,
  evenKernelHalfGrows,
  reboundWithoutUse,
  shadowedName,
  strideDropsPixels,
  unusedDeclaration,
  unusedImport,
  unusedName,
  unusedParameter,
  unusedResult,
  unusedSilence,
]

let byCode: ReadonlyMap<string, AnyRule> | undefined

export function findRule(code: string): AnyRule | undefined {
  byCode ??= new Map(RULES.map((rule) => [rule.code, rule]))
  return byCode.get(code)
}
