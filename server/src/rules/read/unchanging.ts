/** Layers that give their input back as it is, by their options or by the shape that comes in. */

import type { Analysis } from '../../check/analysis'
import { isLiteral } from '../../check/binding/call-edits'
import { operationOf } from '../../fixes/flow-text'
import { isIdentity } from '../../layers/traits'
import type { LayerNode } from '../../model/graph'
import { givenOption } from '../../model/written'
import { isSinglePosition } from './single-position'

/** Why an application gives its input back as it is; undefined where it does not, or where it may elsewhere. */
export function whyUnchanged(analysis: Analysis, node: LayerNode, adapting = false): string | undefined {
  const { identity, pools } = node.layer.traits
  if (identity === undefined || (identity.by === 'adapts' && !adapting) || !isIdentity(node)) return undefined
  // For this tensor alone: layers in an imported file meet others.
  if ((identity.by === 'shape' || identity.by === 'adapts') && node.file !== analysis.uri) return undefined
  if (identity.by === 'number' && !isListOfOne(node)) return undefined
  // Pooling of a single position is a finding of its own.
  if (identity.by === 'adapts' && pools && isSinglePosition(node.inputs[0])) return undefined
  // As a value (`act: layer = identity`) it says that nothing is to be done, which is what it is for.
  if (identity.by === 'always' && node.applied !== node.site) return undefined
  const operation = operationOf(node)
  if (operation && !isLiteral(operation.number)) return undefined
  // Only options that are written as numbers are meant for every call: what a parameter brings is another elsewhere.
  const isWritten = (identity.options ?? []).every((option) => {
    const given = givenOption(node.written, option)
    return given === undefined || isLiteral(given.argument.value)
  })
  return isWritten ? identity.why : undefined
}

/** Whether the tensor is written as a list of one: a list that a name or a loop brings is longer elsewhere. */
function isListOfOne({ givenTensors: [only] }: LayerNode): boolean {
  const text = only?.kind === 'argument' ? only.argument.value : only?.before
  return text?.kind === 'list' && text.items.length === 1
}
