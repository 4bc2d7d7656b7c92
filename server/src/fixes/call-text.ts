/** Edits of the options in the text of a call: `conv(64, 3)` → `conv(64, 3, padding=1)`. */
import { callChain, innermostCallee } from '../../../grammar/calls'
import type { Argument, Call, Expression, Range } from '../../../grammar/tree'
import type { GivenOption, WrittenLayer } from '../model/graph'
import { applyEdits, type TextEdit } from '../model/problem'
import { givenOption } from '../model/written'

/** The name that is called. */
export function calleeName(site: Expression): string | undefined {
  const callee = innermostCallee(site)
  return callee.kind === 'name' ? callee.name : undefined
}

/** Gives an option a value: in the argument that gives it now, or as a named argument at the end where none does. */
export function setOption(
  site: Expression,
  argument: Argument | undefined,
  option: string,
  value: string,
): readonly TextEdit[] {
  if (argument) return [{ start: argument.value.start, end: argument.value.end, text: value }]
  const last = callChain(site).at(-1)
  if (last === undefined) return [{ start: site.end, end: site.end, text: `(${option}=${value})` }]
  const before = last.args.at(-1)
  if (before) return [{ start: before.end, end: before.end, text: `, ${option}=${value}` }]
  const inside = last.argsRange.start + 1
  return [{ start: inside, end: inside, text: `${option}=${value}` }]
}

/** The same in the text that stands for an applied layer. */
export function setWrittenOption(
  written: Pick<WrittenLayer, 'site' | 'options'>,
  option: string,
  value: string,
): readonly TextEdit[] {
  return setOption(written.site, ownArgument(written, option)?.argument, option, value)
}

/** What a text itself gives for an option; undefined where that is left out or given where its name was bound. */
export function ownArgument(
  { site, options }: Pick<WrittenLayer, 'site' | 'options'>,
  option: string,
): GivenOption | undefined {
  const given = givenOption({ options }, option)
  return given && callChain(site).includes(given.call) ? given : undefined
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
