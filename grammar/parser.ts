import type { IParserConfig, IToken } from 'chevrotain'
import { BodyParser, introducesNothing } from './parser/bodies'
import type { Rule } from './parser/expressions'
import { STATEMENT_STARTS } from './parser/statements'
import type { ScopedProblem } from './parser/total'
import * as t from './tokens'
import type {
  Block,
  Constant,
  Documentation,
  Identifier,
  Import,
  ImportedName,
  Item,
  Network,
  Parameter,
} from './tree'
import { TYPE_NAMES } from './tree'

const PARAMETER_STARTS = new t.TypeSet([t.Name])

export interface Parsed {
  readonly items: Item[]
  readonly problems: readonly ScopedProblem[]
}

/** The grammar. It builds the tree directly and never throws; see {@link TotalParser}. */
export class CnnParser extends BodyParser {
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
    const items = this.file()
    // Kept tokens would be carried through every garbage collection until the next text is read.
    this.input = []
    return { items, problems: this.scoped }
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
      this.reportNext(
        `\`${token.image}\` stands outside a body. A file holds imports, constants, blocks and networks; move it into a \`block\` or a \`network\`.`,
      )
      this.SUBRULE(this.statement)
      return
    }
    if (token.tokenType === t.Name && t.CONTEXTUAL.has(token.image)) {
      this.reportNext(introducesNothing(token.image))
    } else {
      this.reportNext(
        `\`${token.image}\` begins no declaration. A file holds imports, constants, blocks and networks; bind a value with \`name = …\`.`,
      )
    }
    if (this.startsExpression()) this.SUBRULE(this.flow)
    else this.SKIP_TOKEN()
    this.skipLine()
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

  protected importDeclaration: Rule<Import> = this.RULE('importDeclaration', (): Import => {
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
    if (
      name.name ||
      this.at(t.LeftParen) ||
      second.tokenType !== t.Name ||
      t.line(second) !== t.line(this.LA(0))
    )
      return name
    this.SKIP_TOKEN()
    return this.needName(1, problem)
  }

  /** The pre-pass puts in a keyword that is missing. */
  private declarationStart(keyword: t.Token): number {
    if (keyword.image === '') {
      this.reportNext(
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
    const params = this.items(t.RightParen, PARAMETER_STARTS, () => this.SUBRULE(this.parameter))
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
      const meant = TYPE_NAMES.find((name) => name === type.name.toLowerCase() || name === `${type.name}ing`)
      const fix = meant && {
        title: `Write \`${meant}\``,
        edits: [{ start: type.start, end: type.end, text: meant }],
      }
      const message = `\`${type.name}\` is not a type. The types are ${kinds}; write ${meant ? `\`${meant}\`` : 'one of them'}.`
      this.report(type, message, 'syntax-error', fix)
    }
    return type
  }
}
