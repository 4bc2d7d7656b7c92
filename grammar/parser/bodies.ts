import * as t from '../tokens'
import type { Assign, Attribute, Body, Expression, Identifier, If, Import, Statement } from '../tree'
import type { Rule } from './expressions'
import { STATEMENT_STARTS, StatementParser } from './statements'

/** Bodies, and what stands in them that is no statement. */
export abstract class BodyParser extends StatementParser {
  protected abstract importDeclaration: Rule<Import>

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
    if (this.RECORDING_PHASE) this.MANY(() => this.SUBRULE(this.statement))
    else while (!this.at(t.RightCurly) && !this.atEnd()) this.bodyItem(statements)
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
  private bodyItem(statements: Statement[]): void {
    if (this.at(t.EndOfStatement)) {
      this.SKIP_TOKEN()
      return
    }
    this.openScope()
    const type = this.LA(1).tokenType
    if (STATEMENT_STARTS.has(type) || (type === t.Name && this.bindsHere()))
      statements.push(this.SUBRULE(this.statement))
    else statements.push(...this.remains())
    this.finishStatement()
  }

  /** Whether names and a `=`, or at least several names, stand next. */
  private bindsHere(): boolean {
    const second = this.LA(2).tokenType
    if (second !== t.Comma) return second === t.Assign
    const third = this.LA(3).tokenType
    return third === t.Name || third === t.Assign
  }

  /** What begins no statement: a value that nothing is done with stays in the tree under an empty name. */
  private remains(): Statement[] {
    const token = this.LA(1)
    if (token.tokenType === t.Else) return [this.elseAlone()]
    if (token.tokenType === t.From) {
      this.reportNext(
        'An import cannot stand in a body. Imports belong to the file; move it to the top of the file.',
      )
      this.SUBRULE(this.importDeclaration)
      return []
    }
    const start = this.nextStart()
    if (this.at(t.Assign)) {
      this.reportNext('The name is missing. A value is bound to a name; write one before the `=`.')
      this.CONSUME(t.Assign)
      return [this.unnamed(start, this.SUBRULE(this.flow))]
    }
    if (!this.startsExpression()) {
      this.reportNext(`\`${token.image}\` begins no statement. Remove it, or write what belongs before it.`)
      this.SKIP_TOKEN()
      this.skipLine()
      return []
    }
    const isKeyword = token.tokenType === t.Name && t.CONTEXTUAL.has(token.image)
    const value = this.SUBRULE(this.flow)
    if (value.kind === 'attribute' && this.at(t.Assign)) return [this.attributeBound(value)]
    this.reportUnused(value, isKeyword ? token.image : undefined)
    return [this.unnamed(start, value)]
  }

  /** Python's `self.conv1 = …`, which binds `conv1`; a layer bound so has one set of weights for all its uses. */
  private attributeBound({ start, end, name }: Attribute): Assign {
    this.CONSUME(t.Assign)
    const value = this.SUBRULE1(this.flow)
    const write = value.kind === 'call' ? `shared ${name.name}` : name.name
    const what = this.textOf({ start, end })
    this.report(
      { start, end },
      `\`${what}\` cannot be bound. A name has no parts here; write \`${write} =\`.`,
      'foreign-syntax',
      { title: `Write \`${write}\``, edits: [{ start, end, text: write }] },
    )
    return { kind: 'assign', start, end: value.end, names: [name], value }
  }

  private unnamed(start: number, value: Expression): Assign {
    const name: Identifier = { kind: 'identifier', start, end: start, name: '' }
    return { kind: 'assign', start, end: this.previousEnd(), names: [name], value }
  }

  private reportUnused(value: Expression, keyword: string | undefined): void {
    if (value.kind === 'comparison') {
      this.report(
        value,
        'Nothing is done with this comparison. It binds nothing; write `expect` before it, or `=` to bind a name.',
      )
    } else if (keyword !== undefined && value.kind === 'name') {
      this.report(value, introducesNothing(keyword))
    } else {
      const last = { start: value.start, end: value.end }
      this.report(
        last,
        'Nothing is done with this value. A statement binds, returns or checks one; write `name =` before it.',
      )
    }
  }

  private elseAlone(): If {
    this.reportNext(
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
  protected finishStatement(): void {
    const type = this.LA(1).tokenType
    const ends = this.atEnd() || type === t.EndOfStatement || type === t.RightCurly
    if (!ends && this.continuesLine() && this.LA(0).tokenType !== t.RightCurly) {
      this.reportRemains()
      this.SKIP_TOKEN()
      this.skipLine()
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
}

/** What to say of a word that is a keyword only where it introduces something. */
export function introducesNothing(word: string): string {
  if (word === 'from')
    return '`from` is followed by no file. An import names one; write its path in double quotes.'
  if (word === 'import') {
    return '`import` does not begin an import. Names are taken from a file; write `from "./file.cnn" import name`.'
  }
  return `\`${word}\` is followed by no name. It introduces one; write the name after it on the same line.`
}
