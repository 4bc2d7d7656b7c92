import type { Range as LspRange, TextEdit as LspTextEdit } from 'vscode-languageserver-types'
import { type Identifier, type Name, type SyntaxNode, TYPE_NAMES } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import { referencesOf } from '../../check/references'
import { findLayer } from '../../layers'
import { toRange } from '../support/view'
import { clash, faultOfName } from './new-name'
import { type NameAt, nameAt, occurrencesOf } from './occurrences'
import { faultOfRename } from './proof'
import type { Workspace } from './workspace'

/** Why something is not renamed, as a sentence for the user. */
export interface Refusal {
  readonly refused: string
}

export function isRefusal(answer: object | undefined): answer is Refusal {
  return answer !== undefined && 'refused' in answer
}

/** The name at an offset that can be renamed; undefined where there is no name at all. */
export function prepareRename(
  workspace: Workspace,
  file: string,
  offset: number,
): { readonly range: LspRange; readonly placeholder: string } | Refusal | undefined {
  const named = nameAt(workspace, file, offset)
  if (named === undefined) return whyNot(workspace, file, offset)
  const refused = notDeclared(named)
  if (refused !== undefined) return { refused }
  return { range: toRange(workspace.lines(file), named.node), placeholder: named.node.name }
}

/** The edits of all files that give what is named at an offset another name, by file. */
export function rename(
  workspace: Workspace,
  file: string,
  offset: number,
  newName: string,
): { readonly changes: Record<string, LspTextEdit[]> } | Refusal | undefined {
  const named = nameAt(workspace, file, offset)
  if (named === undefined) return whyNot(workspace, file, offset)
  const { name } = named.node
  if (newName === name) return { changes: {} }
  const refused = notDeclared(named) ?? faultOfName(newName)
  if (refused !== undefined) return { refused }
  const occurrences = occurrencesOf(workspace, named.places)
  const met = clash(workspace, occurrences, newName) ?? faultOfRename(workspace, occurrences, newName)
  if (met !== undefined) return { refused: met }
  const changes: Record<string, LspTextEdit[]> = {}
  for (const each of occurrences) {
    const edits = changes[each.file] ?? []
    changes[each.file] = edits
    edits.push({ range: toRange(workspace.lines(each.file), each.node), newText: newName })
  }
  return { changes }
}

/** A name whose declaration is not there would be renamed here alone. */
function notDeclared({ places }: NameAt): string | undefined {
  const lost = places.find(
    ({ binding: { node } }) => node.kind === 'imported-name' && node.alias === undefined,
  )
  if (lost === undefined) return undefined
  return `\`${lost.binding.name}\` is imported, and its declaration was not found: it would be renamed in this file alone.`
}

/** Why the name at an offset, which nothing in a text gives a value, cannot be renamed. */
function whyNot({ files }: Workspace, file: string, offset: number): Refusal | undefined {
  const tree = files.get(file)
  if (tree === undefined) return undefined
  const path = nodesAt(tree, offset)
  const node = path.at(-1)
  if ((node?.kind !== 'name' && node?.kind !== 'identifier') || node.name === '') return undefined
  const meaning = referencesOf(tree).readAt(node)?.meaning
  const what = meaning === undefined ? roleOf(path, node) : WHAT[meaning]
  return what === undefined ? undefined : { refused: `\`${node.name}\` ${what}.` }
}

const WHAT: Readonly<Record<string, string>> = {
  layer: 'is a built-in layer and cannot be renamed',
  function: 'is a built-in function and cannot be renamed',
  word: 'is a word of the option that it is given to and cannot be renamed',
  total: 'is a total of the network and cannot be renamed',
  unknown: 'is bound nowhere that reaches this place, so there is nothing to rename',
}

function roleOf(path: readonly SyntaxNode[], node: Identifier | Name): string | undefined {
  const parent = path.at(-2)
  switch (parent?.kind) {
    case 'attribute':
      return 'is an attribute and cannot be renamed'
    case 'argument':
      return 'names an option that no block here declares, and cannot be renamed'
    case 'imported-name':
      return 'was not found in the file that it is imported from'
    case 'parameter':
      return (TYPE_NAMES as readonly string[]).includes(node.name)
        ? 'is a type and cannot be renamed'
        : undefined
    default:
      return findLayer(node.name) && 'is a built-in layer and cannot be renamed'
  }
}
