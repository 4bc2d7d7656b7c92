import type { Analysis, AnalyzeOptions, Host } from '../check/analysis'
import { analyze } from '../check/analyze'
import { findings } from '../rules/frame/findings'
import { type Finding, toFinding } from './findings'
import type { Terminal } from './terminal'

/** Analyses a file and runs the rules over it; a rule that fails is named on standard error. */
export function lint(
  file: string,
  host: Host,
  options: AnalyzeOptions,
  { err }: Terminal,
): { readonly analysis: Analysis; readonly found: readonly Finding[] } {
  const analysis = analyze(file, host, options)
  const problems = findings(analysis, {
    onCrash: ({ code }, error) =>
      err.write(`cnnlint: the rule ${code} failed on ${file}, its findings are left out: ${error}\n`),
  })
  return { analysis, found: problems.map((problem) => toFinding(problem, analysis)) }
}
