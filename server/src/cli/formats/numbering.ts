import type { Identifier } from '../../../../grammar/tree'
import type { LayerNode, NetworkGraph } from '../../model/graph'
import { isTensor } from '../../model/value'

/**
 * The ids by which JSON and CSV name the inputs and layers of a network: inputs first, from 0, then the layers
 * in their order. Takes the id of a node in its graph.
 */
export function numbering({ inputs, layers }: NetworkGraph): (id: number) => number | null {
  const ids = new Map<number, number>()
  inputs.forEach(({ node }, i) => {
    if (node) ids.set(node.id, i)
  })
  layers.forEach(({ id }, i) => {
    ids.set(id, inputs.length + i)
  })
  return (id) => ids.get(id) ?? null
}

/** The first name that was bound to an output of each layer, in the order of execution. */
export function namesOfLayers({ bindings }: NetworkGraph): Map<LayerNode, Identifier> {
  const names = new Map<LayerNode, Identifier>()
  for (const { name, value } of bindings) {
    if (!isTensor(value) || value.tensor.source.kind !== 'layer') continue
    if (!names.has(value.tensor.source)) names.set(value.tensor.source, name)
  }
  return names
}

/** The names of the blocks and networks that were entered below the network to apply a layer. */
export function pathOf({ frame }: LayerNode): string[] {
  const path: string[] = []
  for (let at = frame; at.call !== undefined; at = at.call.frame) path.unshift(at.declaration.name.name)
  return path
}
