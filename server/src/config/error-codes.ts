import { PROBLEM_KINDS } from '../check/problems'
import { SYNTAX_KINDS } from '../check/problems/syntax'
import { LAYERS } from '../layers/index'

let known: ReadonlySet<string> | undefined

/** Whether a code is that of a mistake which the analysis reports, and no rule. */
export function isErrorCode(code: string): boolean {
  known ??= new Set(
    [...PROBLEM_KINDS, ...SYNTAX_KINDS, ...LAYERS.flatMap(({ constraints }) => constraints)].map(
      (each) => each.code,
    ),
  )
  return known.has(code)
}
