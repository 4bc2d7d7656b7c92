/** Mends all that can be mended in one file by the fixes that are preferred. */
import type { Analysis, Host } from '../../check/analysis'
import { analyze } from '../../check/analyze'
import type { ProvenFix } from '../../fixes/fix'
import { overlapping, overlay } from '../../fixes/prove'
import { applyEdits, type Problem, type TextEdit } from '../../model/problem'
import { findings } from './findings'
import { offeredFixes } from './offer'

/** A fix may uncover a further error, which the next round mends. */
const MOST_ROUNDS = 10

/**
 * The file's text with the preferred fixes of its errors and warnings applied, those that overlap one after the
 * other; undefined when nothing can be mended. Fixes that need a decision (a changed expectation, a finding
 * that is mere information) are left to the user.
 */
export function fixAll(analysis: Analysis, host: Host): string | undefined {
  const { uri } = analysis
  let best = { text: analysis.file.text, errors: countErrors(analysis) }
  let current = analysis
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const at = overlay(host, uri, current.file.text)
    const fixes = preferredFixes(current, at)
    const next = applied(current, at, fixes)
    if (next === undefined) break
    const errors = countErrors(next)
    const mended = findings(next).length < findings(current).length
    current = next
    if (errors < best.errors || (errors === best.errors && mended)) best = { text: next.file.text, errors }
  }
  return best.text === analysis.file.text ? undefined : best.text
}

function preferredFixes(analysis: Analysis, host: Host): readonly ProvenFix[] {
  return findings(analysis).flatMap((problem) => {
    if (!isMendedUnasked(problem)) return []
    const [fix] = offeredFixes({ analysis, host, problem })
    return fix === undefined || fix.drastic || fix.file !== analysis.uri ? [] : [fix]
  })
}

function isMendedUnasked({ severity }: Problem): boolean {
  return severity === 'error' || severity === 'warning'
}

/** The file with as many of the fixes as do not overlap, or the first alone where together they break something. */
function applied(analysis: Analysis, host: Host, fixes: readonly ProvenFix[]): Analysis | undefined {
  const [first] = fixes
  if (first === undefined) return undefined
  const chosen: TextEdit[] = []
  for (const { edits } of fixes) {
    if (!overlapping([...chosen, ...edits.filter((edit) => !includes(chosen, edit))])) {
      chosen.push(...edits.filter((edit) => !includes(chosen, edit)))
    }
  }
  const changed = (edits: readonly TextEdit[]) =>
    analyze(analysis.uri, overlay(host, analysis.uri, applyEdits(analysis.file.text, edits)))
  const together = changed(chosen)
  return countErrors(together) <= first.errors ? together : changed(first.edits)
}

function includes(edits: readonly TextEdit[], edit: TextEdit): boolean {
  return edits.some(({ start, end, text }) => start === edit.start && end === edit.end && text === edit.text)
}

function countErrors({ problems }: Analysis): number {
  return problems.filter(({ severity }) => severity === 'error').length
}
