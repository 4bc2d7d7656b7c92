import type { Range, SyntaxNode } from './tree'

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

/** The node and everything below it, in the order of the text. */
export function* descendants(node: SyntaxNode): Generator<SyntaxNode> {
  yield node
  for (const child of children(node)) yield* descendants(child)
}

/**
 * The nodes around an offset, from the file inwards. Where two nodes touch at the offset, the one that starts
 * there is taken, as the letter after the cursor is the one that the mouse points at.
 */
export function nodesAt(node: SyntaxNode, offset: number): readonly SyntaxNode[] {
  const touching = children(node).filter((child) => touches(child, offset))
  const inner = touching.find((child) => offset < child.end) ?? touching.at(-1)
  return inner === undefined ? [node] : [node, ...nodesAt(inner, offset)]
}

function touches(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end
}

function present(...nodes: readonly (SyntaxNode | undefined)[]): readonly SyntaxNode[] {
  return nodes.filter((node) => node !== undefined)
}
