/** Names that a refactoring makes up. */
import { tokenize } from '../../../../../grammar/tokenize'
import type { Expression, Range, SourceFile } from '../../../../../grammar/tree'
import { isFunctionName } from '../../../check/language/functions'
import { calleeName } from '../../../fixes/call-text'
import { findLayer } from '../../../layers'

/** The names that stand anywhere in a part of a text, whatever they are there. */
export function namesIn({ text }: SourceFile, { start, end }: Range): ReadonlySet<string> {
  const tokens = tokenize(text.slice(start, end))
  return new Set(tokens.filter(({ kind }) => kind === 'name').map((token) => token.text))
}

/** The name itself where it means nothing yet, or else with the first number that makes it new: `unit2`. */
export function freshName(base: string, taken: ReadonlySet<string>): string {
  if (isFree(base, taken)) return base
  return numberedName(base, taken, 2)
}

/** The name with the first number that makes it new: `conv1`. */
export function numberedName(base: string, taken: ReadonlySet<string>, first = 1): string {
  for (let i = first; ; i++) if (isFree(`${base}${i}`, taken)) return `${base}${i}`
}

function isFree(name: string, taken: ReadonlySet<string>): boolean {
  return !taken.has(name) && findLayer(name) === undefined && !isFunctionName(name)
}

/** What a layer is called, without its repetition and its options; undefined for a composition. */
export function layerName(node: Expression): string | undefined {
  if (node.kind === 'parenthesized') return layerName(node.value)
  if (node.kind === 'binary') return layerName(node.right)
  return calleeName(node)
}
