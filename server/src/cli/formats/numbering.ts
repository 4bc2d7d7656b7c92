import type { Identifier } from '../../../../grammar/tree'
import { inOrder, sourceId } from '../../model/applications'
import type { LayerNode, NetworkGraph } from '../../model/graph'
import { isTensor, outlineOf } from '../../model/value'

/**
 * The ids by which JSON and CSV name the inputs and layers of a network: inputs first, from 0, then the layers
 * in their order. Takes the id of a node in its graph.
 */
export function numbering({ inputs, layers, uncertain }: NetworkGraph): (id: number) => number | null {
  const ids = new Map<number, number>()
  inputs.forEach(({ node }, i) => {
    if (node) ids.set(node.id, i)
  })
  inOrder(layers, uncertain).forEach(({ id }, i) => {
    ids.set(id, inputs.length + i)
  })
  return (id) => ids.get(id) ?? null
}

/** The first name that was bound to an output of each layer (and each input), by its id. */
export function namesOfLayers({ bindings }: NetworkGraph): Map<number, Identifier> {
  const names = new Map<number, Identifier>()
  for (const { name, value } of bindings) {
    const made = isTensor(value) ? value.tensor : outlineOf(value)
    const id = made && sourceId(made)
    if (id !== undefined && !names.has(id)) names.set(id, name)
  }
  return names
}

/** The names of the blocks and networks that were entered below the network to apply a layer. */
export function pathOf({ frame }: Pick<LayerNode, 'frame'>): string[] {
  const path: string[] = []
  for (let at = frame; at.call !== undefined; at = at.call.frame) path.unshift(at.declaration.name.name)
  return path
}
