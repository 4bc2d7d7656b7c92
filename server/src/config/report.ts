import type { ProblemKind } from '../check/problems/declare'
import type { Problem } from '../model/problem'
import { sentence } from '../model/words'
import { type Node, rangeOf } from './json'

/** Reports a mistake at a value of a configuration. */
export type Report = <D>(kind: ProblemKind<D>, data: D, node: Node) => void

/** Collects the mistakes in one file. */
export function collector(file: string): { readonly problems: Problem[]; readonly report: Report } {
  const problems: Problem[] = []
  return {
    problems,
    report: (kind, data, node) =>
      void problems.push(configProblem(kind, data, { file, range: rangeOf(node) })),
  }
}

export function configProblem<D>(
  kind: ProblemKind<D>,
  data: D,
  place: Pick<Problem, 'file' | 'range'>,
): Problem {
  const { code, severity } = kind
  const words = kind.words(data)
  return { code, severity, message: sentence(words), words, data, related: [], ...place }
}
