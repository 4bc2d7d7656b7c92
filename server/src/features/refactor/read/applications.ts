/** The layer at a selection with all that it is applied to. */

import { callChain } from '../../../../../grammar/calls'
import type { Expression, Name } from '../../../../../grammar/tree'
import { applicationsOf } from '../../../check/semantics/runs'
import type { LayerNode } from '../../../model/graph'
import type { RefactorContext } from '../frame/refactoring'

export interface Applications {
  /** The name or the call that stands for the layer. */
  readonly site: Expression
  /** The layer's name in it. */
  readonly name: Name
  /** Its applications in all networks that are known; there is at least one. */
  readonly nodes: readonly LayerNode[]
}

/** The built-in layer whose name or call the selection stands in, the innermost one. */
export function applicationsAt({ view, path }: RefactorContext): Applications | undefined {
  for (const node of path.toReversed()) {
    if (node.kind !== 'name' && node.kind !== 'call') continue
    const nodes = applicationsOf(view, node).map((each) => each.node)
    const name = callChain(node)[0]?.callee ?? node
    if (nodes.length > 0 && name.kind === 'name') return { site: node, name, nodes }
  }
  return undefined
}
