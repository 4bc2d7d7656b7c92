/** What a call gives for an option, written as another call would write it. */
import type { Expression } from '../../../grammar/tree'
import { descendants } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import type { GivenOption } from '../model/graph'
import type { OptionTarget } from './targets'

/**
 * The value that one call gives for an option, as it would stand in another: `k // 2` beside `conv(w, k)` is
 * `size // 2` beside `conv(w, size)`. Undefined where it speaks of nothing but numbers, or of something that the
 * other call does not see.
 */
export function respelled(analysis: Analysis, from: OptionTarget, to: OptionTarget): string | undefined {
  const { given: value, written } = from
  const text = value && sourceOf(analysis, from.file, value)
  if (value === undefined || written === undefined || !text) return undefined
  const names = [...descendants(value)].filter((node) => node.kind === 'name')
  if (names.length === 0) return undefined
  let result = text
  for (const { name, start, end } of names.reverse()) {
    const option = written.options.find(
      (given) => given.option !== from.option && isName(given, name),
    )?.option
    const other =
      option === undefined ? visibleName(analysis, name, from, to) : optionText(analysis, to, option)
    if (other === undefined) return undefined
    const inner = names.length === 1 && value.kind === 'name' ? other : bracketed(other)
    result = result.slice(0, start - value.start) + inner + result.slice(end - value.start)
  }
  return hasName(result) ? result : undefined
}

/** The text that a call gives for one of its options. */
export function optionText(
  analysis: Analysis,
  { written, file }: OptionTarget,
  option: string,
): string | undefined {
  const given = written?.options.find((each) => each.option === option)
  return given && sourceOf(analysis, file, given.argument.value)
}

/** Whether some word of a text is more than a number or a size. */
export function hasName(text: string): boolean {
  return /(?<!\w)[\p{L}_]/u.test(text)
}

/** The text in parentheses where another operator beside it would read it otherwise. */
export function bracketed(text: string): string {
  return /^[\w.]+$/.test(text) ? text : `(${text})`
}

function isName({ argument: { value } }: GivenOption, name: string): boolean {
  return value.kind === 'name' && value.name === name
}

/** A name that means the same in both places. */
function visibleName(
  analysis: Analysis,
  name: string,
  from: OptionTarget,
  to: OptionTarget,
): string | undefined {
  if (from.file !== to.file) return undefined
  const items = analysis.files.get(from.file)?.items ?? []
  const isConstant = items.some((item) => item.kind === 'constant' && item.name.name === name)
  return isConstant || from.inside === to.inside ? name : undefined
}

/** The text of an expression as it stands. */
export function sourceOf(analysis: Analysis, file: string, { start, end }: Expression): string {
  return analysis.files.get(file)?.text.slice(start, end) ?? ''
}
