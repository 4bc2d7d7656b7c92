import type { LocationLink } from 'vscode-languageserver-types'
import type { Range } from '../../../../grammar/tree'
import { nodesAt } from '../../../../grammar/walk'
import { toRange } from '../support/view'
import { nameAt } from './occurrences'
import { type BindingPlace, behindAlias, type Workspace } from './workspace'

/**
 * Where the name at an offset gets its value: of a tensor the assignments that reach the reader, of what is
 * imported its declaration, of an argument's name the parameter. A path in an import leads to its file.
 */
export function definition(workspace: Workspace, file: string, offset: number): LocationLink[] {
  const tree = workspace.files.get(file)
  if (tree === undefined) return []
  const named = nameAt(workspace, file, offset)
  if (named !== undefined) {
    const places = named.places.map((place) => behindAlias(workspace, place))
    return places.map((place) => linkTo(workspace, file, named.node, place))
  }
  const path = nodesAt(tree, offset)
  const [parent, node] = path.slice(-2)
  if (node?.kind !== 'string' || parent?.kind !== 'import') return []
  const target = workspace.resolve(file, node.value)
  if (!workspace.files.has(target)) return []
  const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }
  return [
    {
      originSelectionRange: toRange(workspace.lines(file), node),
      targetUri: target,
      targetRange: start,
      targetSelectionRange: start,
    },
  ]
}

function linkTo(workspace: Workspace, file: string, origin: Range, { file: target, binding }: BindingPlace) {
  const lines = workspace.lines(target)
  return {
    originSelectionRange: toRange(workspace.lines(file), origin),
    targetUri: target,
    targetRange: toRange(lines, binding.node),
    targetSelectionRange: toRange(lines, binding.identifier),
  }
}
