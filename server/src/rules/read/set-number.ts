import { type Analysis, runGraphs } from '../../check/analysis'
import { isLiteral } from '../../check/binding/call-edits'
import type { Candidate, FixContext } from '../../fixes/fix'
import { setOptionOf } from '../../fixes/set-option'
import type { OptionTarget } from '../../fixes/targets'
import type { LayerNode } from '../../model/graph'

/**
 * Candidates that give an option of a layer numbers, at each place that could: but not in the place of an expression
 * that comes to other numbers for other calls, which its author wrote for all of them. A word suits all of them.
 */
export function setNumber(
  context: FixContext,
  node: LayerNode,
  option: string,
  text: string,
): readonly Candidate[] {
  const shows = { file: node.file, range: node.site }
  const keep = /^[a-z]/.test(text) ? undefined : isOneNumber(context.analysis, node, option)
  return setOptionOf(context, node, option, text, { own: node.site, shows, ...(keep ? { keep } : {}) })
}

/** Tells whether a text gives an option one value: it is a number, or all that it is applied for agree. */
function isOneNumber(
  analysis: Analysis,
  { site }: LayerNode,
  option: string,
): (target: OptionTarget) => boolean {
  let isAlike: boolean | undefined
  const alike = () => {
    const values = runGraphs(analysis).flatMap(({ layers }) =>
      layers.filter((each) => each.site === site).map(({ options }) => JSON.stringify(options[option])),
    )
    return new Set(values).size <= 1
  }
  return ({ given }) => {
    if (given === undefined || isLiteral(given)) return true
    isAlike ??= alike()
    return isAlike
  }
}
