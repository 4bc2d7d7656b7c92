/** Edits of the arguments in the text of a call. */
import type { Argument, Call, Expression, Range } from '../../../../grammar/tree'
import type { Value } from '../../model/graph'
import { applyEdits, type TextEdit } from '../../model/problem'
import { isList } from '../../model/value'

/** A part of a text with edits inside of it applied. */
export function changedText(text: string, { start, end }: Range, edits: readonly TextEdit[]): string {
  // Cut off at the end of the part, the offsets of the edits are those of the text.
  return applyEdits(text.slice(0, end), edits).slice(start)
}

/** Takes an argument out of its call, with the comma that joined it. */
export function removeArgument(call: Call, arg: Argument): readonly TextEdit[] {
  const i = call.args.indexOf(arg)
  const before = call.args[i - 1]
  if (before) return [{ start: before.end, end: arg.end, text: '' }]
  const after = call.args[i + 1]
  if (after) return [{ start: arg.start, end: after.start, text: '' }]
  return [
    { start: call.argsRange.start, end: call.argsRange.end, text: call.callee.kind === 'name' ? '' : '()' },
  ]
}

/** Gives an argument a name, another one if it has one. */
export function nameArgument({ start, name }: Argument, option: string): TextEdit {
  return name ? { start: name.start, end: name.end, text: option } : { start, end: start, text: `${option}=` }
}

/**
 * The edits after which an argument counts axes without the batch; `value` is what it comes to then. Numbers are
 * written anew, and from what stands for one 1 is subtracted; undefined where neither can be done.
 */
export function withoutBatchEdits({ value: node }: Argument, value: Value): readonly TextEdit[] | undefined {
  if (typeof value === 'number' && value < 0) return []
  if (isLiteral(node)) return [{ start: node.start, end: node.end, text: numbersText(value) }]
  return isList(value) || !STANDS_ALONE.has(node.kind)
    ? undefined
    : [{ start: node.end, end: node.end, text: ' - 1' }]
}

/** Expressions behind which a minus takes the whole. */
const STANDS_ALONE: ReadonlySet<Expression['kind']> = new Set(['name', 'attribute', 'call', 'index'])

/** Numbers, or lists of them, as the language writes them. */
export function numbersText(value: Value): string {
  return isList(value) ? `[${value.map(numbersText).join(', ')}]` : String(value)
}

/** Whether a value is written out in numbers, strings and truth values: it is the same wherever the text is run. */
export function isLiteral(value: Expression): boolean {
  switch (value.kind) {
    case 'number':
    case 'size':
    case 'string':
    case 'boolean':
    case 'none':
      return true
    case 'list':
      return value.items.every(isLiteral)
    case 'parenthesized':
      return isLiteral(value.value)
    case 'unary':
      return isLiteral(value.operand)
    default:
      return false
  }
}
