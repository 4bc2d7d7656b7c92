import { localName } from '../../../../grammar/bindings'
import { type Identifier, type Name, type Range, type SyntaxNode, TYPE_NAMES } from '../../../../grammar/tree'
import { eachChild } from '../../../../grammar/walk'
import { type Binding, referencesOf } from '../../check/references'
import type { View } from '../support/view'
import { declaring, type TokenKind } from './legend'
import { KINDS, nameKinds } from './names'

/** A name in the text with what it is. */
export interface Token {
  readonly range: Range
  readonly kind: TokenKind
}

const typeNames: ReadonlySet<string> = new Set(TYPE_NAMES)

/** The names of a view's file in the order of the text, each with what it stands for. */
export function tokensOf(view: View): readonly Token[] {
  const found: Token[] = []
  const references = referencesOf(view.analysis.file)
  const kinds = nameKinds(view, references)
  const visit = (node: SyntaxNode, parent?: SyntaxNode): void => {
    if (node.kind !== 'identifier' && node.kind !== 'name') eachChild(node, (child) => visit(child, node))
    // A name that the text lacks has no length.
    else if (node.end > node.start) found.push({ range: node, kind: kindOf(node, parent) })
  }

  const kindOf = (node: Identifier | Name, parent: SyntaxNode | undefined): TokenKind => {
    const binding = references.bindingAt(node)
    if (binding !== undefined) return kindWhereBound(binding)
    const read = references.readAt(node)
    if (read !== undefined) return kinds.read(read)
    switch (parent?.kind) {
      case 'argument':
        return KINDS.option
      case 'attribute':
        return KINDS.attribute
      case 'parameter':
        return typeNames.has(node.name) ? KINDS.typeName : KINDS.unknown
      case 'imported-name': {
        // `one as two`: what is imported is the same under both names.
        const imported = references.bindingAt(localName(parent))
        return imported === undefined ? KINDS.unknown : kindWhereBound(imported)
      }
      default:
        return KINDS.unknown
    }
  }

  /** What an import brings is declared in another file. */
  const kindWhereBound = (binding: Binding) => {
    const kind = kinds.bound(binding)
    return binding.kind === 'import' ? kind : declaring(kind)
  }

  visit(view.analysis.file)
  return found
}
