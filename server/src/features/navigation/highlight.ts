import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver-types'
import { toRange } from '../support/view'
import { nameAt, occurrencesOf, type Role } from './occurrences'
import type { Workspace } from './workspace'

const KINDS: Readonly<Record<Role, DocumentHighlightKind>> = {
  binds: DocumentHighlightKind.Write,
  gives: DocumentHighlightKind.Write,
  imports: DocumentHighlightKind.Write,
  reads: DocumentHighlightKind.Read,
}

/**
 * The places in this file that write or read what is named at an offset. A name that is bound again is another
 * tensor: its places are no part of it, unless a reader may see either.
 */
export function documentHighlight(workspace: Workspace, file: string, offset: number): DocumentHighlight[] {
  const named = nameAt(workspace, file, offset)
  if (named === undefined) return []
  const lines = workspace.lines(file)
  return occurrencesOf(workspace, named.places)
    .filter((each) => each.file === file)
    .map(({ node, role }) => ({ range: toRange(lines, node), kind: KINDS[role] }))
}
