/** What may be written at a cursor, going by the text alone. */
import type { SyntaxToken } from '../../../../grammar/tokenize'
import type { Attribute, Body, Import, Range, SourceFile } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import { FUNCTIONS } from '../../check/language/functions'
import { enclosing } from '../../check/semantics/path'
import { type CallAtCursor, type Cursor, callAt, endsOperand } from '../support/cursor'

export type Context =
  /** A name of its own, a comment, a number: nothing is proposed. */
  | { readonly kind: 'nothing' }
  /** The path of an import; `content` is what stands between the quotes, or undefined where there are none. */
  | { readonly kind: 'path'; readonly content: Range | undefined }
  | { readonly kind: 'imported-name'; readonly import: Import }
  /** The start of a declaration of the file. */
  | { readonly kind: 'item' }
  /** The start of a statement. */
  | { readonly kind: 'statement'; readonly of: 'block' | 'network'; readonly afterIf: boolean }
  /** Behind something complete, where only words can go on. */
  | { readonly kind: 'keywords'; readonly words: readonly string[] }
  | { readonly kind: 'type' }
  | { readonly kind: 'attribute'; readonly node: Attribute }
  /** The shape of an input. */
  | { readonly kind: 'shape' }
  /** The name of an output. */
  | { readonly kind: 'output' }
  | ExpressionContext

export interface ExpressionContext {
  readonly kind: 'expression'
  /** The arrow of the stage that begins here, which may have a count: a layer is wanted. */
  readonly arrow: SyntaxToken | undefined
  /** Beside an operator, in an index, in a function: rather a number than a tensor. */
  readonly wantsValue: boolean
  /** The call of which an argument begins here. */
  readonly argument: CallAtCursor | undefined
  /** The option whose value begins here, after its name and `=`. */
  readonly option: string | undefined
  readonly inExpect: boolean
}

const NOTHING: Context = { kind: 'nothing' }
const ITEM: Context = { kind: 'item' }

export function contextAt(file: SourceFile, cursor: Cursor): Context {
  if (cursor.inside === 'comment' || cursor.inside === 'number') return NOTHING
  const declaration = enclosing(cursor.path, 'block', 'network')
  const body = enclosing(cursor.path, 'body')
  if (cursor.inside === 'string') return stringContext(file, cursor)
  if (body !== undefined && declaration !== undefined) {
    return bodyContext(file, cursor, body, declaration.kind)
  }
  return fileContext(file, cursor)
}

function stringContext(file: SourceFile, cursor: Cursor): Context {
  if (enclosing(cursor.path, 'body') !== undefined) return NOTHING
  const node = enclosing(cursor.path, 'import')
  if (node === undefined || cursor.offset > node.path.end || cursor.offset <= node.path.start) return NOTHING
  const { start, end } = node.path
  const isClosed = end > start + 1 && file.text[end - 1] === '"'
  return { kind: 'path', content: { start: start + 1, end: isClosed ? end - 1 : end } }
}

function fileContext(file: SourceFile, cursor: Cursor): Context {
  const before = cursor.before[0]?.text === '}' ? cursor.before.slice(1) : cursor.before
  const first = before[0]
  const last = before.at(-1)
  if (first === undefined || last === undefined) return ITEM
  if (first.text === 'from') return importContext(file, cursor, before, last)
  if (first.text === 'block' || first.text === 'network') {
    return cursor.open.length === 0 ? NOTHING : parameterContext(file, cursor, last)
  }
  if (before[1]?.text !== '=') return startsLine(file, cursor) ? ITEM : NOTHING
  if (cursor.open.length === 0 && startsLine(file, cursor) && endsOperand(last)) return ITEM
  return expressionContext(file, cursor, last)
}

function importContext(
  file: SourceFile,
  cursor: Cursor,
  before: readonly SyntaxToken[],
  last: SyntaxToken,
): Context {
  const isNewLine = startsLine(file, cursor)
  if (before.length === 1) return isNewLine ? ITEM : { kind: 'path', content: undefined }
  if (last.kind === 'string') return isNewLine ? ITEM : { kind: 'keywords', words: ['import'] }
  const node = enclosing(cursor.path, 'import')
  if (last.text === ',' || (last.text === 'import' && !isNewLine)) {
    return node === undefined ? NOTHING : { kind: 'imported-name', import: node }
  }
  if (isNewLine) return ITEM
  return last.text === 'as' || before.at(-2)?.text === 'as' ? NOTHING : { kind: 'keywords', words: ['as'] }
}

/** In the parentheses of a block or network: names of their own, types, defaults. */
function parameterContext(file: SourceFile, cursor: Cursor, last: SyntaxToken): Context {
  if (cursor.open.length > 1) return expressionContext(file, cursor, last)
  if (last.text === ':') return { kind: 'type' }
  if (last.text === '(' || last.text === ',') return NOTHING
  // Behind a name or a type stands nothing that could be proposed; a default goes on like any expression.
  const separator = cursor.before.findLastIndex(({ text }) => text === ',' || text === '(' || text === '=')
  return cursor.before[separator]?.text === '=' ? expressionContext(file, cursor, last) : NOTHING
}

function bodyContext(file: SourceFile, cursor: Cursor, body: Body, of: 'block' | 'network'): Context {
  const { before } = cursor
  const last = before.at(-1)
  const isOpen = isBracketOpen(cursor)
  const startsStatement =
    last === undefined ||
    last.text === '{' ||
    last.text === '}' ||
    (!isOpen && startsLine(file, cursor) && endsOperand(last))
  if (startsStatement) {
    const ended = body.statements.findLast(({ start }) => start < cursor.word.start)
    return { kind: 'statement', of, afterIf: last?.text === '}' && ended?.kind === 'if' && !hasElse(ended) }
  }
  const [first, second, third] = before
  switch (first?.text) {
    case 'input':
      if (before.length < 3) return NOTHING
      if (before.length === 3 && third?.text === ':') return { kind: 'shape' }
      break
    case 'output':
      if (before.length === 1) return { kind: 'output' }
      if (second?.text !== '=' && third?.text !== '=') return NOTHING
      break
    case 'shared':
      if (third?.text !== '=') return NOTHING
      break
    case 'return':
    case 'expect':
    case 'for':
    case 'if':
      break
    default:
      // The names left of a `=` are new ones.
      if (!isOpen && !before.some(({ text }) => text === '=')) return NOTHING
  }
  return expressionContext(file, cursor, last)
}

function hasElse(statement: { readonly else?: unknown }): boolean {
  return statement.else !== undefined
}

const OPERATORS = new Set([
  ...['==', '!=', '<', '<=', '>', '>=', '~=', 'and', 'or', 'not'],
  ...['+', '-', '*', '/', '//', '%', '**'],
])

/** The arrow before a stage: `->`, or `-> 3 *`. */
function arrowOf(before: readonly SyntaxToken[]): SyntaxToken | undefined {
  const last = before.at(-1)
  if (last?.text === '->') return last
  const arrow = before.at(-3)
  return last?.text === '*' && arrow?.text === '->' ? arrow : undefined
}

/** Whether a square bracket follows what it takes an item of. */
function isIndex(before: readonly SyntaxToken[], bracket: number | undefined): boolean {
  if (bracket === undefined || before[bracket]?.text !== '[') return false
  const object = before[bracket - 1]
  return object !== undefined && endsOperand(object)
}

function expressionContext(file: SourceFile, cursor: Cursor, last: SyntaxToken): Context {
  const { before, word } = cursor
  if (last.text === '.' && last.kind === 'punctuation') return attributeContext(file, last)
  const naming = namingContext(cursor, last)
  if (naming !== undefined) return naming
  const isNumber = /\p{Nd}/u.test(file.text.charAt(word.start))
  if (isNumber && last.text !== '=') return NOTHING
  if (endsOperand(last)) return { kind: 'keywords', words: wordsBehind(cursor, last) }
  const plain = {
    kind: 'expression',
    arrow: arrowOf(before),
    wantsValue: OPERATORS.has(last.text),
    argument: undefined,
    option: undefined,
    inExpect: before[0]?.text === 'expect',
  } as const
  if (plain.arrow !== undefined) return plain
  const bracket = cursor.open.at(-1)
  const call = bracket === undefined ? undefined : callAt(file, cursor, bracket)
  if (call === undefined) return { ...plain, wantsValue: plain.wantsValue || isIndex(before, bracket) }
  if (last.text === '(' || last.text === ',') {
    const isFunction = call.call.callee.kind === 'name' && Object.hasOwn(FUNCTIONS, call.call.callee.name)
    return { ...plain, wantsValue: isFunction, argument: call }
  }
  const [separator, name] = before.slice(-3)
  const isOption = last.text === '=' && (separator?.text === '(' || separator?.text === ',')
  if (isOption && name !== undefined) return { ...plain, argument: call, option: name.text }
  return isNumber ? NOTHING : plain
}

/** The names that a loop or `as` introduces, and the `in` behind a loop's. */
function namingContext({ before }: Cursor, last: SyntaxToken): Context | undefined {
  if (last.text === 'as' && last.kind === 'keyword') return NOTHING
  const isLoopWord = ({ kind, text }: SyntaxToken) => kind === 'keyword' && (text === 'for' || text === 'in')
  const loop = before.findLastIndex(isLoopWord)
  if (before[loop]?.text !== 'for') return undefined
  const names = before.slice(loop + 1)
  if (names.length === 0 || last.text === ',') return NOTHING
  return names.every(({ kind, text }) => kind === 'name' || text === ',')
    ? { kind: 'keywords', words: ['in'] }
    : undefined
}

/** The words that can go on behind something complete. */
function wordsBehind(cursor: Cursor, last: SyntaxToken): readonly string[] {
  const { before } = cursor
  const bracket = cursor.open.at(-1)
  const within = bracket === undefined || before[bracket]?.text === '{' ? before : before.slice(bracket + 1)
  const count = (word: string) =>
    within.filter(({ kind, text }) => kind === 'keyword' && text === word).length
  const isStatement = bracket === undefined && within[0]?.text === 'if'
  const conditions = count('if') - (isStatement ? 1 : 0)
  const inList = bracket !== undefined && before[bracket]?.text === '['
  const isCondition = isStatement || within[0]?.text === 'expect' || conditions > count('then')
  return [
    ...(conditions > count('then') ? ['then'] : []),
    ...(count('then') > count('else') ? ['else'] : []),
    ...(inList && count('for') === 0 ? ['for'] : []),
    ...(isCondition ? ['and', 'or'] : last.kind === 'number' ? [] : ['as']),
  ]
}

function attributeContext(file: SourceFile, dot: SyntaxToken): Context {
  const path = nodesAt(file, dot.start)
  const node = path.findLast(
    (each): each is Attribute =>
      each.kind === 'attribute' && each.object.end <= dot.start && dot.end <= each.name.start,
  )
  return node === undefined ? NOTHING : { kind: 'attribute', node }
}

/** Whether a parenthesis or a square bracket of the statement is open. */
function isBracketOpen({ before, open }: Cursor): boolean {
  const bracket = open.at(-1)
  return bracket !== undefined && before[bracket]?.text !== '{'
}

/** Whether the word is the first of its line. */
function startsLine({ text }: SourceFile, { before, word }: Cursor): boolean {
  return /[\n\r]/.test(text.slice(before.at(-1)?.end ?? 0, word.start))
}
