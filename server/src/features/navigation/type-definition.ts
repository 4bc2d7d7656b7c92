import type { LocationLink } from 'vscode-languageserver-types'
import type { Range } from '../../../../grammar/tree'
import { givenTo, tensorsOf, valuesOf } from '../../check/semantics/runs'
import type { Tensor } from '../../model/graph'
import { toRange, type View } from '../support/view'
import { nameAt } from './occurrences'
import type { BindingPlace, Workspace } from './workspace'

/**
 * What made the tensor, or the tensors, that a name at an offset stands for: the layers whose outputs they are, in
 * whatever block these stand, or the network's inputs. A name that runs differ on leads to all of them.
 */
export function typeDefinition(view: View, workspace: Workspace, offset: number): LocationLink[] {
  const { uri } = view.analysis
  const named = nameAt(workspace, uri, offset)
  if (named === undefined) return []
  const found = new Map<Range, LocationLink>()
  for (const tensor of named.places.flatMap((place) => tensorsAt(view, place))) {
    const { source } = tensor
    const range = source.kind === 'input' ? source.name : source.site
    const target = toRange(view.lines(source.file), range)
    found.set(range, {
      originSelectionRange: toRange(view.lines(uri), named.node),
      targetUri: source.file,
      targetRange: target,
      targetSelectionRange: target,
    })
  }
  return [...found.values()]
}

/** The tensors that a place bound, in all runs that are known. */
export function tensorsAt(view: View, { binding }: BindingPlace): readonly Tensor[] {
  const { kind, name, identifier, scope } = binding
  const values =
    kind === 'parameter' && (scope.kind === 'block' || scope.kind === 'network')
      ? givenTo(view, scope, name)
      : valuesOf(view, identifier)
  return tensorsOf(values.map(({ value }) => value)).map(({ tensor }) => tensor)
}
