import type { Range, SyntaxNode } from './tree'

type Visit = (child: SyntaxNode) => void

function all(nodes: readonly SyntaxNode[], visit: Visit): void {
  for (const child of nodes) visit(child)
}

function maybe(child: SyntaxNode | undefined, visit: Visit): void {
  if (child !== undefined) visit(child)
}

/** Calls `visit` for the nodes directly below a node, in the order of the text. */
export function eachChild(node: SyntaxNode, visit: Visit): void {
  switch (node.kind) {
    case 'file':
      all(node.items, visit)
      break
    case 'import':
      visit(node.path)
      all(node.names, visit)
      break
    case 'imported-name':
      visit(node.name)
      maybe(node.alias, visit)
      break
    case 'constant':
    case 'shared':
      visit(node.name)
      visit(node.value)
      break
    case 'block':
    case 'network':
      visit(node.name)
      all(node.params, visit)
      visit(node.body)
      break
    case 'parameter':
      visit(node.name)
      maybe(node.type, visit)
      maybe(node.default, visit)
      break
    case 'body':
      all(node.statements, visit)
      break
    case 'input':
      visit(node.name)
      visit(node.shape)
      break
    case 'output':
      visit(node.name)
      maybe(node.value, visit)
      break
    case 'return':
      all(node.values, visit)
      break
    case 'assign':
      all(node.names, visit)
      visit(node.value)
      break
    case 'for':
      all(node.names, visit)
      visit(node.iterable)
      visit(node.body)
      break
    case 'if':
      visit(node.condition)
      visit(node.then)
      maybe(node.else, visit)
      break
    case 'expect':
      visit(node.condition)
      maybe(node.message, visit)
      break
    case 'flow':
      visit(node.head)
      maybe(node.headAs, visit)
      all(node.stages, visit)
      break
    case 'stage':
      visit(node.value)
      maybe(node.as, visit)
      break
    case 'conditional':
      visit(node.condition)
      visit(node.then)
      visit(node.else)
      break
    case 'binary':
      visit(node.left)
      visit(node.right)
      break
    case 'comparison':
      all(node.operands, visit)
      break
    case 'unary':
      visit(node.operand)
      break
    case 'call':
      visit(node.callee)
      all(node.args, visit)
      break
    case 'argument':
      maybe(node.name, visit)
      visit(node.value)
      break
    case 'index':
      visit(node.object)
      visit(node.index)
      break
    case 'attribute':
      visit(node.object)
      visit(node.name)
      break
    case 'list':
      all(node.items, visit)
      break
    case 'comprehension':
      visit(node.element)
      all(node.names, visit)
      visit(node.iterable)
      break
    case 'parenthesized':
      visit(node.value)
      break
  }
}

/** The nodes directly below a node, in the order of the text. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  eachChild(node, (child) => found.push(child))
  return found
}

/** Visits a node and all below it, parents first; a visit that returns false skips what is below. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => unknown): void {
  if (visit(node) !== false) eachChild(node, (child) => walk(child, visit))
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
