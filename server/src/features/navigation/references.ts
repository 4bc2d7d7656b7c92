import type { Location } from 'vscode-languageserver-types'
import { toRange } from '../support/view'
import { nameAt, occurrencesOf } from './occurrences'
import type { Workspace } from './workspace'

/**
 * All places of all files where what is named at an offset is named. Imports of a declaration are uses of it;
 * `includeDeclaration` adds the places that give the name its value.
 */
export function references(
  workspace: Workspace,
  file: string,
  offset: number,
  { includeDeclaration }: { readonly includeDeclaration: boolean },
): Location[] {
  const named = nameAt(workspace, file, offset)
  if (named === undefined) return []
  return occurrencesOf(workspace, named.places)
    .filter(({ role }) => includeDeclaration || role !== 'binds')
    .map((each) => ({ uri: each.file, range: toRange(workspace.lines(each.file), each.node) }))
}
