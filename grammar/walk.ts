import type { SyntaxNode } from './tree'

/** The nodes directly below a node, in the order of the text. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'file':
      return node.items
    case 'import':
      return [node.path, ...node.names]
    case 'imported-name':
      return present(node.name, node.alias)
    case 'constant':
    case 'shared':
      return [node.name, node.value]
    case 'block':
    case 'network':
      return [node.name, ...node.params, node.body]
    case 'parameter':
      return present(node.name, node.type, node.default)
    case 'body':
      return node.statements
    case 'input':
      return [node.name, node.shape]
    case 'output':
      return present(node.name, node.value)
    case 'return':
      return node.values
    case 'assign':
      return [...node.names, node.value]
    case 'for':
      return [...node.names, node.iterable, node.body]
    case 'if':
      return present(node.condition, node.then, node.else)
    case 'expect':
      return present(node.condition, node.message)
    case 'flow':
      return present(node.head, node.headAs, ...node.stages)
    case 'stage':
      return present(node.value, node.as)
    case 'conditional':
      return [node.condition, node.then, node.else]
    case 'binary':
      return [node.left, node.right]
    case 'comparison':
      return node.operands
    case 'unary':
      return [node.operand]
    case 'call':
      return [node.callee, ...node.args]
    case 'argument':
      return present(node.name, node.value)
    case 'index':
      return [node.object, node.index]
    case 'attribute':
      return [node.object, node.name]
    case 'list':
      return node.items
    case 'comprehension':
      return [node.element, ...node.names, node.iterable]
    case 'parenthesized':
      return [node.value]
    default:
      return []
  }
}

/** Visits a node and all below it, parents first; a visit that returns false skips what is below. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => boolean | undefined | void): void {
  if (visit(node) === false) return
  for (const child of children(node)) walk(child, visit)
}

function present(...nodes: readonly (SyntaxNode | undefined)[]): readonly SyntaxNode[] {
  return nodes.filter((node) => node !== undefined)
}
