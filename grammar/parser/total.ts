import { EmbeddedActionsParser, EOF, type IParserConfig, type TokenType } from 'chevrotain'
import * as t from '../tokens'
import type { Identifier, Missing, Range, SyntaxCode, SyntaxProblem } from '../tree'

/** A problem that is dropped when the pre-pass has found one in the same statement already. */
export interface ScopedProblem {
  readonly problem: SyntaxProblem
  readonly scope: Range
}

type Fix = NonNullable<SyntaxProblem['fix']>

/**
 * The ground that the grammar stands on: nothing throws. What is needed but absent is recorded as a problem, one
 * a statement, and the rule goes on.
 *
 * Where texts are long, the rules make no closures while they read: a closure at every call would be most of
 * the garbage. Chevrotain's methods get kept ones, or are called only while it records the grammar
 * (`RECORDING_PHASE`), for its analysis and the diagrams, and a look at the next token decides when a text is read.
 */
export abstract class TotalParser extends EmbeddedActionsParser {
  scoped: ScopedProblem[] = []
  private scopeStart = 0
  private scopeProblem: SyntaxProblem | undefined

  constructor(config: IParserConfig = {}) {
    super(t.VOCABULARY, { maxLookahead: 1, skipValidations: true, recoveryEnabled: false, ...config })
  }

  protected at(type: TokenType): boolean {
    return this.LA(1).tokenType === type
  }

  protected atEnd(): boolean {
    return this.at(EOF)
  }

  /** Adds an item to the list as long as one begins, which it does with a token of the type. */
  protected addWhile<T>(index: number, first: TokenType, list: T[], item: () => T): T[] {
    if (this.RECORDING_PHASE) this.many(index, item)
    else while (this.at(first)) list.push(item())
    return list
  }

  /** Where the last token ends. */
  protected previousEnd(): number {
    const previous = this.LA(0)
    return previous.tokenType === EOF ? 0 : t.end(previous)
  }

  /** Where the next token starts, or the last one ends when there is none. */
  protected nextStart(): number {
    const token = this.LA(1)
    return token.tokenType === EOF || token.image === '' ? this.previousEnd() : t.start(token)
  }

  /** Whether the next token stands on the line of the one before it and belongs to the same statement. */
  protected continuesLine(): boolean {
    const token = this.LA(1)
    return (
      token.tokenType !== EOF &&
      token.tokenType !== t.EndOfStatement &&
      t.line(token) === t.line(this.LA(0).tokenType === EOF ? token : this.LA(0))
    )
  }

  /** Consumes a token of the type; without one the problem is recorded and the grammar goes on. */
  protected need(index: number, type: TokenType, problem: string): t.Token | undefined {
    if (this.RECORDING_PHASE || this.at(type)) return this.consume(index, type)
    this.reportHere(problem)
    return undefined
  }

  /** Consumes a name; without one the identifier is empty. */
  protected needName(index: number, problem: string): Identifier {
    const token = this.need(index, t.Name, problem)
    if (token === undefined) {
      const at = this.previousEnd()
      return { kind: 'identifier', start: at, end: at, name: '' }
    }
    return { kind: 'identifier', start: t.start(token), end: t.end(token), name: token.image }
  }

  protected missing(): Missing {
    const at = this.previousEnd()
    return { kind: 'missing', start: at, end: at }
  }

  /** From here to {@link closeScope} one problem is recorded at most. */
  protected openScope(): void {
    this.scopeStart = this.nextStart()
    this.scopeProblem = undefined
  }

  protected closeScope(): void {
    if (this.scopeProblem) {
      const scope = { start: this.scopeStart, end: this.scopeEnd() }
      this.scoped.push({ problem: this.scopeProblem, scope })
    }
    this.scopeProblem = undefined
    this.scopeStart = this.nextStart()
  }

  /** Where the next statement begins: what the pre-pass has cut out before it belongs to this one. */
  private scopeEnd(): number {
    const token = this.at(t.EndOfStatement) ? this.LA(2) : this.LA(1)
    return token.tokenType === EOF ? Number.POSITIVE_INFINITY : t.start(token)
  }

  protected report(at: Range, message: string, code: SyntaxCode = 'syntax-error', fix?: Fix): void {
    if (this.RECORDING_PHASE || this.scopeProblem) return
    const problem = { start: at.start, end: at.end, code, message }
    this.scopeProblem = fix ? { ...problem, fix } : problem
  }

  /** Reports a fault that a statement may have several times: the fix of the first one fixes them all. */
  protected reportEach(at: Range, message: string, code: SyntaxCode, fix: Fix): void {
    const { scopeProblem: first } = this
    if (first?.message !== message || !first.fix) this.report(at, message, code, fix)
    else this.scopeProblem = { ...first, fix: { ...fix, edits: [...first.fix.edits, ...fix.edits] } }
  }

  /** Reports what is lacking: at the next token when it stands on the same line, otherwise at the last one. */
  protected reportHere(message: string): void {
    const last = this.LA(0)
    const isFault = this.continuesLine() && !this.at(t.LeftCurly) && !this.at(t.RightCurly)
    if (isFault || last.tokenType === EOF) this.reportNext(message)
    else this.report({ start: t.start(last), end: t.end(last) }, message)
  }

  /** Reports what is wrong with the next token. */
  protected reportNext(message: string): void {
    const next = this.LA(1)
    const at = this.previousEnd()
    this.report(
      next.tokenType === EOF ? { start: at, end: at } : { start: t.start(next), end: t.end(next) },
      message,
    )
  }

  /** Skips to the end of the statement or of the body. */
  protected skipStatement(): void {
    while (!this.endsStatement()) this.SKIP_TOKEN()
  }

  /** Skips the rest of the line and the lines that go on with it, as far as the statement goes. */
  protected skipLine(): void {
    let depth = 0
    while (!this.endsStatement()) {
      if (depth === 0 && !this.continuesLine() && !t.CONTINUING.has(this.LA(1).tokenType)) return
      const token = this.LA(1)
      if (token.tokenType === t.LeftParen || token.tokenType === t.LeftSquare) depth++
      else if (token.tokenType === t.RightParen || token.tokenType === t.RightSquare) depth--
      this.SKIP_TOKEN()
    }
  }

  private endsStatement(): boolean {
    return this.atEnd() || this.at(t.EndOfStatement) || this.at(t.LeftCurly) || this.at(t.RightCurly)
  }
}
