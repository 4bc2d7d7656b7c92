import type { TokenType } from 'chevrotain'
import * as t from '../tokens'
import type { SyntaxProblem } from '../tree'
import type { Balanced } from './brackets'

/**
 * The fourth step of the pre-pass: makes the braces balance and puts an end-of-statement token before every
 * statement. Each declaration is looked at by itself. In one whose braces balance nothing is changed; in the
 * others layout decides where a body begins and ends, and a `}` that closes nothing is left out.
 */
export function balanceBraces(balanced: Balanced, problems: SyntaxProblem[]): t.Token[] {
  const { tokens, starts } = balanced
  const out: t.Token[] = []
  let from = 0
  for (let i = 1; i <= tokens.length; i++) {
    if (i < tokens.length && !(starts[i] && isDeclaration((tokens[i] as t.Token).tokenType))) continue
    if (bracesBalance(tokens, starts, from, i)) copy(tokens, starts, from, i, out)
    else new LayoutReader(tokens, starts, out, problems).read(from, i)
    from = i
  }
  return out
}

const isDeclaration = (type: TokenType) => type === t.Block || type === t.Network

/** Statements and declarations that have a body, and the `else` of a statement. */
function isHead(tokens: readonly t.Token[], starts: Uint8Array, i: number): boolean {
  const type = (tokens[i] as t.Token).tokenType
  if (type === t.Else) return true
  if (type === t.If) return starts[i] === 1 || tokens[i - 1]?.tokenType === t.Else
  return starts[i] === 1 && (type === t.For || isDeclaration(type))
}

/** Whether every head has its body, every `{` a head before it, and every brace its partner. */
function bracesBalance(tokens: readonly t.Token[], starts: Uint8Array, from: number, to: number): boolean {
  let depth = 0
  let head = false
  for (let i = from; i < to; i++) {
    const type = (tokens[i] as t.Token).tokenType
    if (type === t.LeftCurly) {
      if (!head) return false
      head = false
      depth++
    } else if (type === t.RightCurly) {
      if (head || depth === 0) return false
      depth--
    } else if (isHead(tokens, starts, i)) {
      if (head && type !== t.If) return false
      head = true
    } else if (head && starts[i]) {
      return false
    }
  }
  return depth === 0 && !head
}

function copy(
  tokens: readonly t.Token[],
  starts: Uint8Array,
  from: number,
  to: number,
  out: t.Token[],
): void {
  for (let i = from; i < to; i++) {
    if (starts[i]) endStatement(out)
    out.push(tokens[i] as t.Token)
  }
}

function endStatement(out: t.Token[]): void {
  const before = out.at(-1)
  const type = before?.tokenType
  if (before && type !== t.LeftCurly && type !== t.RightCurly)
    out.push(t.virtualToken(t.EndOfStatement, before))
}

/** A body that is open: its head's keyword, the column of the head's line, and its `{`, if there is one. */
interface OpenBody {
  readonly keyword: t.Token
  readonly column: number
  readonly brace: t.Token | undefined
  readonly line: number
  /** Where to add the `}` of a body written in Python's way. */
  readonly python:
    | { problem: SyntaxProblem; edits: { start: number; end: number; text: string }[] }
    | undefined
}

class LayoutReader {
  private readonly bodies: OpenBody[] = []
  private head: { token: t.Token; column: number } | undefined
  /** How many `{` without a head still wait for the `}` that goes with them. */
  private strayOpen = 0
  private lineColumn = 1
  /** The keyword of the body that was closed last. */
  private lastClosed: TokenType | undefined
  /** In a declaration whose body is not indented, bodies do not end at a dedent. */
  private flat = false
  /** How many `{` such a declaration lacks: those are found where a head has none. */
  private lacking = 0

  constructor(
    private readonly tokens: readonly t.Token[],
    private readonly starts: Uint8Array,
    private readonly out: t.Token[],
    private readonly problems: SyntaxProblem[],
  ) {}

  read(from: number, to: number): void {
    this.flat = this.isFlat(from, to)
    this.lacking = this.flat ? countBraces(this.tokens.slice(from, to)) : 0
    for (let i = from; i < to; i++) this.step(i, this.tokens[i] as t.Token, to)
    while (this.bodies.length > 0) this.closeVirtually()
  }

  /**
   * Whether the first statement of the declaration's body is no deeper than the declaration. Where nothing is
   * closed below, the `{` has just been typed before what follows.
   */
  private isFlat(from: number, to: number): boolean {
    const head = this.tokens[from] as t.Token
    if (!isDeclaration(head.tokenType)) return false
    const first = this.starts.indexOf(1, from + 1)
    if (first < 0 || first >= to || this.beginsInLineOf(first, head)) return false
    const token = this.tokens[first] as t.Token
    if (token.tokenType === t.From || t.column(token) > t.column(head)) return false
    return this.tokens.slice(first, to).some(({ tokenType }) => tokenType === t.RightCurly)
  }

  private beginsInLineOf(i: number, head: t.Token): boolean {
    return t.line(this.tokens[i] as t.Token) === t.line(head)
  }

  private step(i: number, token: t.Token, to: number): void {
    const startsLine = this.beginsLine(i)
    if (startsLine) this.lineColumn = t.column(token)
    if (token.tokenType === t.LeftCurly) {
      this.openBrace(token)
      return
    }
    if (token.tokenType === t.RightCurly) {
      if (this.head && !startsLine) this.dropCloser(token)
      else this.closeBrace(i, token, to, startsLine)
      return
    }
    const isStart = this.starts[i] === 1
    if (startsLine && (isStart || token.tokenType === t.Else)) this.dedent(t.column(token))
    if (token.tokenType === t.Else) this.reachElse(t.column(token), this.tokens[i + 1])
    if (isStart) {
      this.enterBody(token, startsLine)
      endStatement(this.out)
    }
    this.out.push(token)
    if (isHead(this.tokens, this.starts, i)) this.head = { token, column: this.lineColumn }
  }

  /** Closes the bodies that the column is not deep enough for. */
  private dedent(column: number): void {
    if (this.flat) return
    while ((this.bodies.at(-1)?.column ?? 0) >= column) this.closeVirtually()
  }

  /** An `else` that does not follow the body of an `if` closes the body of the one that it belongs to. */
  private reachElse(column: number, next: t.Token | undefined): void {
    const hasBody = next?.tokenType === t.LeftCurly || next?.tokenType === t.If
    const followsIf = this.out.at(-1)?.tokenType === t.RightCurly && this.lastClosed === t.If
    if (!hasBody || followsIf) return
    const own = this.bodies.findLastIndex((body) => body.keyword.tokenType === t.If && body.column <= column)
    if (own < 0) return
    this.lineColumn = (this.bodies[own] as OpenBody).column
    while (this.bodies.length > own) this.closeVirtually()
  }

  /** A statement right after a head without `{` belongs to its body when it stands deeper, or on its line. */
  private enterBody(first: t.Token, startsLine: boolean): void {
    if (!this.head) return
    const isInside = startsLine
      ? t.column(first) > this.head.column || this.lacking > 0
      : t.line(first) === t.line(this.out.at(-1) as t.Token)
    if (isInside) {
      this.openVirtually(this.head)
      this.lacking--
    }
    this.head = undefined
  }

  private openBrace(brace: t.Token): void {
    if (this.head) {
      this.bodies.push({
        keyword: this.head.token,
        column: this.head.column,
        brace,
        line: t.line(brace),
        python: undefined,
      })
      this.head = undefined
      this.out.push(brace)
      return
    }
    this.strayOpen++
    this.problems.push({
      start: t.start(brace),
      end: t.end(brace),
      code: 'unmatched-bracket',
      message:
        '`{` opens no body here. Braces stand around the bodies of `block`, `network`, `for`, `if` and `else` only; remove it.',
    })
  }

  private closeBrace(i: number, brace: t.Token, to: number, startsLine: boolean): void {
    const column = t.column(brace)
    this.head = undefined
    if (startsLine) {
      // A brace that is less deep than a body ends one further out.
      while (!this.flat && (this.bodies.at(-1)?.column ?? 0) > column) this.closeVirtually()
    }
    const body = this.bodies.at(-1)
    if (body && this.closes(body, i, brace, to, startsLine)) {
      this.bodies.pop()
      this.lastClosed = body.keyword.tokenType
      this.out.push(brace)
    } else {
      this.dropCloser(brace)
    }
  }

  private dropCloser(brace: t.Token): void {
    if (this.strayOpen > 0) {
      this.strayOpen--
      return
    }
    this.problems.push({
      start: t.start(brace),
      end: t.end(brace),
      code: 'unmatched-bracket',
      message: '`}` closes nothing. Every `}` needs the `{` of a body before it; remove it.',
      fix: { title: 'Remove `}`', edits: [{ start: t.start(brace), end: t.end(brace), text: '' }] },
    })
  }

  /** Whether a `}` ends the body, going by where it stands and by what comes after it. */
  private closes(body: OpenBody, i: number, brace: t.Token, to: number, startsLine: boolean): boolean {
    if (startsLine && body.column === t.column(brace)) return true
    if (body.line === t.line(brace)) return true
    const next = i + 1 < to ? (this.tokens[i + 1] as t.Token) : undefined
    if (next === undefined) return true
    if (next.tokenType === t.Else) return body.keyword.tokenType === t.If
    return this.flat || (t.line(next) !== t.line(brace) && t.column(next) <= body.column)
  }

  private openVirtually(head: { token: t.Token; column: number }): void {
    const last = this.out.at(-1) as t.Token
    const colon = last.tokenType === t.Colon
    if (colon) this.out.pop()
    const anchor = this.out.at(-1)
    this.out.push(t.virtualToken(t.LeftCurly, anchor))
    const python = colon ? pythonBody(head.token, last) : undefined
    if (python) this.problems.push(python.problem)
    else this.problems.push(missingBrace(head.token, last))
    this.bodies.push({
      keyword: head.token,
      column: head.column,
      brace: undefined,
      line: t.line(last),
      python,
    })
  }

  private closeVirtually(): void {
    const body = this.bodies.pop() as OpenBody
    this.lastClosed = body.keyword.tokenType
    const last = this.out.at(-1) as t.Token
    this.out.push(t.virtualToken(t.RightCurly, last))
    if (body.brace) this.problems.push(unclosed(body.brace, body.keyword))
    const text = `\n${' '.repeat(body.column - 1)}}`
    body.python?.edits.push({ start: t.end(last), end: t.end(last), text })
  }

  private beginsLine(i: number): boolean {
    return i === 0 || t.line(this.tokens[i - 1] as t.Token) !== t.line(this.tokens[i] as t.Token)
  }
}

/** How many more closing than opening braces there are. */
function countBraces(tokens: readonly t.Token[]): number {
  const count = (type: TokenType) =>
    tokens.reduce((sum, token) => sum + (token.tokenType === type ? 1 : 0), 0)
  return count(t.RightCurly) - count(t.LeftCurly)
}

function unclosed(brace: t.Token, keyword: t.Token): SyntaxProblem {
  return {
    start: t.start(brace),
    end: t.end(brace),
    code: 'unclosed-brace',
    message: `The body of \`${keyword.tokenType.LABEL}\` is not closed. Every \`{\` needs its \`}\`; write \`}\` after the last statement of the body.`,
  }
}

function missingBrace(keyword: t.Token, last: t.Token): SyntaxProblem {
  return {
    start: t.start(last),
    end: t.end(last),
    code: 'unclosed-brace',
    message: `The body of \`${keyword.tokenType.LABEL}\` has no \`{\`. A body stands in braces, not in its indentation; write \`{\` after the head and \`}\` after the body.`,
  }
}

function pythonBody(keyword: t.Token, colon: t.Token) {
  const edits = [{ start: t.start(colon), end: t.end(colon), text: ' {' }]
  const problem: SyntaxProblem = {
    start: t.start(colon),
    end: t.end(colon),
    code: 'foreign-syntax',
    message: `\`:\` opens no body. The body of \`${keyword.tokenType.LABEL}\` stands in braces; write \`{\` here and \`}\` after the body.`,
    fix: { title: 'Put the body in braces', edits },
  }
  return { problem, edits }
}
