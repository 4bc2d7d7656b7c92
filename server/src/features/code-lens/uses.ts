import { localName } from '../../../../grammar/bindings'
import type { Block, SyntaxNode } from '../../../../grammar/tree'
import { eachChild } from '../../../../grammar/walk'
import { declaredAs, define } from '../../check/semantics/scope'
import type { View } from '../support/view'

/** How often the blocks of a view's file are named, in the file itself and in those that import it. */
export function blockUses(view: View): ReadonlyMap<Block, number> {
  const uses = new Map<Block, number>()
  for (const analysis of [view.analysis, ...view.importers]) countUses({ ...view, analysis }, uses)
  return uses
}

function countUses(view: View, uses: Map<Block, number>): void {
  const { file, uri } = view.analysis
  // Most names are those of layers: only what a file's level declares is looked up.
  const names = new Set<string>()
  for (const item of file.items) {
    if (item.kind === 'block') names.add(item.name.name)
    if (item.kind !== 'import') continue
    for (const imported of item.names) {
      const { name } = localName(imported)
      if (declaredAs(view, uri, name)?.kind === 'block') names.add(name)
    }
  }
  const path: SyntaxNode[] = []
  const visit = (node: SyntaxNode) => {
    path.push(node)
    if (node.kind === 'name' && names.has(node.name)) {
      const definition = define(view, path, node.name)
      if (definition?.kind === 'block') {
        uses.set(definition.declaration, (uses.get(definition.declaration) ?? 0) + 1)
      }
    }
    eachChild(node, visit)
    path.pop()
  }
  visit(file)
}
