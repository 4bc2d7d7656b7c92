/** Edits of the options in the text of a call: `conv(64, 3)` → `conv(64, 3, padding=1)`. */
import type { Argument, Call, Expression, Range } from '../../../grammar/tree'
import { applyEdits, type TextEdit } from '../model/problem'

/** What a call can be given, in the order in which arguments without a name fill it. */
export interface Signature {
  readonly options: readonly string[]
  /** The names of the tensors. */
  readonly tensors: readonly string[]
  /** How many of them are written in the call; the others are piped in. */
  readonly written: number
}

/** The calls of `unit(width)(stride=2)`, the innermost first; none for a bare name. */
export function callChain(site: Expression): readonly Call[] {
  const calls: Call[] = []
  for (let at = site; at.kind === 'call'; at = at.callee) calls.unshift(at)
  return calls
}

/** The name that is called. */
export function calleeName(site: Expression): string | undefined {
  const callee = callChain(site)[0]?.callee ?? site
  return callee.kind === 'name' ? callee.name : undefined
}

/** The argument that gives an option, by name or by place. */
export function argumentFor(site: Expression, signature: Signature, option: string): Argument | undefined {
  const args = callChain(site).flatMap((call) => call.args)
  const named = args.find((arg) => arg.name?.name === option)
  if (named) return named
  const byPlace = args.filter((arg) => arg.name === undefined)
  // What is written first is a tensor, unless it is a number.
  const tensors = isNumeric(byPlace[0]) ? 0 : signature.written
  return byPlace[tensors + signature.options.indexOf(option)]
}

function isNumeric(arg: Argument | undefined): boolean {
  return arg !== undefined && (arg.value.kind === 'number' || arg.value.kind === 'size')
}

/** Gives an option a value: in place where it is written, as a named argument at the end otherwise. */
export function setOption(
  site: Expression,
  signature: Signature,
  option: string,
  value: string,
): readonly TextEdit[] {
  const arg = argumentFor(site, signature, option)
  if (arg) return [{ start: arg.value.start, end: arg.value.end, text: value }]
  const last = callChain(site).at(-1)
  if (last === undefined) return [{ start: site.end, end: site.end, text: `(${option}=${value})` }]
  const before = last.args.at(-1)
  if (before) return [{ start: before.end, end: before.end, text: `, ${option}=${value}` }]
  const inside = last.argsRange.start + 1
  return [{ start: inside, end: inside, text: `${option}=${value}` }]
}

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
