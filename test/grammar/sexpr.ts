import type { Expression, Item, Parameter, Statement, SyntaxNode } from '../../grammar/tree'

/**
 * Prints a tree compactly, so that a test can state a whole tree in a line: `(= y (flow x (call conv 64)))`.
 * Operators stand first, names bare, an absent name is `_` and a missing expression `?`.
 */
export function sexpr(node: SyntaxNode): string {
  switch (node.kind) {
    case 'file':
      return node.items.map(sexpr).join(' ')
    case 'identifier':
      return node.name || '_'
    case 'body':
      return list('do', ...node.statements)
    case 'argument':
      return node.name ? `${sexpr(node.name)}=${sexpr(node.value)}` : sexpr(node.value)
    case 'stage':
      return node.as ? list('as', node.value, node.as) : sexpr(node.value)
    case 'imported-name':
      return node.alias ? list('as', node.name, node.alias) : sexpr(node.name)
    case 'parameter':
      return parameter(node)
    default:
      return isExpression(node) ? expression(node) : statement(node)
  }
}

const list = (head: string, ...nodes: readonly (SyntaxNode | undefined)[]): string =>
  `(${[head, ...nodes.filter((node) => node !== undefined).map(sexpr)].join(' ')})`

const names = (nodes: readonly SyntaxNode[]): string => nodes.map(sexpr).join(',')

function parameter({ name, type, default: value }: Parameter): string {
  return `${sexpr(name)}${type ? `:${sexpr(type)}` : ''}${value ? `=${sexpr(value)}` : ''}`
}

function statement(node: Item | Statement): string {
  switch (node.kind) {
    case 'import':
      return list('from', node.path, ...node.names)
    case 'constant':
      return list('=', node.name, node.value)
    case 'block':
    case 'network':
      return `(${node.kind} ${sexpr(node.name)} [${node.params.map(sexpr).join(' ')}] ${sexpr(node.body)})`
    case 'input':
      return list('input', node.name, node.shape)
    case 'output':
      return list('output', node.name, node.value)
    case 'return':
      return list('return', ...node.values)
    case 'assign':
      return `(= ${names(node.names)} ${sexpr(node.value)})`
    case 'shared':
      return list('shared', node.name, node.value)
    case 'for':
      return `(for ${names(node.names)} ${sexpr(node.iterable)} ${sexpr(node.body)})`
    case 'if':
      return list('if', node.condition, node.then, node.else)
    case 'expect':
      return list('expect', node.condition, node.message)
  }
}

function expression(node: Expression): string {
  switch (node.kind) {
    case 'flow': {
      const head = node.headAs ? list('as', node.head, node.headAs) : sexpr(node.head)
      return `(${['flow', head, ...node.stages.map(sexpr)].join(' ')})`
    }
    case 'conditional':
      return list('choose', node.condition, node.then, node.else)
    case 'binary':
      return list(node.operator, node.left, node.right)
    case 'comparison':
      return list(node.operators.join(' '), ...node.operands)
    case 'unary':
      return list(node.operator, node.operand)
    case 'call':
      return list('call', node.callee, ...node.args)
    case 'index':
      return list('at', node.object, node.index)
    case 'attribute':
      return `${sexpr(node.object)}.${sexpr(node.name)}`
    case 'number':
    case 'boolean':
      return String(node.value)
    case 'size':
      return node.values.join('x')
    case 'string':
      return JSON.stringify(node.value)
    case 'none':
      return 'none'
    case 'name':
      return node.name
    case 'list':
      return `[${node.items.map(sexpr).join(' ')}]`
    case 'comprehension':
      return `[${sexpr(node.element)} for ${names(node.names)} ${sexpr(node.iterable)}]`
    case 'parenthesized':
      return list('', node.value)
    case 'missing':
      return '?'
  }
}

const STATEMENTS = new Set<SyntaxNode['kind']>([
  'import',
  'constant',
  'block',
  'network',
  'input',
  'output',
  'return',
  'assign',
  'shared',
  'for',
  'if',
  'expect',
])

function isExpression(node: SyntaxNode): node is Expression {
  return !STATEMENTS.has(node.kind)
}
