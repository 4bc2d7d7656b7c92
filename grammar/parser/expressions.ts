import type { ParserMethod, TokenType } from 'chevrotain'
import { type NumberReading, readNumber } from '../numbers'
import * as t from '../tokens'
import type {
  Argument,
  Attribute,
  Call,
  Comprehension,
  Conditional,
  Expression,
  Flow,
  Identifier,
  Index,
  List,
  Parenthesized,
  Range,
  Stage,
} from '../tree'
import { EXPRESSION_STARTS, ItemsParser, OPERAND_STARTS } from './items'
import { buildOperation, INFIX } from './operators'

export type Rule<T> = ParserMethod<[], T>

const range = (token: t.Token): Range => ({ start: t.start(token), end: t.end(token) })

/** The rules of flows and expressions. */
export abstract class ExpressionParser extends ItemsParser {
  /** `expr ["as" NAME] { "->" or ["as" NAME] }` */
  protected flow: Rule<Expression> = this.RULE('flow', (): Expression => {
    const head = this.SUBRULE(this.expression)
    const headAs = this.OPTION(this.anAlias)
    if (!headAs && !this.RECORDING_PHASE && !this.at(t.Arrow)) return head
    return this.makeFlow(head, headAs, this.addWhile(0, t.Arrow, [], this.aStage))
  })

  private makeFlow(head: Expression, headAs: Identifier | undefined, stages: Stage[]): Flow {
    const node = { kind: 'flow', start: head.start, end: this.previousEnd(), head, stages } as const
    return headAs ? { ...node, headAs } : node
  }

  private stage: Rule<Stage> = this.RULE('stage', (): Stage => {
    const arrow = this.CONSUME(t.Arrow)
    const value = this.conditionAfterwards(this.SUBRULE(this.operation), 'stage')
    const as = this.OPTION(this.anAlias)
    const node = {
      kind: 'stage',
      start: t.start(arrow),
      end: this.previousEnd(),
      arrow: range(arrow),
      value,
    } as const
    return as ? { ...node, as } : node
  })

  private readonly aStage = (): Stage => this.SUBRULE(this.stage)
  private readonly anAlias = (): Identifier => this.SUBRULE(this.alias)

  private alias: Rule<Identifier> = this.RULE('alias', (): Identifier => {
    this.CONSUME(t.As)
    return this.needName(
      1,
      '`as` is followed by no name. It names the stage before it; write a name after it.',
    )
  })

  /** `"if" expr "then" flow "else" flow | or` */
  protected expression: Rule<Expression> = this.RULE('expression', (): Expression => {
    if (!this.RECORDING_PHASE && !this.at(t.IfExpression)) {
      return this.conditionAfterwards(this.SUBRULE(this.operation), 'expression')
    }
    return this.OR<Expression>([
      { ALT: () => this.SUBRULE(this.conditional) },
      { ALT: () => this.SUBRULE1(this.operation) },
    ])
  })

  private conditional: Rule<Conditional> = this.RULE('conditional', (): Conditional => {
    const start = t.start(this.CONSUME(t.IfExpression))
    const condition = this.SUBRULE(this.expression)
    this.need(
      1,
      t.Then,
      'The `if` has no `then`. A choice is written `if c then a else b`; write `then` and a value.',
    )
    const then = this.SUBRULE(this.flow)
    this.need(
      1,
      t.ElseExpression,
      'The `if` has no `else`. A choice needs both values; write `else` and a value.',
    )
    const otherwise = this.SUBRULE2(this.flow)
    return { kind: 'conditional', start, end: otherwise.end, condition, then, else: otherwise }
  })

  /** Python's `a if c else b`, which is understood and reported. */
  private conditionAfterwards(then: Expression, place: 'stage' | 'expression'): Expression {
    if (this.RECORDING_PHASE || !this.at(t.IfAfterwards)) return then
    const keyword = this.CONSUME(t.IfAfterwards)
    const condition = this.SUBRULE(this.operation)
    if (this.at(t.ElseExpression)) this.CONSUME(t.ElseExpression)
    const otherwise = place === 'stage' ? this.SUBRULE(this.operation) : this.SUBRULE(this.flow)
    const whole = { start: then.start, end: otherwise.end }
    const choice = `if ${this.textOf(condition)} then ${this.textOf(then)} else ${this.textOf(otherwise)}`
    const text = place === 'stage' ? `(${choice})` : choice
    this.report(
      range(keyword),
      'The condition stands after the value. A choice begins with its condition; write `if c then a else b`.',
      'foreign-syntax',
      { title: 'Put the condition first', edits: [{ ...whole, text }] },
    )
    return { kind: 'conditional', ...whole, condition, then, else: otherwise }
  }

  /** Where a flow may not stand without parentheses, one is read nevertheless and reported. */
  protected flowless(value: Expression): Expression {
    if (this.RECORDING_PHASE || !this.at(t.Arrow)) return value
    this.reportHere(
      'A flow cannot stand here by itself. Only a value is expected; put the flow in parentheses.',
    )
    const stages: Stage[] = []
    while (this.at(t.Arrow)) stages.push(this.SUBRULE(this.stage))
    return this.makeFlow(value, undefined, stages)
  }

  /** Operators of all precedences with their operands; the tree is built from the flat list. */
  private operation: Rule<Expression> = this.RULE('operation', (): Expression => {
    if (this.RECORDING_PHASE) return this.recordOperation()
    if (this.atPrefix()) return this.longOperation([])
    const operand = this.SUBRULE(this.operand)
    // Most operations are a single operand; no list is made for them.
    return INFIX.has(this.LA(1).tokenType) ? this.longOperation([operand]) : operand
  })

  private recordOperation(): Expression {
    this.MANY(() => this.CONSUME(t.PrefixOperator))
    const operand = this.SUBRULE(this.operand)
    this.MANY1(() => {
      this.CONSUME(t.InfixOperator)
      this.MANY2(() => this.CONSUME1(t.PrefixOperator))
      this.SUBRULE1(this.operand)
    })
    return operand
  }

  /** @param parts the first operand, unless the next token is a prefix operator */
  private longOperation(parts: (t.Token | Expression)[]): Expression {
    while (parts.length === 0 || INFIX.has(this.LA(1).tokenType)) {
      if (parts.length > 0) parts.push(this.CONSUME(t.InfixOperator))
      while (this.atPrefix()) parts.push(this.CONSUME(t.PrefixOperator))
      parts.push(this.SUBRULE(this.operand))
    }
    return buildOperation(parts, this.misplacedNot)
  }

  private atPrefix(): boolean {
    return this.at(t.Minus) || this.at(t.Not)
  }

  private readonly misplacedNot = (not: t.Token, inner: Expression): void => {
    const text = `(${this.textOf({ start: t.start(not), end: inner.end })})`
    this.report(
      range(not),
      '`not` cannot stand after this operator. It binds weaker than comparisons and sums; put it in parentheses.',
      'syntax-error',
      { title: 'Put `not` in parentheses', edits: [{ start: t.start(not), end: inner.end, text }] },
    )
  }

  /** `primary { "(" [args] ")" | "[" expr "]" | "." NAME }` */
  private operand: Rule<Expression> = this.RULE('operand', (): Expression => {
    if (!this.RECORDING_PHASE && !OPERAND_STARTS.has(this.LA(1).tokenType)) return this.absentOperand()
    let node = this.OR(this.primaries)
    if (this.RECORDING_PHASE) this.recordPostfixes(node)
    for (;;) {
      const type = this.LA(1).tokenType
      if (type === t.LeftParen) node = this.call(node)
      else if (type === t.LeftSquare) node = this.index(node)
      else if (type === t.Dot) node = this.attribute(node)
      else return node
    }
  })

  private recordPostfixes(object: Expression): void {
    this.MANY(() =>
      this.OR1([
        { ALT: () => this.call(object) },
        { ALT: () => this.index(object) },
        { ALT: () => this.attribute(object) },
      ]),
    )
  }

  private index(object: Expression): Index {
    this.CONSUME(t.LeftSquare)
    const index = this.flowless(this.SUBRULE(this.expression))
    this.closeWith(1, t.RightSquare)
    return { kind: 'index', start: object.start, end: this.previousEnd(), object, index }
  }

  private attribute(object: Expression): Attribute {
    this.CONSUME(t.Dot)
    const name = this.needName(
      1,
      '`.` is followed by no name. It reads an attribute; write one, as in `.shape`.',
    )
    return { kind: 'attribute', start: object.start, end: this.previousEnd(), object, name }
  }

  private readonly primaries: { ALT: () => Expression }[] = [
    { ALT: () => this.name(this.CONSUME(t.Name)) },
    { ALT: () => this.number(this.CONSUME(t.NumberToken)) },
    { ALT: () => this.number(this.CONSUME(t.Size)) },
    {
      ALT: () => {
        const token = this.CONSUME(t.StringToken)
        return { kind: 'string', ...range(token), value: token.payload }
      },
    },
    { ALT: () => ({ kind: 'boolean', ...range(this.CONSUME(t.True)), value: true }) },
    { ALT: () => ({ kind: 'boolean', ...range(this.CONSUME(t.False)), value: false }) },
    { ALT: () => ({ kind: 'none', ...range(this.CONSUME(t.None)) }) },
    { ALT: () => this.parenthesized() },
    { ALT: () => this.SUBRULE(this.list) },
  ]

  private name(token: t.Token): Expression {
    return { kind: 'name', start: t.start(token), end: t.end(token), name: token.image }
  }

  private number(token: t.Token): Expression {
    // The lexer has kept the reading of all but small integers.
    const reading: NumberReading = token.payload ?? readNumber(token.image)
    const start = t.start(token)
    const end = t.end(token)
    if (reading.kind === 'size') return { kind: 'size', start, end, values: reading.values }
    return { kind: 'number', start, end, value: reading.value, unit: reading.unit }
  }

  private parenthesized(): Parenthesized | List {
    const start = t.start(this.CONSUME(t.LeftParen))
    const value = this.SUBRULE(this.flow)
    if (!this.RECORDING_PHASE && this.at(t.Comma)) return this.tuple(start, value)
    this.closeWith(2, t.RightParen)
    return { kind: 'parenthesized', start, end: this.previousEnd(), value }
  }

  /** Python's `(a, b)`, which is understood as a list and reported. */
  private tuple(start: number, first: Expression): List {
    const items = [first]
    while (this.at(t.Comma)) {
      this.CONSUME(t.Comma)
      if (!this.at(t.RightParen)) items.push(this.SUBRULE(this.flow))
    }
    const isClosed = this.at(t.RightParen) && this.LA(1).image === ')'
    this.closeWith(2, t.RightParen)
    const end = this.previousEnd()
    const edits = [
      { start, end: start + 1, text: '[' },
      { start: end - 1, end, text: ']' },
    ]
    // What is not closed is a fault of its own, which has been reported.
    if (isClosed) {
      this.reportEach({ start, end }, TUPLE, 'foreign-syntax', { title: 'Write square brackets', edits })
    }
    return { kind: 'list', start, end, items }
  }

  private call(callee: Expression): Call {
    const open = t.start(this.CONSUME1(t.LeftParen))
    const args = this.items(t.RightParen, EXPRESSION_STARTS, this.anArgument)
    this.closeWith(3, t.RightParen)
    const end = this.previousEnd()
    return { kind: 'call', start: callee.start, end, callee, args, argsRange: { start: open, end } }
  }

  private argument: Rule<Argument> = this.RULE('argument', (): Argument => {
    const start = this.nextStart()
    const named = this.RECORDING_PHASE || this.LA(2).tokenType === t.Assign
    const name = named ? this.OPTION(this.argumentName) : undefined
    const value = this.SUBRULE(this.flow)
    const end = this.previousEnd()
    if (!name) return { kind: 'argument', start: value.start, end, value }
    return { kind: 'argument', start, end, value, name }
  })

  private readonly anArgument = (): Argument => this.SUBRULE(this.argument)

  private readonly argumentName = (): Identifier => {
    const token = this.CONSUME(t.Name)
    this.CONSUME(t.Assign)
    return { kind: 'identifier', start: t.start(token), end: t.end(token), name: token.image }
  }

  private list: Rule<List | Comprehension> = this.RULE('list', (): List | Comprehension => {
    const start = t.start(this.CONSUME(t.LeftSquare))
    const items = this.items(t.RightSquare, EXPRESSION_STARTS, this.aFlow)
    if (items.length !== 1 && this.at(t.For)) this.report(range(this.LA(1)), COMPREHENSION)
    const comprehension = this.OPTION1(this.iteration)
    this.closeWith(1, t.RightSquare)
    const end = this.previousEnd()
    if (!comprehension) return { kind: 'list', start, end, items }
    const element = items[0] ?? { kind: 'missing', start: start + 1, end: start + 1 }
    return { kind: 'comprehension', start, end, element, ...comprehension }
  })

  private readonly aFlow = (): Expression => this.SUBRULE(this.flow)

  private readonly iteration = (): Pick<Comprehension, 'names' | 'iterable'> => {
    this.CONSUME(t.For)
    const names = this.names(1)
    this.need(
      1,
      t.In,
      '`in` is missing. A comprehension takes its items from a list; write `in` and the list.',
    )
    return { names, iterable: this.SUBRULE1(this.flow) }
  }

  /** `NAME { "," NAME }` of a `for`. */
  protected names(index: number): Identifier[] {
    const problem = '`for` lacks a name. Each item of the list gets a name; write it between `for` and `in`.'
    const names = [this.needName(index, problem)]
    // A word that cannot be a name stands in the place of one.
    if (!names[0]?.name && this.LA(2).tokenType === t.In) this.SKIP_TOKEN()
    this.many(index, () => {
      this.consume(index, t.Comma)
      names.push(this.needName(index + 1, problem))
    })
    return names
  }

  private absentOperand(): Expression {
    if (this.at(t.IfExpression)) {
      this.reportHere(
        '`if … then … else …` cannot stand here by itself. It takes all that follows; put it in parentheses.',
      )
      return this.SUBRULE(this.conditional)
    }
    const before = this.LA(0)
    const hint = ABSENT.get(before.tokenType) ?? 'A value is expected here; write one.'
    this.reportHere(
      before.image ? `Nothing follows \`${before.image}\`. ${hint}` : `A value is missing. ${hint}`,
    )
    return this.missing()
  }

  protected abstract textOf(at: Range): string
}

const TUPLE = 'A list stands in square brackets. `(a, b)` is no value here; write `[a, b]`.'

const COMPREHENSION =
  'A comprehension makes one item at a time. Several stand before this `for`; write one, or put them in a list.'

/** What is needed after a token that ends too early. */
const ABSENT: ReadonlyMap<TokenType, string> = new Map([
  [t.Arrow, 'An arrow passes a tensor on to a layer; write the layer after it, as in `-> relu`.'],
  [t.Assign, 'A name is bound to a value; write the value after the `=`.'],
  [t.Return, 'A block returns what it has made; write the value after it.'],
  [t.Expect, 'It states what must hold; write a condition after it, as in `params == 1_000`.'],
  [t.If, 'A condition decides whether the body counts; write it after the `if`.'],
  [t.In, 'The items are taken from a list; write the list after `in`.'],
  [t.Then, 'It needs the value for when the condition holds; write it after `then`.'],
  [t.ElseExpression, 'It needs the value for when the condition does not hold; write it after `else`.'],
  [t.Comma, 'A comma separates two items; write the second, or remove the comma.'],
  [t.Colon, 'An input has a shape; write it after the colon, as in `3x224x224`.'],
])
