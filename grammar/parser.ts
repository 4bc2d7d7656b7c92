import type { IParserConfig, IToken, TokenType } from 'chevrotain'
import { ExpressionParser, type Rule } from './expressions'
import * as t from './tokens'
import type { ScopedProblem } from './total-parser'
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
  Import,
  ImportedName,
  Input,
  Item,
  Network,
  Output,
  Parameter,
  Range,
  Return,
  Shared,
  Statement,
  StringLiteral,
} from './tree'
import { TYPE_NAMES } from './tree'

export interface Parsed {
  readonly items: Item[]
  readonly problems: readonly ScopedProblem[]
}

const STATEMENT_STARTS: ReadonlySet<TokenType> = new Set([
  t.Input,
  t.Output,
  t.Return,
  t.Shared,
  t.For,
  t.If,
  t.Expect,
])

/** The grammar. It builds the tree directly and never throws; see {@link TotalParser}. */
export class CnnParser extends ExpressionParser {
  private source = ''
  private docs: ReadonlyMap<number, Documentation> = new Map()

  constructor(config: IParserConfig = {}) {
    super(config)
    this.performSelfAnalysis()
  }

  /** @param tokens as the pre-pass has prepared them; the array is padded in place while parsing */
  parse(source: string, tokens: t.Token[], docs: ReadonlyMap<number, Documentation>): Parsed {
    this.source = source
    this.docs = docs
    this.scoped = []
    this.input = tokens as IToken[]
    return { items: this.file(), problems: this.scoped }
  }

  protected textOf(at: Range): string {
    return this.source.slice(at.start, at.end)
  }

  private withDoc<T extends Constant | Block | Network | Input>(node: T): T {
    const doc = this.docs.get(node.start)
    return doc ? { ...node, doc } : node
  }

  file: Rule<Item[]> = this.RULE('file', (): Item[] => {
    const items: Item[] = []
    const item = () => {
      items.push(this.SUBRULE(this.item))
    }
    if (this.RECORDING_PHASE) this.MANY(item)
    while (!this.RECORDING_PHASE && !this.atEnd()) this.fileItem(item)
    return items
  })

  /** One item of the file, or what stands there instead. */
  private fileItem(item: () => void): void {
    if (this.at(t.EndOfStatement)) {
      this.SKIP_TOKEN()
      return
    }
    this.openScope()
    const type = this.LA(1).tokenType
    const isConstant = type === t.Name && this.LA(2).tokenType === t.Assign
    if (isConstant || type === t.From || type === t.Block || type === t.Network) item()
    else this.misplaced()
    this.finishStatement()
  }

  /** What no file holds: statements, values without a name, and remains. */
  private misplaced(): void {
    const token = this.LA(1)
    if (STATEMENT_STARTS.has(token.tokenType)) {
      this.reportHere(
        `\`${token.image}\` stands outside a body. A file holds imports, constants, blocks and networks; move it into a \`block\` or a \`network\`.`,
      )
      this.SUBRULE(this.statement)
      return
    }
    if (token.tokenType === t.Name && token.image === 'import') {
      this.reportHere(
        '`import` does not begin an import. Names are taken from a file; write `from "./file.cnn" import name`.',
      )
    } else if (token.tokenType === t.Name && t.CONTEXTUAL.has(token.image)) {
      this.reportHere(
        `\`${token.image}\` is followed by no name. It introduces one; write the name after it on the same line.`,
      )
    } else {
      this.reportHere(
        `\`${token.image}\` begins no declaration. A file holds imports, constants, blocks and networks; bind a value with \`name = …\`.`,
      )
    }
    this.SKIP_TOKEN()
    this.skipStatement()
    if (this.at(t.LeftCurly)) this.SUBRULE(this.body)
    else if (this.at(t.RightCurly)) this.SKIP_TOKEN()
  }

  private item: Rule<Item> = this.RULE(
    'item',
    (): Item =>
      this.OR<Item>([
        { ALT: () => this.SUBRULE(this.importDeclaration) },
        { ALT: () => this.SUBRULE(this.constant) },
        { ALT: () => this.SUBRULE(this.block) },
        { ALT: () => this.SUBRULE(this.network) },
      ]),
  )

  private importDeclaration: Rule<Import> = this.RULE('importDeclaration', (): Import => {
    const start = t.start(this.CONSUME(t.From))
    const path = this.string(
      this.need(1, t.StringToken, 'The file is missing; write its path in double quotes.'),
    )
    this.need(
      1,
      t.Import,
      'The imported names are missing. A file gives what is asked for; write `import` and the names.',
    )
    const names = [this.SUBRULE(this.importedName)]
    this.MANY(() => {
      this.CONSUME(t.Comma)
      names.push(this.SUBRULE1(this.importedName))
    })
    return { kind: 'import', start, end: this.previousEnd(), path, names }
  })

  private importedName: Rule<ImportedName> = this.RULE('importedName', (): ImportedName => {
    const name = this.needName(
      1,
      'A name to import is missing. Blocks, networks and constants have names; write one here.',
    )
    const alias = this.OPTION(() => {
      this.CONSUME(t.As)
      return this.needName(
        2,
        '`as` is followed by no name. It gives the import another name; write it after `as`.',
      )
    })
    const node = { kind: 'imported-name', start: name.start, end: this.previousEnd(), name } as const
    return alias ? { ...node, alias } : node
  })

  private string(token: t.Token | undefined): StringLiteral {
    if (!token) return { kind: 'string', start: this.previousEnd(), end: this.previousEnd(), value: '' }
    return { kind: 'string', start: t.start(token), end: t.end(token), value: token.payload }
  }

  private constant: Rule<Constant> = this.RULE('constant', (): Constant => {
    const name = this.boundName(this.CONSUME(t.Name))
    this.CONSUME(t.Assign)
    const value = this.SUBRULE(this.flow)
    return this.withDoc({ kind: 'constant', start: name.start, end: this.previousEnd(), name, value })
  })

  private block: Rule<Block> = this.RULE('block', (): Block => {
    const start = this.declarationStart(this.CONSUME(t.Block))
    const name = this.declaredName('`block` is followed by no name. It declares a block; write its name.')
    let params: Parameter[] = []
    const problem = `\`${name.name}\` has no parameters. A block takes tensors and options; write them in parentheses, as in \`(x: tensor)\`.`
    if (this.need(1, t.LeftParen, problem)) params = this.parameters()
    const body = this.SUBRULE(this.body)
    return this.withDoc({ kind: 'block', start, end: body.end, name, params, body })
  })

  /** The name after `block` or `network`; a single token that stands before it is skipped. */
  private declaredName(problem: string): Identifier {
    const name = this.needName(1, problem)
    const second = this.LA(2)
    if (name.name || second.tokenType !== t.Name || t.line(second) !== t.line(this.LA(0))) return name
    this.SKIP_TOKEN()
    return this.needName(1, problem)
  }

  /** The pre-pass puts in a keyword that is missing. */
  private declarationStart(keyword: t.Token): number {
    if (keyword.image === '') {
      this.reportHere(
        `\`${this.LA(1).image}\` is declared as nothing. A declaration begins with \`block\` or \`network\`; write one of them before the name.`,
      )
    }
    return t.start(keyword)
  }

  private network: Rule<Network> = this.RULE('network', (): Network => {
    const start = this.declarationStart(this.CONSUME(t.Network))
    const name = this.declaredName('`network` is followed by no name. It declares a network; write its name.')
    let params: Parameter[] = []
    this.OPTION(() => {
      this.CONSUME(t.LeftParen)
      params = this.parameters()
    })
    const body = this.SUBRULE(this.body)
    return this.withDoc({ kind: 'network', start, end: body.end, name, params, body })
  })

  private parameters(): Parameter[] {
    const params = this.items(t.RightParen, () => this.SUBRULE(this.parameter))
    this.closeWith(1, t.RightParen)
    return params
  }

  private parameter: Rule<Parameter> = this.RULE('parameter', (): Parameter => {
    const name = this.needName(1, 'A parameter has a name; write it here.')
    if (!this.RECORDING_PHASE && name.name === '' && !this.at(t.Comma) && !this.at(t.RightParen))
      this.SKIP_TOKEN()
    const type = this.OPTION(() => {
      this.CONSUME(t.Colon)
      return this.typeName()
    })
    const value = this.OPTION1(() => {
      this.CONSUME(t.Assign)
      return this.flowless(this.SUBRULE(this.expression))
    })
    const node = { kind: 'parameter' as const, start: name.start, end: this.previousEnd(), name }
    return { ...node, ...(type && { type }), ...(value && { default: value }) }
  })

  private typeName(): Identifier {
    const kinds = TYPE_NAMES.map((name) => `\`${name}\``).join(', ')
    const type = this.needName(2, `The type is missing. The types are ${kinds}; write one after the colon.`)
    if (type.name && !(TYPE_NAMES as readonly string[]).includes(type.name)) {
      this.report(type, `\`${type.name}\` is not a type. The types are ${kinds}; write one of them.`)
    }
    return type
  }

  protected body: Rule<Body> = this.RULE('body', (): Body => {
    this.reachBody()
    const open = this.need(
      1,
      t.LeftCurly,
      'The body is missing. It holds the statements in braces; write `{` and `}` around them.',
    )
    this.closeScope()
    if (!open) {
      const at = this.previousEnd()
      return { kind: 'body', start: at, end: at, statements: [] }
    }
    const statements: Statement[] = []
    const statement = () => {
      statements.push(this.SUBRULE(this.statement))
    }
    if (this.RECORDING_PHASE) this.MANY(statement)
    else while (!this.at(t.RightCurly) && !this.atEnd()) this.bodyItem(statement, statements)
    this.need(1, t.RightCurly, '')
    this.openScope()
    return { kind: 'body', start: t.start(open), end: this.previousEnd(), statements }
  })

  /** Skips what stands between a head and its `{`. */
  private reachBody(): void {
    if (this.RECORDING_PHASE || this.at(t.LeftCurly) || this.atEnd() || this.at(t.EndOfStatement)) return
    if (this.at(t.Colon)) this.colonBeforeBody()
    else if (!this.at(t.RightCurly)) {
      this.reportHere(
        `\`${this.LA(1).image}\` is not expected here. The head ends where its body begins; write \`{\`.`,
      )
    }
    this.skipStatement()
  }

  private colonBeforeBody(): void {
    const colon = this.LA(1)
    const at = { start: t.start(colon), end: t.end(colon) }
    const braced = this.LA(2).tokenType === t.LeftCurly
    const todo = braced ? 'leave the colon out' : 'write `{` and `}` around its statements'
    const fix = braced
      ? { title: 'Remove `:`', edits: [{ ...at, text: '' }] }
      : { title: 'Write `{ }`', edits: [{ ...at, text: ' { }' }] }
    this.report(at, `\`:\` opens no body. A body stands in braces; ${todo}.`, 'foreign-syntax', fix)
  }

  /** One statement of a body, or what stands there instead. */
  private bodyItem(statement: () => void, statements: Statement[]): void {
    if (this.at(t.EndOfStatement)) {
      this.SKIP_TOKEN()
      return
    }
    this.openScope()
    const type = this.LA(1).tokenType
    if (STATEMENT_STARTS.has(type) || (type === t.Name && this.bindsHere())) statement()
    else statements.push(...this.remains())
    this.finishStatement()
  }

  /** Whether names and a `=`, or at least several names, stand next. */
  private bindsHere(): boolean {
    const second = this.LA(2).tokenType
    return second === t.Assign || (second === t.Comma && this.LA(3).tokenType === t.Name)
  }

  /** What begins no statement: a value that nothing is done with stays in the tree under an empty name. */
  private remains(): Statement[] {
    const token = this.LA(1)
    if (token.tokenType === t.Else) return [this.elseAlone()]
    if (token.tokenType === t.From) {
      this.reportHere(
        'An import cannot stand in a body. Imports belong to the file; move it to the top of the file.',
      )
      this.SUBRULE(this.importDeclaration)
      return []
    }
    const start = this.nextStart()
    if (this.at(t.Assign)) {
      this.reportHere('The name is missing. A value is bound to a name; write one before the `=`.')
      this.CONSUME(t.Assign)
      return [this.unnamed(start, this.SUBRULE(this.flow))]
    }
    if (!this.startsExpression()) {
      this.reportHere(`\`${token.image}\` begins no statement. Remove it, or write what belongs before it.`)
      this.SKIP_TOKEN()
      this.skipStatement()
      return []
    }
    const isKeyword = token.tokenType === t.Name && t.CONTEXTUAL.has(token.image)
    const value = this.SUBRULE(this.flow)
    this.reportUnused(value, isKeyword ? token.image : undefined)
    return [this.unnamed(start, value)]
  }

  private unnamed(start: number, value: Expression): Assign {
    const name: Identifier = { kind: 'identifier', start, end: start, name: '' }
    return { kind: 'assign', start, end: this.previousEnd(), names: [name], value }
  }

  private reportUnused(value: Expression, keyword: string | undefined): void {
    if (keyword !== undefined && value.kind === 'name') {
      this.report(
        value,
        `\`${keyword}\` is followed by no name. It introduces one; write the name after it on the same line.`,
      )
    } else {
      const last = { start: value.start, end: value.end }
      this.report(
        last,
        'Nothing is done with this value. A statement binds, returns or checks one; write `name =` before it.',
      )
    }
  }

  private elseAlone(): If {
    this.reportHere(
      'The `else` has no `if`. It belongs right after the body of an `if`; put it there or remove it.',
    )
    const start = this.nextStart()
    this.CONSUME(t.Else)
    const condition = { kind: 'missing' as const, start: this.previousEnd(), end: this.previousEnd() }
    if (this.at(t.If)) return { ...this.SUBRULE(this.ifStatement), start }
    const then = this.SUBRULE(this.body)
    return { kind: 'if', start, end: then.end, condition, then }
  }

  /** After a statement nothing may follow on its line; a line of remains is looked at by itself. */
  private finishStatement(): void {
    const type = this.LA(1).tokenType
    const ends = this.atEnd() || type === t.EndOfStatement || type === t.RightCurly
    if (!ends && this.continuesLine() && this.LA(0).tokenType !== t.RightCurly) {
      this.reportRemains()
      this.SKIP_TOKEN()
      this.skipStatement()
      if (this.at(t.LeftCurly)) this.SUBRULE(this.body)
    }
    this.closeScope()
  }

  private reportRemains(): void {
    const token = this.LA(1)
    this.reportHere(
      `\`${token.image}\` is not expected here. The statement is complete before it; remove it, or write what joins them.`,
    )
  }

  protected statement: Rule<Statement> = this.RULE(
    'statement',
    (): Statement =>
      this.OR<Statement>([
        { ALT: () => this.SUBRULE(this.inputStatement) },
        { ALT: () => this.SUBRULE(this.outputStatement) },
        { ALT: () => this.SUBRULE(this.returnStatement) },
        { ALT: () => this.SUBRULE(this.assignStatement) },
        { ALT: () => this.SUBRULE(this.sharedStatement) },
        { ALT: () => this.SUBRULE(this.forStatement) },
        { ALT: () => this.SUBRULE(this.ifStatement) },
        { ALT: () => this.SUBRULE(this.expectStatement) },
      ]),
  )

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
    const value = this.OPTION(() => {
      this.CONSUME(t.Assign)
      return this.SUBRULE(this.flow)
    })
    const node = { kind: 'output', start, end: this.previousEnd(), name } as const
    return value ? { ...node, value } : node
  })

  private returnStatement: Rule<Return> = this.RULE('returnStatement', (): Return => {
    const start = t.start(this.CONSUME(t.Return))
    const values = [this.SUBRULE(this.flow)]
    this.MANY(() => {
      this.CONSUME(t.Comma)
      values.push(this.SUBRULE1(this.flow))
    })
    return { kind: 'return', start, end: this.previousEnd(), values }
  })

  private assignStatement: Rule<Assign> = this.RULE('assignStatement', (): Assign => {
    const names = [this.boundName(this.CONSUME(t.Name))]
    this.MANY(() => {
      this.CONSUME(t.Comma)
      names.push(
        this.needName(
          1,
          'A name is missing after the `,`. Several names are separated by commas; write one.',
        ),
      )
    })
    const assign = this.need(
      1,
      t.Assign,
      'The names are bound to nothing. Names are bound by `=`; write `=` and a value.',
    )
    const value = assign ? this.SUBRULE(this.flow) : this.missing()
    return { kind: 'assign', start: (names[0] as Identifier).start, end: this.previousEnd(), names, value }
  })

  /** A reserved word before `=` is a name to the pre-pass, since it may stand in a call; here it is none. */
  private boundName(token: t.Token): Identifier {
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
    const value = assign ? this.SUBRULE(this.flow) : this.missing()
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
    const iterable = keyword ? this.SUBRULE(this.flow) : this.missing()
    const body = this.SUBRULE(this.body)
    return { kind: 'for', start, end: body.end, names, iterable, body }
  })

  private ifStatement: Rule<If> = this.RULE('ifStatement', (): If => {
    const start = t.start(this.CONSUME(t.If))
    const condition = this.condition()
    const then = this.SUBRULE(this.body)
    const otherwise = this.OPTION(() => {
      this.CONSUME(t.Else)
      if (!this.RECORDING_PHASE && !this.at(t.If)) return this.SUBRULE1(this.body)
      return this.OR<Body | If>([
        { ALT: () => this.SUBRULE1(this.body) },
        { ALT: () => this.SUBRULE(this.ifStatement) },
      ])
    })
    const node = { kind: 'if', start, end: this.previousEnd(), condition, then } as const
    return otherwise ? { ...node, else: otherwise } : node
  })

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
