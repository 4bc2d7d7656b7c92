import type { Block, Expression, Network } from '../../../../grammar/tree'
import { type Binding, referencesOf } from '../../check/references'
import { type BindingPlace, importedFrom, type Workspace } from './workspace'

/** Names that stand for one another may go in a circle. */
const MAX_STEPS = 20

/**
 * The blocks and networks that an expression may stand for, going by the text: through calls that only add
 * options, and names that are bound to a block. What is given for a parameter is known to the analysis alone.
 */
export function calledBy(
  workspace: Workspace,
  file: string,
  callee: Expression,
  steps = 0,
): readonly (BindingPlace & { readonly declaration: Block | Network })[] {
  const tree = workspace.files.get(file)
  if (tree === undefined || steps > MAX_STEPS) return []
  switch (callee.kind) {
    case 'call':
      return calledBy(workspace, file, callee.callee, steps + 1)
    case 'parenthesized':
      return calledBy(workspace, file, callee.value, steps + 1)
    case 'name': {
      const references = referencesOf(tree)
      const read = references.readAt(callee)
      const seen = read === undefined ? [] : references.seenBy(read)
      return seen.flatMap((binding) => standsFor(workspace, { file, binding }, steps + 1))
    }
    default:
      return []
  }
}

function standsFor(
  workspace: Workspace,
  { file, binding }: BindingPlace,
  steps: number,
): ReturnType<typeof calledBy> {
  const { node } = binding
  switch (node.kind) {
    case 'block':
    case 'network':
      return [{ file, binding, declaration: node }]
    case 'imported-name': {
      const place = importedFrom(workspace, file, node)
      return place === undefined ? [] : standsFor(workspace, place, steps + 1)
    }
    case 'assign':
      return node.names.length === 1 ? calledBy(workspace, file, node.value, steps) : []
    case 'constant':
      return calledBy(workspace, file, node.value, steps)
    case 'parameter':
      return node.default === undefined ? [] : calledBy(workspace, file, node.default, steps)
    default:
      return []
  }
}

/** The binding of the parameter of this name. */
export function parameterOf(
  { files }: Workspace,
  file: string,
  declaration: Block | Network,
  name: string,
): Binding | undefined {
  const tree = files.get(file)
  const bound = tree === undefined ? [] : referencesOf(tree).bound(declaration, name)
  return bound.find(({ kind }) => kind === 'parameter')
}
