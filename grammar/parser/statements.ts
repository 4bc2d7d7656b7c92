import * as t from '../tokens'
import type {
  Assign,
  Block,
  Body,
  Constant,
  Documentation,
  Expect,
  Expression,
  For,
  Identifier,
  If,
  Input,
  Network,
  Output,
  Range,
  Return,
  Shared,
  Statement,
  StringLiteral,
} from '../tree'
import { ExpressionParser, type Rule } from './expressions'

/** Keywords that only statements of a body begin with. */
export const STATEMENT_STARTS = new t.TypeSet([t.Input, t.Output, t.Return, t.Shared, t.For, t.If, t.Expect])

/** The rules of statements. */
export abstract class StatementParser extends ExpressionParser {
  protected source = ''
  protected docs: ReadonlyMap<number, Documentation> = new Map()

  protected abstract body: Rule<Body>

  protected textOf(at: Range): string {
    return this.source.slice(at.start, at.end)
  }

  protected withDoc<T extends Constant | Block | Network | Input>(node: T): T {
    const doc = this.docs.get(node.start)
    return doc ? { ...node, doc } : node
  }

  protected statement: Rule<Statement> = this.RULE(
    'statement',
    (): Statement => this.OR<Statement>(this.statements),
  )

  private readonly statements: { ALT: () => Statement }[] = [
    { ALT: () => this.SUBRULE(this.inputStatement) },
    { ALT: () => this.SUBRULE(this.outputStatement) },
    { ALT: () => this.SUBRULE(this.returnStatement) },
    { ALT: () => this.SUBRULE(this.assignStatement) },
    { ALT: () => this.SUBRULE(this.sharedStatement) },
    { ALT: () => this.SUBRULE(this.forStatement) },
    { ALT: () => this.SUBRULE(this.ifStatement) },
    { ALT: () => this.SUBRULE(this.expectStatement) },
  ]

  protected string(token: t.Token | undefined): StringLiteral {
    if (!token) return { kind: 'string', start: this.previousEnd(), end: this.previousEnd(), value: '' }
    return { kind: 'string', start: t.start(token), end: t.end(token), value: token.payload }
  }

  private inputStatement: Rule<Input> = this.RULE('inputStatement', (): Input => {
    const start = t.start(this.CONSUME(t.Input))
    const name = this.needName(1, '`input` is followed by no name. It declares an input; write its name.')
    const colon = this.need(
      1,
      t.Colon,
      `The input \`${name.name}\` has no shape. An input declares its shape; write it after a colon, as in \`: 3x224x224\`.`,
    )
    const shape = colon ? this.flowless(this.SUBRULE(this.expression)) : this.missing()
    return this.withDoc({ kind: 'input', start, end: this.previousEnd(), name, shape })
  })

  private outputStatement: Rule<Output> = this.RULE('outputStatement', (): Output => {
    const start = t.start(this.CONSUME(t.Output))
    const name = this.needName(1, '`output` is followed by no name. It declares an output; write its name.')
    const value = this.OPTION(this.outputValue)
    const node = { kind: 'output', start, end: this.previousEnd(), name } as const
    return value ? { ...node, value } : node
  })

  private readonly outputValue = (): Expression => {
    this.CONSUME(t.Assign)
    return this.SUBRULE(this.flow)
  }

  private returnStatement: Rule<Return> = this.RULE('returnStatement', (): Return => {
    const start = t.start(this.CONSUME(t.Return))
    const values = this.addWhile(0, t.Comma, [this.SUBRULE(this.flow)], this.furtherValue)
    return { kind: 'return', start, end: this.previousEnd(), values }
  })

  private readonly furtherValue = (): Expression => {
    this.CONSUME(t.Comma)
    return this.SUBRULE1(this.flow)
  }

  private assignStatement: Rule<Assign> = this.RULE('assignStatement', (): Assign => {
    const first = this.boundName(this.CONSUME(t.Name))
    const names = this.addWhile(0, t.Comma, [first], this.furtherName)
    const assign = this.need(
      1,
      t.Assign,
      'The names are bound to nothing. Names are bound by `=`; write `=` and a value.',
    )
    const value = assign || this.valueFollows() ? this.SUBRULE(this.flow) : this.missing()
    return { kind: 'assign', start: first.start, end: this.previousEnd(), names, value }
  })

  private readonly furtherName = (): Identifier => {
    this.CONSUME(t.Comma)
    return this.needName(
      1,
      'A name is missing after the `,`. Several names are separated by commas; write one.',
    )
  }

  /** A reserved word before `=` is a name to the pre-pass, since it may stand in a call; here it is none. */
  protected boundName(token: t.Token): Identifier {
    const name: Identifier = {
      kind: 'identifier',
      start: t.start(token),
      end: t.end(token),
      name: token.image,
    }
    if (t.RESERVED.has(name.name)) {
      this.report(name, `\`${name.name}\` is a reserved word. It cannot name a value; choose another name.`)
    }
    return name
  }

  /** Whether a value stands on the same line though the word or sign before it is missing. */
  private valueFollows(): boolean {
    return this.continuesLine() && this.startsExpression()
  }

  private sharedStatement: Rule<Shared> = this.RULE('sharedStatement', (): Shared => {
    const start = t.start(this.CONSUME(t.Shared))
    const name = this.needName(
      1,
      '`shared` is followed by no name. It names a layer whose weights are shared; write the name.',
    )
    const assign = this.need(
      1,
      t.Assign,
      `\`shared ${name.name}\` holds no layer. It binds a layer whose uses share their weights; write \`=\` and the layer.`,
    )
    const value = assign || this.valueFollows() ? this.SUBRULE(this.flow) : this.missing()
    return { kind: 'shared', start, end: this.previousEnd(), name, value }
  })

  private forStatement: Rule<For> = this.RULE('forStatement', (): For => {
    const start = t.start(this.CONSUME(t.For))
    const names = this.names(1)
    const keyword = this.need(
      1,
      t.In,
      '`in` is missing. A loop takes its items from a list; write `in` and the list.',
    )
    const iterable = keyword || this.valueFollows() ? this.SUBRULE(this.flow) : this.missing()
    const body = this.SUBRULE(this.body)
    return { kind: 'for', start, end: body.end, names, iterable, body }
  })

  protected ifStatement: Rule<If> = this.RULE('ifStatement', (): If => {
    const start = t.start(this.CONSUME(t.If))
    const condition = this.condition()
    const then = this.SUBRULE(this.body)
    const otherwise = this.OPTION(this.elseBranch)
    const node = { kind: 'if', start, end: this.previousEnd(), condition, then } as const
    return otherwise ? { ...node, else: otherwise } : node
  })

  private readonly elseBranch = (): Body | If => {
    this.CONSUME(t.Else)
    if (!this.RECORDING_PHASE)
      return this.at(t.If) ? this.SUBRULE(this.ifStatement) : this.SUBRULE1(this.body)
    return this.OR<Body | If>([
      { ALT: () => this.SUBRULE1(this.body) },
      { ALT: () => this.SUBRULE(this.ifStatement) },
    ])
  }

  private expectStatement: Rule<Expect> = this.RULE('expectStatement', (): Expect => {
    const start = t.start(this.CONSUME(t.Expect))
    const condition = this.condition()
    const message = this.OPTION(() => {
      this.CONSUME(t.Comma)
      return this.string(
        this.need(1, t.StringToken, 'The message is missing; write it in double quotes after the comma.'),
      )
    })
    const node = { kind: 'expect', start, end: this.previousEnd(), condition } as const
    return message ? { ...node, message } : node
  })

  /** An expression in which a single `=` is read as the `==` that must be meant. */
  private condition(): Expression {
    const left = this.flowless(this.SUBRULE(this.expression))
    if (this.RECORDING_PHASE || !this.at(t.Assign)) return left
    const assign = this.CONSUME(t.Assign)
    const operatorRange = { start: t.start(assign), end: t.end(assign) }
    this.report(
      operatorRange,
      '`=` does not compare. It binds a name; write `==` to compare.',
      'foreign-syntax',
      {
        title: 'Write `==`',
        edits: [{ ...operatorRange, text: '==' }],
      },
    )
    const right = this.SUBRULE(this.expression)
    return {
      kind: 'comparison',
      start: left.start,
      end: right.end,
      operands: [left, right],
      operators: ['=='],
      operatorRanges: [operatorRange],
    }
  }
}
