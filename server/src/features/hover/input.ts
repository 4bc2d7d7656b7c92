import { enclosing, type Path } from '../../check/semantics/path'
import { WHILE_POINTING } from '../../fixes/valid-sizes'
import { showShape } from '../../model/shape'
import { inputAt, sizeFacts } from '../input-sizes/sizes'
import { showTried, triedFor } from '../input-sizes/tried'
import { code } from '../support/markdown'
import type { View } from '../support/view'
import type { HoverContent } from './content'

/** What is known of an input, with the sizes that it may have. */
export function withSizes(view: View, path: Path, content: HoverContent): HoverContent {
  const statement = enclosing(path, 'input')
  const isAboutIt = statement && (content.range === statement || content.range === statement.name)
  const input = isAboutIt && inputAt(view, statement.name)
  if (!input) return content
  return { ...content, facts: [...(content.facts ?? []), ...sizeFacts(view, input, WHILE_POINTING)] }
}

/** More tried inputs are counted, not named one by one. */
const MOST_MARKED = 3

/** What is known of a place, marked where another size than the text's is tried for what it depends on. */
export function withMark(view: View, path: Path, content: HoverContent): HoverContent {
  const declaration = enclosing(path, 'network', 'block')
  const tried = declaration === undefined ? [] : triedFor(view, declaration)
  if (tried.length === 0) return content
  const named = tried.slice(0, MOST_MARKED).map(({ graph, node }) => {
    const declared = node.declared === undefined ? '' : `, not ${showShape(node.declared)}`
    return `${code(showTried(node))} of ${code(graph.name)}${declared}`
  })
  const rest = tried.length - named.length
  const mark = `*for the tried input ${named.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}*`
  return { ...content, mark }
}
