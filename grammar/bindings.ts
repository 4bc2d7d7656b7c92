/** What a node of the tree binds: the names that it gives a value, and from where on the text sees that value. */
import type { Identifier, ImportedName, SyntaxNode } from './tree'

/** How a name gets its value, and which node binds it. */
export type BindingKind =
  /** `a, b = …`; the node is the statement. */
  | 'assign'
  /** `shared a = …`; the node is the statement. */
  | 'shared'
  /** `input a: …`; the node is the statement. */
  | 'input'
  /** `output a = …`; the node is the statement. `output a` without a value reads the name. */
  | 'output'
  /** `for a in …`; the node is the statement. */
  | 'for'
  /** `… as a`; the node is the stage, or the flow whose head is named. */
  | 'as'
  /** The name of a comprehension, which nothing outside it sees; the node is the comprehension. */
  | 'item'
  /** The node is the {@link Parameter}. */
  | 'parameter'
  /** The name under which the file knows what it imports; the node is the {@link ImportedName}. */
  | 'import'
  | 'constant'
  | 'block'
  | 'network'

export interface Bound {
  readonly kind: BindingKind
  /** In the order of the text, without those that a half-written text lacks; there is at least one. */
  readonly names: readonly Identifier[]
  /** From this offset on the text sees the value; the names of a file's level are seen in all of it. */
  readonly from: number
}

/**
 * The names that a node itself binds, not what stands below it; undefined for a node that binds none. Every kind
 * of node is listed, so that a new one does not compile until it is decided here what it binds.
 */
export function boundBy(node: SyntaxNode): Bound | undefined {
  switch (node.kind) {
    case 'assign':
      return bound('assign', node.names, node.end)
    case 'shared':
    case 'input':
      return bound(node.kind, [node.name], node.end)
    case 'output':
      return node.value && bound('output', [node.name], node.end)
    case 'for':
      return bound('for', node.names, node.iterable.end)
    case 'flow':
      return node.headAs && bound('as', [node.headAs], node.headAs.end)
    case 'stage':
      return node.as && bound('as', [node.as], node.as.end)
    case 'comprehension':
      return bound('item', node.names, node.element.start)
    case 'parameter':
      return bound('parameter', [node.name], node.end)
    case 'imported-name':
      return bound('import', [localName(node)], 0)
    case 'constant':
    case 'block':
    case 'network':
      return bound(node.kind, [node.name], 0)
    case 'file':
    case 'import':
    case 'body':
    case 'return':
    case 'if':
    case 'expect':
    case 'conditional':
    case 'binary':
    case 'comparison':
    case 'unary':
    case 'call':
    case 'argument':
    case 'index':
    case 'attribute':
    case 'number':
    case 'size':
    case 'string':
    case 'boolean':
    case 'none':
    case 'name':
    case 'list':
    case 'parenthesized':
    case 'missing':
    case 'identifier':
      return undefined
    default:
      return node satisfies never
  }
}

/** The name under which a file knows what it imports. */
export function localName({ name, alias }: Pick<ImportedName, 'name' | 'alias'>): Identifier {
  return alias ?? name
}

function bound(kind: BindingKind, names: readonly Identifier[], from: number): Bound | undefined {
  const written = names.filter(({ name }) => name !== '')
  return written.length === 0 ? undefined : { kind, names: written, from }
}
