import type { Range } from '../../../../grammar/tree'
import { CODES, pageUrl } from '../../lint/codes'
import { code, paragraphs, plain } from '../support/markdown'
import { problemsOf } from '../support/problems'
import type { View } from '../support/view'

/** What rules have found at an offset. */
export interface FindingNotes {
  readonly range: Range
  /** In Markdown. */
  readonly text: string
}

/**
 * Why the rules report what they find at an offset, with its source. The message with the numbers is not shown
 * again: editors show it in the same hover.
 */
export function findingNotes(view: View, offset: number): FindingNotes | undefined {
  const found = problemsOf(view).flatMap(({ problem }) => {
    const described = CODES.get(problem.code)
    const { start, end } = problem.range
    const isHere = start <= offset && offset < end
    return described?.kind === 'rule' && isHere ? [{ described, range: problem.range }] : []
  })
  const [first] = found
  if (first === undefined) return undefined
  const texts = found.map(({ described: { code: name, explanation, source = '' } }) => {
    const [why = ''] = explanation.split('\n\n')
    return paragraphs(`Finding [${code(name)}](${pageUrl(name)}): ${why}`, `*Source: ${plain(source)}*`)
  })
  return { range: first.range, text: paragraphs(...texts) }
}
