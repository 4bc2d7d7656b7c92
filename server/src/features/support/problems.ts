import type { Analysis } from '../../check/analysis'
import { findings, type LintContext, type OnCrash } from '../../lint/findings'
import { byPlace, type Problem } from '../../model/problem'
import type { View } from './view'

/** A problem as it is shown in the file of a view, and the analysis that found it. */
export interface ShownProblem {
  readonly problem: Problem
  readonly analysis: Analysis
  /** As the analysis found it: at the call, where the fault itself is in an imported file. */
  readonly found: Problem
}

/**
 * The problems of a view's file: its own and, while it is open, the errors that the networks of files that import it
 * run into in its blocks; otherwise those show at the calls alone, where the command line reports them. A fault that several of them meet is reported once. The rules run when they have not run yet: `onCrash`
 * is called with one that fails.
 */
export function problemsOf(view: View, onCrash?: OnCrash): readonly ShownProblem[] {
  const { analysis, importers, ignored, isOpen } = view
  if (ignored) return []
  const context = { ...lintOf(view, analysis), ...(onCrash ? { onCrash } : {}) }
  const own = findings(analysis, context).map(
    (problem): ShownProblem => ({ problem, analysis, found: problem }),
  )
  const led = (isOpen ? importers : []).flatMap((importer) =>
    importer.problems.flatMap((each): ShownProblem[] => {
      const problem = atOrigin(each)
      return problem?.file === analysis.uri ? [{ problem, analysis: importer, found: each }] : []
    }),
  )
  const seen = new Set<string>()
  return [...own, ...led]
    .filter(({ problem }) => {
      const { code, range, origin } = problem
      const key = [code, range.start, range.end, origin?.file, origin?.range.start].join(' ')
      return !seen.has(key) && seen.add(key)
    })
    .sort((a, b) => byPlace(a.problem, b.problem))
}

/** What the rules are run with on one of a view's analyses: by the settings of the view's own file. */
export function lintOf({ analysis, importers, unseen, lint }: View, of: Analysis): LintContext {
  if (of !== analysis) return { settings: lint }
  return { settings: lint, importers, ...(unseen === undefined ? {} : { unseen }) }
}

/** The problem at the fault itself, with the call that led there as related; undefined where it stands there already. */
function atOrigin({ origin, ...problem }: Problem): Problem | undefined {
  if (origin === undefined) return undefined
  const { file, range, related } = problem
  const rest = related.filter((place) => place.file !== origin.file || place.range !== origin.range)
  return { ...problem, ...origin, related: [{ file, range, message: 'this call leads there' }, ...rest] }
}
