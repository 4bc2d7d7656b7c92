/** Texts with what other languages write otherwise in them, as they stand here. */
import type { Expression, SyntaxNode } from '../../../../grammar/tree'
import { eachChild } from '../../../../grammar/walk'
import type { Literal, WrittenValue } from '../../model/foreign'

/**
 * Writes the parts of an expression that mean another layer; undefined for all others. What is not bare stands among
 * operators, where a flow needs parentheses.
 */
export type WritePart = (node: Expression, isBare: boolean) => string | undefined

/** What a flow may stand in without parentheses. */
const HOLDS_FLOWS: ReadonlySet<SyntaxNode['kind']> = new Set([
  ...(['argument', 'parenthesized', 'stage', 'list'] as const),
])

/** The text of an expression as it stands here. */
export function ownText(node: SyntaxNode, source: string, write: WritePart, isBare: boolean): string {
  const own = isExpression(node) ? write(node, isBare) : undefined
  if (own !== undefined) return own
  switch (node.kind) {
    case 'string':
      return JSON.stringify(node.value)
    case 'boolean':
      return String(node.value)
    case 'none':
      return 'none'
    case 'list':
      return `[${node.items.map((item) => ownText(item, source, write, true)).join(', ')}]`
    default:
      return withChildren(node, source, write)
  }
}

function withChildren(node: SyntaxNode, source: string, write: WritePart): string {
  let text = ''
  let at = node.start
  eachChild(node, (child) => {
    text += source.slice(at, child.start) + ownText(child, source, write, HOLDS_FLOWS.has(node.kind))
    at = child.end
  })
  return text + source.slice(at, node.end)
}

function isExpression(node: SyntaxNode): node is Expression {
  return node.kind === 'call' || node.kind === 'name' || node.kind === 'attribute'
}

/** A value as a text gives it, with what it comes to where it is written out. */
export function writtenValue(node: Expression, source: string, write: WritePart): WrittenValue {
  const text = ownText(node, source, write, true)
  const items =
    node.kind === 'list' ? node.items.map((item) => writtenValue(item, source, write)) : sizeItems(node)
  const value = literal(node)
  return { text, ...(items && { items }), ...(value === undefined ? {} : { value }) }
}

function sizeItems(node: Expression): readonly WrittenValue[] | undefined {
  return node.kind === 'size' ? node.values.map((value) => ({ text: String(value), value })) : undefined
}

function literal(node: Expression): Literal | undefined {
  switch (node.kind) {
    case 'number':
      return Number.isNaN(node.value) ? undefined : node.value
    case 'size':
      return node.values
    case 'string':
    case 'boolean':
      return node.value
    case 'none':
      return null
    case 'parenthesized':
      return literal(node.value)
    case 'unary': {
      const operand = node.operator === '-' ? literal(node.operand) : undefined
      return typeof operand === 'number' ? -operand : undefined
    }
    case 'list': {
      const items = node.items.map(literal)
      return items.every((item) => item !== undefined) ? items : undefined
    }
    default:
      return undefined
  }
}
