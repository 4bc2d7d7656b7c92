/** What stands before a cursor: the statement that is being written, its tokens, its open brackets. */
import { type SyntaxToken, tokenize } from '../../../../grammar/tokenize'
import type { Body, Call, Item, Range, SourceFile, Statement, SyntaxNode } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import type { Path } from '../../check/semantics/path'

export interface Cursor {
  readonly offset: number
  /** The word that the cursor is in or behind; empty where there is none. */
  readonly word: Range
  /** The nodes around it, down to the body or the statement that is being written; brackets may still be open. */
  readonly path: Path
  /** The tokens of the statement, or of what else is being written, before the word. */
  readonly before: readonly SyntaxToken[]
  /** The indices in `before` of the brackets that are open, the innermost last. */
  readonly open: readonly number[]
  readonly inside: 'code' | 'comment' | 'string' | 'number'
}

export function cursorAt(file: SourceFile, offset: number): Cursor {
  const word = wordAt(file.text, offset)
  const path = pathTo(file, word.start)
  const start = writtenFrom(file, path, word.start)
  const all = tokenize(file.text.slice(start, offset)).map((token) => ({
    ...token,
    start: token.start + start,
    end: token.end + start,
  }))
  const last = all.at(-1)
  const before = all.filter(({ kind, end }) => kind !== 'comment' && end <= word.start)
  const inside = last === undefined ? 'code' : insideOf(last, word, offset)
  return { offset, word, path, before, open: openBrackets(before), inside }
}

function insideOf(last: SyntaxToken, word: Range, offset: number): Cursor['inside'] {
  if (last.end !== offset) return 'code'
  if (last.kind === 'comment') return 'comment'
  if (isOpenString(last)) return 'string'
  // `0.5` is one token, and its last digit alone a word.
  return last.kind === 'number' && last.start < word.start ? 'number' : 'code'
}

/** The call whose argument is written at a cursor, with the path to it and the bracket's index. */
export interface CallAtCursor {
  readonly call: Call
  readonly path: Path
  /** The index of its parenthesis among the tokens before the cursor. */
  readonly bracket: number
}

/** The call whose parenthesis is the open bracket number `bracket` of the tokens before a cursor. */
export function callAt(file: SourceFile, cursor: Cursor, bracket: number): CallAtCursor | undefined {
  const token = cursor.before[bracket]
  if (token?.text !== '(') return undefined
  const path = nodesAt(file, token.start)
  const at = path.findLastIndex((node) => node.kind === 'call' && node.argsRange.start === token.start)
  const call = path[at]
  return call?.kind === 'call' ? { call, path: path.slice(0, at + 1), bracket } : undefined
}

/** The innermost call that is open at a cursor, through lists and parentheses in its argument. */
export function openCall(file: SourceFile, cursor: Cursor): CallAtCursor | undefined {
  for (const bracket of cursor.open.toReversed()) {
    if (cursor.before[bracket]?.text === '{') return undefined
    const found = callAt(file, cursor, bracket)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a token can be the last one of an expression. */
export function endsOperand({ kind, text }: SyntaxToken): boolean {
  return (kind !== 'keyword' && kind !== 'operator' && kind !== 'punctuation') || text === ')' || text === ']'
}

const BEFORE = /[\p{L}\p{M}\p{Nd}_]*$/u
const AFTER = /^[\p{L}\p{M}\p{Nd}_]*/u

function wordAt(text: string, offset: number): Range {
  const line = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
  const left = BEFORE.exec(text.slice(line, offset))?.[0].length ?? 0
  // Names are short: a slice of the text spares a copy of all that follows.
  const right = AFTER.exec(text.slice(offset, offset + 200))?.[0].length ?? 0
  return { start: offset - left, end: offset + right }
}

/** The file, then item, body and statement that begin before an offset and may go on to it. */
function pathTo(file: SourceFile, offset: number): Path {
  const path: SyntaxNode[] = [file]
  const item = lastBefore<Item>(file.items, offset)
  if (item === undefined || isBehind(bodyOf(item), file, offset)) return path
  path.push(item)
  let body = bodyOf(item)
  while (body !== undefined && isInside(body, file, offset)) {
    path.push(body)
    const statement = lastBefore<Statement>(body.statements, offset)
    if (statement === undefined || isBehind(lastBodyOf(statement), file, offset)) break
    path.push(statement)
    body = bodiesOf(statement).findLast((each) => isInside(each, file, offset))
  }
  return path
}

/** Where the text begins that is being written: at the statement, or right behind what ended before the cursor. */
function writtenFrom(file: SourceFile, path: Path, offset: number): number {
  const node = path.at(-1) as SyntaxNode
  if (node.kind !== 'file' && node.kind !== 'body') return node.start
  const ended =
    node.kind === 'file'
      ? lastBefore<Item>(file.items, offset)
      : lastBefore<Statement>(node.statements, offset)
  // The brace that ends it says what may follow.
  return ended === undefined ? node.start : ended.end - 1
}

function lastBefore<T extends Range>(nodes: readonly T[], offset: number): T | undefined {
  return nodes.findLast(({ start }) => start < offset)
}

function bodyOf(node: Item): Body | undefined {
  return node.kind === 'block' || node.kind === 'network' ? node.body : undefined
}

function bodiesOf(statement: Statement): readonly Body[] {
  if (statement.kind === 'for') return [statement.body]
  if (statement.kind !== 'if') return []
  const { then, else: otherwise } = statement
  if (otherwise === undefined) return [then]
  return [then, ...(otherwise.kind === 'body' ? [otherwise] : bodiesOf(otherwise))]
}

function lastBodyOf(statement: Statement): Body | undefined {
  return bodiesOf(statement).at(-1)
}

/** Whether a body is closed before an offset. */
function isBehind(body: Body | undefined, { text }: SourceFile, offset: number): boolean {
  return body !== undefined && isClosed(body, text) && body.end <= offset
}

/** Whether an offset stands between the braces of a body; one that is still open has no end. */
function isInside(body: Body, { text }: SourceFile, offset: number): boolean {
  if (text[body.start] !== '{' || offset <= body.start) return false
  return !isClosed(body, text) || offset < body.end
}

/** The brace at the end may also be that of an inner body, while its own is not written. */
function isClosed({ start, end, statements }: Body, text: string): boolean {
  const last = statements.at(-1)
  return end > start + 1 && text[end - 1] === '}' && (last === undefined || last.end < end)
}

function isOpenString({ kind, text }: SyntaxToken): boolean {
  return kind === 'string' && !/^"(?:\\.|[^"\\])*"$/.test(text)
}

const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

function openBrackets(tokens: readonly SyntaxToken[]): readonly number[] {
  const open: number[] = []
  for (const [i, { kind, text }] of tokens.entries()) {
    if (kind !== 'punctuation') continue
    if (text === '(' || text === '[' || text === '{') open.push(i)
    else if (tokens[open.at(-1) ?? -1]?.text === CLOSERS[text]) open.pop()
  }
  return open
}
