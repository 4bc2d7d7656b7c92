/** The words of titles. */

import { lineIndex } from '../../../grammar/positions'
import type { Expression } from '../../../grammar/tree'
import { shortened } from '../check/words'
import type { FixContext } from './fix'
import type { OptionTarget } from './targets'

/** The text of an expression on one line, shortened. */
export function textOf({ analysis }: FixContext, file: string, site: Expression): string {
  return shortened((analysis.files.get(file)?.text ?? '').slice(site.start, site.end), 40)
}

/** What a change of an option does: `Set padding=1`, or `Set the default pad=1` in a declaration. */
export function describeChange({ option, isDefault }: OptionTarget, value: string | number): string {
  return `Set ${isDefault ? 'the default ' : ''}${option}=${value}`
}

/** Where a change happens, when that is not the problem's own site: ` on conv(64, 3), line 7, in block unit`. */
export function describeTarget(
  context: FixContext,
  { file, site, inside, isDefault }: OptionTarget,
  own = context.problem.stage?.site,
): string {
  const { analysis } = context
  const block = inside?.kind === 'block' ? ` in block ${inside.name.name}` : ''
  if (site === own || isDefault) return block
  const line = lineIndex(analysis.files.get(file)?.text ?? '').position(site.start).line + 1
  return ` on ${textOf(context, file, site)}, line ${line}${block === '' ? '' : `,${block}`}`
}
