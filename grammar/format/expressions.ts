import type {
  Argument,
  Attribute,
  Binary,
  BinaryOperator,
  Call,
  Comparison,
  Comprehension,
  Conditional,
  Expression,
  Flow,
  Identifier,
  Index,
  Parameter,
} from '../tree'
import type { Builder } from './builder'

/**
 * Lays out an expression.
 * @param keep whether the line ends that the author put before arrows stay although all fits on one line
 */
export function expression(b: Builder, node: Expression, keep = false): void {
  switch (node.kind) {
    case 'name':
    case 'number':
    case 'size':
    case 'string':
    case 'boolean':
    case 'none':
      b.take(node)
      break
    case 'missing':
      b.fail()
      break
    case 'flow':
      b.group('flow', () => flow(b, node), keep)
      break
    case 'conditional':
      b.group('plain', () => conditional(b, node))
      break
    case 'binary':
      b.group('plain', () => binary(b, node))
      break
    case 'comparison':
      b.group('plain', () => comparison(b, node))
      break
    case 'unary':
      b.take(node.operator)
      if (node.operator === 'not') b.glue(' ')
      b.group('plain', () => expression(b, node.operand))
      break
    case 'call':
    case 'index':
    case 'attribute':
      postfix(b, node)
      break
    case 'parenthesized':
      bracketed(b, '(', ')', () => expression(b, node.value))
      break
    case 'list':
      b.group('list', () => commas(b, '[', ']', node.items, (item) => expression(b, item)))
      break
    case 'comprehension':
      b.group('list', () => comprehension(b, node))
      break
  }
}

function flow(b: Builder, node: Flow): void {
  expression(b, node.head)
  alias(b, node.headAs)
  for (const stage of node.stages) {
    b.line(' ', b.newlineBefore(0) || b.newlineBefore(1))
    b.take('->')
    b.glue(' ')
    expression(b, stage.value)
    alias(b, stage.as)
  }
}

export function alias(b: Builder, name: Identifier | undefined): void {
  if (!name) return
  b.glue(' ')
  b.take('as')
  b.glue(' ')
  b.take(name)
}

/** A chain of `else if` is one group, so that its branches stand below each other. */
function conditional(b: Builder, node: Conditional): void {
  let link: Expression = node
  while (link.kind === 'conditional') {
    b.take('if')
    b.glue(' ')
    expression(b, link.condition)
    b.line(' ')
    b.take('then')
    b.glue(' ')
    expression(b, link.then)
    b.line(' ')
    b.take('else')
    b.glue(' ')
    link = link.else
  }
  expression(b, link)
}

const LEVELS: Record<BinaryOperator, number> = {
  or: 1,
  and: 2,
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '//': 4,
  '%': 4,
  '**': 5,
}
/** Operators of these levels may start a line; products stay together. */
const BREAKABLE = LEVELS['+']

/** A chain of operators of one level is one group; only the right side of `**` chains to the right. */
function binary(b: Builder, node: Binary): void {
  const level = LEVELS[node.operator]
  const chain = [node]
  for (let left = node.left; left.kind === 'binary' && LEVELS[left.operator] === level; left = left.left)
    chain.push(left)
  chain.reverse()
  expression(b, (chain[0] as Binary).left)
  for (const link of chain) {
    if (level <= BREAKABLE) b.line(' ')
    else b.glue(' ')
    b.take(link.operator)
    b.glue(' ')
    expression(b, link.right)
  }
}

function comparison(b: Builder, node: Comparison): void {
  node.operands.forEach((operand, index) => {
    if (index > 0) {
      b.glue(' ')
      b.take(node.operators[index - 1] as string)
      b.glue(' ')
    }
    expression(b, operand)
  })
}

/** Calls, indices and attributes after one another, as in `unit(64)(stride=2)`. */
function postfix(b: Builder, node: Call | Index | Attribute): void {
  const chain = [node]
  let head = operandOf(node)
  for (; head.kind === 'call' || head.kind === 'index' || head.kind === 'attribute'; head = operandOf(head))
    chain.push(head)
  expression(b, head)
  for (const link of chain.reverse()) {
    if (link.kind === 'call') {
      b.group('args', () => commas(b, '(', ')', link.args, (argument) => argumentOf(b, argument)))
    } else if (link.kind === 'index') {
      bracketed(b, '[', ']', () => expression(b, link.index))
    } else {
      b.take('.')
      b.take(link.name)
    }
  }
}

const operandOf = (node: Call | Index | Attribute): Expression =>
  node.kind === 'call' ? node.callee : node.object

function argumentOf(b: Builder, argument: Argument): void {
  if (argument.name) {
    b.take(argument.name)
    b.take('=')
  }
  expression(b, argument.value)
}

function comprehension(b: Builder, node: Comprehension): void {
  b.take('[')
  b.line('')
  expression(b, node.element)
  b.line(' ')
  b.take('for')
  b.glue(' ')
  names(b, node.names)
  b.glue(' ')
  b.take('in')
  b.glue(' ')
  expression(b, node.iterable)
  b.close(false)
  b.take(']')
}

/** Names separated by commas, on one line. */
export function names(b: Builder, list: readonly Identifier[]): void {
  list.forEach((name, index) => {
    if (index > 0) {
      b.take(',')
      b.glue(' ')
    }
    b.take(name)
  })
}

function bracketed(b: Builder, open: string, close: string, content: () => void): void {
  b.group('plain', () => {
    b.take(open)
    b.line('')
    content()
    b.close(false)
    b.take(close)
  })
}

function commas<T>(
  b: Builder,
  open: string,
  close: string,
  items: readonly T[],
  each: (item: T) => void,
): void {
  b.take(open)
  items.forEach((item, index) => {
    if (index > 0) b.take(',')
    b.line(index > 0 ? ' ' : '')
    each(item)
  })
  if (items.length > 0) b.close(true)
  b.take(close)
}

/** Parameters in parentheses: `width=64` without spaces, `act: layer = relu` with. */
export function parameters(b: Builder, list: readonly Parameter[]): void {
  b.group('args', () =>
    commas(b, '(', ')', list, (parameter) => {
      b.take(parameter.name)
      if (parameter.type) {
        b.take(':')
        b.glue(' ')
        b.take(parameter.type)
      }
      if (parameter.default) {
        b.glue(parameter.type ? ' ' : '')
        b.take('=')
        b.glue(parameter.type ? ' ' : '')
        expression(b, parameter.default)
      }
    }),
  )
}
