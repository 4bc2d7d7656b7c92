import type { TokenType } from 'chevrotain'
import * as t from '../tokens'
import { TotalParser } from './total'

/** What an operand begins with. */
const OPERANDS = [
  t.Name,
  t.NumberToken,
  t.Size,
  t.StringToken,
  t.True,
  t.False,
  t.None,
  t.LeftParen,
  t.LeftSquare,
]
export const OPERAND_STARTS = new t.TypeSet(OPERANDS)
export const EXPRESSION_STARTS = new t.TypeSet([...OPERANDS, t.Minus, t.Not, t.IfExpression])

/** Items between brackets, with commas between them. */
export abstract class ItemsParser extends TotalParser {
  protected startsExpression(): boolean {
    return EXPRESSION_STARTS.has(this.LA(1).tokenType)
  }

  /**
   * `[item { "," item } [","]]` up to the closer. Items that no comma separates are all kept; what is no item is
   * skipped.
   *
   * @param starts what the first item may begin with
   */
  protected items<T>(closer: TokenType, starts: t.TypeSet, item: () => T): T[] {
    const list: T[] = []
    if (this.RECORDING_PHASE) {
      this.MANY_SEP({ SEP: t.Comma, DEF: item })
      this.OPTION5(() => this.CONSUME5(t.Comma))
      return list
    }
    do {
      if (!starts.has(this.LA(1).tokenType)) continue
      this.addItems(list, closer, item)
      while (this.at(t.Comma)) {
        this.SKIP_TOKEN()
        this.addItems(list, closer, item)
      }
    } while (this.skipsJunk(closer))
    return list
  }

  /** Adds the next item, and those that follow it without a comma. */
  private addItems<T>(list: T[], closer: TokenType, item: () => T): void {
    if (this.at(closer)) return
    do list.push(item())
    while (this.lacksComma(closer))
  }

  private endsItems(closer: TokenType): boolean {
    return this.at(closer) || this.atEnd() || this.at(t.EndOfStatement) || this.at(t.For)
  }

  /** Whether another item follows without the comma it needs. */
  private lacksComma(closer: TokenType): boolean {
    if (this.at(t.Comma) || this.endsItems(closer)) return false
    if (EXPRESSION_STARTS.has(this.LA(1).tokenType)) {
      this.reportHere(`A \`,\` is missing before \`${this.LA(1).image}\`. Commas separate items; write one.`)
      return true
    }
    this.closeWith(0, closer)
    return false
  }

  /** Skips what begins no item; false at the end of the items. */
  private skipsJunk(closer: TokenType): boolean {
    if (this.endsItems(closer)) return false
    this.reportHere(
      `An item is missing before \`${this.LA(1).image}\`. Commas separate items; write one before it.`,
    )
    this.SKIP_TOKEN()
    return true
  }

  /** Consumes the closing bracket, which the pre-pass has seen to, and reports and skips what stands before it. */
  protected closeWith(index: number, closer: TokenType): void {
    if (!this.RECORDING_PHASE && !this.at(closer)) {
      this.reportHere(
        `\`${this.LA(1).image}\` is not expected here. Only \`${closer.LABEL}\` can follow; remove it.`,
      )
      let depth = 0
      while (!this.atEnd() && !this.at(t.EndOfStatement) && (depth > 0 || !this.at(closer))) {
        if (index === 0 && depth === 0 && this.at(t.Comma)) return
        if (this.at(t.LeftParen) || this.at(t.LeftSquare)) depth++
        if (this.at(t.RightParen) || this.at(t.RightSquare)) depth--
        this.SKIP_TOKEN()
      }
    }
    if (this.RECORDING_PHASE || (index > 0 && this.at(closer))) this.consume(index, closer)
  }
}
