import type { Range as LspRange } from 'vscode-languageserver-types'
import type { Range } from '../../../../grammar/tree'
import { toRange } from '../support/view'
import { nameAt, occurrencesOf } from './occurrences'
import type { Workspace } from './workspace'

/**
 * The places that change together while one of them is typed: the name of a comprehension and its readers. They
 * stand inside one pair of brackets and nothing else can see the name. All other names may be read far away, in
 * other files, or be meant to part from what they were: these are renamed.
 */
export function linkedEditing(
  workspace: Workspace,
  file: string,
  offset: number,
): { readonly ranges: LspRange[] } | undefined {
  const named = nameAt(workspace, file, offset)
  const [place, ...others] = named?.places ?? []
  if (place?.binding.kind !== 'item' || others.length > 0) return undefined
  const occurrences = occurrencesOf(workspace, [place])
  // A reader that may also see the name around the brackets ties the two together.
  if (occurrences.some(({ node }) => !isInside(node, place.binding.node))) return undefined
  return { ranges: occurrences.map(({ node }) => toRange(workspace.lines(file), node)) }
}

function isInside(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}
