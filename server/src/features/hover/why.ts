import { enclosing, type Path } from '../../check/semantics/path'
import { errorsIn, runsOf } from '../../check/semantics/runs'
import { paragraphs } from '../support/markdown'
import type { View } from '../support/view'

/** What a hover says of a block that no network runs. */
export const NEVER_RUN =
  'No network that is known here applies the block, so that its shapes are open. A line `## @example [64, 56, 56] -> …` above it, with a call, gives it some.'

/** Why what stands at the end of a path has no value, where that is known. */
export function whyUnknown(view: View, path: Path): string | undefined {
  const statement = enclosing(path, 'assign', 'output', 'return', 'shared', 'input', 'for')
  const [error] = statement === undefined ? [] : errorsIn(view.analysis, statement)
  if (error !== undefined) return paragraphs('Something in this statement fails.', error.message)
  const block = enclosing(path, 'block')
  return block !== undefined && runsOf(view, block).length === 0 ? NEVER_RUN : undefined
}
