import { expect } from 'vitest'
import type { Analysis } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import type { Problem } from '../../server/src/model/problem'
import { annotate, dedent, flush, plain } from './annotations'

/** Files by name; the first one is analysed. A single text is the file `test.cnn`. */
export type Sources = string | Readonly<Record<string, string>>

export interface Analysed {
  readonly analysis: Analysis
  readonly host: ReturnType<typeof memoryHost>
  readonly files: Readonly<Record<string, string>>
}

/** Analyses a source from which the annotations are taken. */
export function analyzed(sources: Sources): Analysed {
  const written = typeof sources === 'string' ? { 'test.cnn': sources } : sources
  const files = Object.fromEntries(
    Object.entries(written).map(([name, text]) => [name, plain(dedent(text))] as const),
  )
  const root = Object.keys(files)[0] as string
  const host = memoryHost(files)
  return { analysis: analyze(root, host), host, files }
}

/**
 * Fails unless the analysis of the first file finds exactly the problems that the carets in the sources mark
 * (see `annotations.ts`). `read` chooses among the results, the analysis' own problems by default.
 */
export function checkProblems(
  sources: Sources,
  read: (analysis: Analysis) => readonly Problem[] = (analysis) => analysis.problems,
): void {
  const { analysis, files } = analyzed(sources)
  const written = typeof sources === 'string' ? { 'test.cnn': sources } : sources
  const problems = read(analysis)
  const shown = Object.entries(written).map(([name, source]) => {
    const expected = flush(dedent(source))
    const own = problems.filter((problem) => problem.file === name)
    return { name, expected, actual: annotate(files[name] as string, own, expected) }
  })
  expect(Object.fromEntries(shown.map(({ name, actual }) => [name, actual]))).toEqual(
    Object.fromEntries(shown.map(({ name, expected }) => [name, expected])),
  )
  expect(problems.filter((problem) => !(problem.file in files))).toEqual([])
}
