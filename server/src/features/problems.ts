import type { Analysis } from '../check/analysis'
import type { Problem } from '../model/problem'
import { findings } from '../rules/frame/findings'
import type { View } from './view'

/** A problem as it is shown in the file of a view, and the analysis that found it. */
export interface ShownProblem {
  readonly problem: Problem
  readonly analysis: Analysis
  /** As the analysis found it: at the call, where the fault itself is in an imported file. */
  readonly found: Problem
}

/**
 * The problems of a view's file: its own, and those that the networks of files that import it run into in its
 * blocks. A fault that several of them meet is told once.
 */
export function problemsOf({
  analysis,
  importers,
}: Pick<View, 'analysis' | 'importers'>): readonly ShownProblem[] {
  const own = findings(analysis, { importers }).map(
    (found): ShownProblem => ({ problem: found, analysis, found }),
  )
  const led = importers.flatMap((importer) =>
    findings(importer).flatMap((found): ShownProblem[] => {
      const problem = atOrigin(found)
      return problem?.file === analysis.uri ? [{ problem, analysis: importer, found }] : []
    }),
  )
  const seen = new Set<string>()
  return [...own, ...led]
    .filter(({ problem }) => {
      const key = `${problem.code} ${problem.range.start} ${problem.range.end}`
      return !seen.has(key) && seen.add(key)
    })
    .sort((a, b) => a.problem.range.start - b.problem.range.start)
}

/** The problem at the fault itself, with the call that led there as related; undefined where it stands there already. */
function atOrigin({ origin, ...problem }: Problem): Problem | undefined {
  if (origin === undefined) return undefined
  const { file, range, related } = problem
  const rest = related.filter((place) => place.file !== origin.file || place.range !== origin.range)
  return { ...problem, ...origin, related: [{ file, range, message: 'this call leads there' }, ...rest] }
}
