/** JSON with comments and trailing commas, with the place of every value. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Range } from '../../../grammar/tree'

export type { Node }

export interface JsonText {
  /** As much as can be read; undefined for a text without a value. */
  readonly root: Node | undefined
  /** The first fault, which those after it mostly follow from. */
  readonly fault?: { readonly text: string; readonly range: Range }
}

export interface Property {
  readonly key: string
  readonly keyNode: Node
  /** Undefined where it is missing, which is a fault of the text. */
  readonly value: Node | undefined
}

const FAULTS: Readonly<Record<string, string>> = {
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  ColonExpected: 'a colon is missing between key and value',
  CommaExpected: 'a comma is missing before this',
  EndOfFileExpected: 'there is something after the end of the configuration',
  PropertyNameExpected: 'a key in double quotes has to stand here',
  UnexpectedEndOfComment: 'the comment does not end',
  UnexpectedEndOfString: 'the text in double quotes does not end on its line',
  ValueExpected: 'a value is missing here',
}

export function parseJson(text: string): JsonText {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const [first] = errors
  if (first === undefined) return { root }
  const start = Math.min(first.offset, text.length)
  const range = { start, end: Math.min(start + first.length, text.length) }
  const code = printParseErrorCode(first.error)
  return { root, fault: { text: FAULTS[code] ?? 'this is not written as JSON writes it', range } }
}

export function rangeOf({ offset, length }: Node): Range {
  return { start: offset, end: offset + length }
}

/** The properties of an object in their order. */
export function propertiesOf({ children = [] }: Node): readonly Property[] {
  return children.flatMap(({ children: [keyNode, value] = [] }) =>
    keyNode === undefined ? [] : [{ key: String(keyNode.value), keyNode, value }],
  )
}

export function itemsOf({ children = [] }: Node): readonly Node[] {
  return children
}

/** A value in a sentence: `a list`, `"warn"`, `the number 3`. */
export function describeJson({ type, value, children = [] }: Node): string {
  if (type === 'object') return 'an object'
  if (type === 'array') return children.length === 0 ? 'an empty list' : 'a list'
  if (type === 'number') return `the number ${value}`
  return `\`${JSON.stringify(value)}\``
}
