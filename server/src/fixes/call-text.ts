/** Edits of the options in the text of a call: `conv(64, 3)` → `conv(64, 3, padding=1)`. */
import { callChain, innermostCallee } from '../../../grammar/calls'
import type { Argument, Expression } from '../../../grammar/tree'
import type { GivenOption, WrittenLayer } from '../model/graph'
import type { TextEdit } from '../model/problem'
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
