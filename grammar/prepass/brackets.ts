import * as t from '../tokens'
import type { SyntaxProblem } from '../tree'
import { STATEMENT_KEYWORDS } from './statements'

export interface Balanced {
  readonly tokens: t.Token[]
  /** For each token whether it begins a statement; all of these stand outside brackets. */
  readonly starts: Uint8Array
}

interface Opener {
  readonly index: number
  readonly token: t.Token
  /** The column of the statement it belongs to. */
  readonly column: number
  /** How many candidates were known when it was opened. */
  readonly candidates: number
}

const CLOSER_OF = new Map([
  [t.LeftParen, t.RightParen],
  [t.LeftSquare, t.RightSquare],
])

/**
 * The third step of the pre-pass: matches `(` and `[`. An opener is unclosed when it meets a brace, a statement
 * keyword, a closer that belongs to an opener further out, or the end. It then ends before the first statement
 * that begins a line no deeper than its own statement or than the first statement of the body. Layout is looked
 * at only then, so that a correct text may be laid out in any way.
 *
 * @param starts where statements begin if they are outside brackets
 */
export function balanceBrackets(tokens: t.Token[], starts: Uint8Array, problems: SyntaxProblem[]): Balanced {
  return new Matcher(tokens, starts, problems).run()
}

class Matcher {
  private readonly stack: Opener[] = []
  /** Indices of line-starting statements inside the open brackets, but not inside pairs already closed. */
  private readonly candidates: number[] = []
  /** For each body that is open, the column of its first statement; −1 before there is one. */
  private readonly bodyColumns: number[] = [-1]
  private statementColumn = 1
  /** The column of the current line when its first token, outside brackets, may begin a statement; otherwise 0. */
  private lineColumn = 0
  /** For each token whether the bracket pair around it is closed on the same line. */
  private readonly closesLater: Uint8Array
  /** For each token whether it begins a statement, unless a repair moves the ends of brackets. */
  private readonly outside: Uint8Array
  private readonly dropped = new Set<number>()
  /** Closers to put in before a token, innermost first. */
  private readonly closers = new Map<number, t.Token[]>()

  constructor(
    private readonly tokens: t.Token[],
    private readonly starts: Uint8Array,
    private readonly problems: SyntaxProblem[],
  ) {
    this.closesLater = findLaterClosers(tokens)
    this.outside = new Uint8Array(tokens.length)
  }

  run(): Balanced {
    for (let i = 0; i < this.tokens.length; i++) this.step(i, this.tokens[i] as t.Token)
    this.closeUnclosed(0, this.tokens.length)
    const isWhole = this.dropped.size === 0 && this.closers.size === 0
    return isWhole ? { tokens: this.tokens, starts: this.outside } : this.assemble()
  }

  private step(i: number, token: t.Token): void {
    const type = token.tokenType
    if (this.beginsLine(i)) {
      this.lineColumn = this.stack.length === 0 && !t.CONTINUING.has(type) ? t.column(token) : 0
    }
    switch (type) {
      case t.LeftParen:
      case t.LeftSquare:
        this.stack.push({ index: i, token, column: this.ownColumn(), candidates: this.candidates.length })
        return
      case t.RightParen:
      case t.RightSquare:
        this.close(i, token)
        return
      case t.LeftCurly:
        if (this.dropsBrace(i, token)) return
        this.closeUnclosed(0, i)
        this.bodyColumns.push(-1)
        return
      case t.RightCurly:
        if (this.dropsBrace(i, token)) return
        this.closeUnclosed(0, i)
        if (this.bodyColumns.length > 1) this.bodyColumns.pop()
        return
    }
    if (!this.starts[i]) return
    if (this.stack.length > 0) {
      if (STATEMENT_KEYWORDS.has(type)) this.closeUnclosed(0, i)
      else if (this.beginsLine(i)) this.candidates.push(i)
    }
    if (this.stack.length > 0) return
    this.outside[i] = 1
    this.enterStatement(token)
  }

  /** A brace inside brackets that close on the same line is left out, rather than taken for their end. */
  private dropsBrace(i: number, brace: t.Token): boolean {
    if (this.stack.length === 0 || this.beginsLine(i) || !this.closesLater[i]) return false
    this.dropped.add(i)
    this.problems.push({
      start: t.start(brace),
      end: t.end(brace),
      code: 'unmatched-bracket',
      message: `\`${brace.image}\` stands inside brackets. Braces belong around bodies, which no bracket holds; remove it.`,
    })
    return true
  }

  private enterStatement(token: t.Token): void {
    this.statementColumn = t.column(token)
    const innermost = this.bodyColumns.length - 1
    if (this.bodyColumns[innermost] === -1) this.bodyColumns[innermost] = t.column(token)
  }

  private close(i: number, closer: t.Token): void {
    const { stack } = this
    let match = stack.length - 1
    while (match >= 0 && CLOSER_OF.get((stack[match] as Opener).token.tokenType) !== closer.tokenType) match--
    if (match >= 0) {
      if (match < stack.length - 1) this.closeUnclosed(match + 1, i)
      const opener = stack.pop() as Opener
      this.candidates.length = opener.candidates
    } else if (stack.length > 0 && !CLOSERS.has(this.tokens[i + 1]?.tokenType ?? t.Comma)) {
      this.replaceCloser(closer, (stack.pop() as Opener).token)
    } else {
      this.dropped.add(i)
      this.problems.push({
        start: t.start(closer),
        end: t.end(closer),
        code: 'unmatched-bracket',
        message: `\`${closer.image}\` closes nothing. Every closing bracket needs an opening one before it; remove it.`,
        fix: {
          title: `Remove \`${closer.image}\``,
          edits: [{ start: t.start(closer), end: t.end(closer), text: '' }],
        },
      })
    }
  }

  /** `(` closed by `]`, or the other way round. */
  private replaceCloser(closer: t.Token, opener: t.Token): void {
    const wanted = CLOSER_OF.get(opener.tokenType) ?? t.RightParen
    const range = { start: t.start(closer), end: t.end(closer) }
    this.problems.push({
      ...range,
      code: 'unmatched-bracket',
      message: `\`${closer.image}\` does not close \`${opener.image}\`. Brackets close in pairs of one kind; write \`${wanted.LABEL}\`.`,
      fix: { title: `Write \`${wanted.LABEL}\``, edits: [{ ...range, text: wanted.LABEL as string }] },
    })
    t.retype(closer, wanted)
  }

  /** Ends the openers from `from` on in the stack, at the latest before the token at `limit`. */
  private closeUnclosed(from: number, limit: number): void {
    const { stack, candidates } = this
    let own = 0
    let next = from < stack.length ? (stack[from] as Opener).candidates : 0
    for (let k = from; k < stack.length; ) {
      const opener = stack[k] as Opener
      while (next < candidates.length && (candidates[next] as number) < opener.index) {
        own = this.columnAt(candidates[next] as number)
        next++
      }
      const column = Math.max(own, opener.column, this.bodyColumns.at(-1) as number)
      while (next < candidates.length && this.columnAt(candidates[next] as number) > column) next++
      const at = next < candidates.length ? (candidates[next] as number) : limit
      const first = k
      while (k < stack.length && (stack[k] as Opener).index < at) k++
      this.putClosers(stack.slice(first, k), at)
    }
    if (from < stack.length) {
      candidates.length = (stack[from] as Opener).candidates
      stack.length = from
    }
  }

  private putClosers(openers: readonly Opener[], at: number): void {
    const before = this.tokens[at - 1] as t.Token
    const closers = openers.map(({ token }) =>
      t.virtualToken(CLOSER_OF.get(token.tokenType) ?? t.RightParen, before),
    )
    this.closers.set(at, [...(this.closers.get(at) ?? []), ...closers.reverse()])
    this.problems.push(unclosed(this.tokens, openers.at(-1) as Opener))
  }

  /** A line of a half-written statement that nothing marks as one counts by where the line begins. */
  private ownColumn(): number {
    return Math.max(this.statementColumn, this.lineColumn)
  }

  private beginsLine(i: number): boolean {
    return i === 0 || t.line(this.tokens[i - 1] as t.Token) !== t.line(this.tokens[i] as t.Token)
  }

  private columnAt(i: number): number {
    return t.column(this.tokens[i] as t.Token)
  }

  /** Carries out the repairs. */
  private assemble(): Balanced {
    const { tokens, dropped, closers } = this
    const balanced: t.Token[] = []
    const starts: number[] = []
    let depth = 0
    for (let i = 0; i <= tokens.length; i++) {
      for (const closer of closers.get(i) ?? []) {
        balanced.push(closer)
        depth--
      }
      if (i === tokens.length || dropped.has(i)) continue
      const token = tokens[i] as t.Token
      if (OPENERS.has(token.tokenType)) depth++
      else if (CLOSERS.has(token.tokenType)) depth--
      else if (this.starts[i] && depth === 0) starts.push(balanced.length)
      balanced.push(token)
    }
    const flags = new Uint8Array(balanced.length)
    for (const index of starts) flags[index] = 1
    return { tokens: balanced, starts: flags }
  }
}

const OPENERS = new t.TypeSet(CLOSER_OF.keys())
const CLOSERS = new t.TypeSet([t.RightParen, t.RightSquare])

function findLaterClosers(tokens: readonly t.Token[]): Uint8Array {
  const found = new Uint8Array(tokens.length)
  let line = -1
  /** How many more closers than openers stand from here to the line's end, and the fewest from any place on. */
  let surplus = 0
  let fewest = 0
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i] as t.Token
    if (t.line(token) !== line) {
      line = t.line(token)
      surplus = 0
      fewest = 0
    }
    found[i] = surplus > fewest ? 1 : 0
    if (CLOSERS.has(token.tokenType)) surplus++
    else if (OPENERS.has(token.tokenType)) surplus--
    fewest = Math.min(fewest, surplus)
  }
  return found
}

/** One problem for all brackets that one place leaves open, at the innermost: it was typed last. */
function unclosed(tokens: readonly t.Token[], { index, token }: Opener): SyntaxProblem {
  const closer = CLOSER_OF.get(token.tokenType)?.LABEL
  const before = tokens[index - 1]
  const isCall =
    token.tokenType === t.LeftParen && before?.tokenType === t.Name && t.end(before) === t.start(token)
  const written = isCall ? `${before.image}(` : token.image
  const place = isCall ? 'after the last argument' : 'where it ends'
  return {
    start: t.start(token),
    end: t.end(token),
    code: 'unclosed-bracket',
    message: `\`${written}\` is not closed. Every \`${token.image}\` needs its \`${closer}\`; write \`${closer}\` ${place}.`,
  }
}
