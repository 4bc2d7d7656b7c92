import type { NetworkGraph } from '../../model/graph'
import { product } from '../../model/shape'
import { showBytes, showCount, showCountOf, showShort } from '../../model/show'

/** Bytes of one number; summaries count 32-bit floats. */
const FLOAT = 4

/** The closing lines of a summary: label and text; of a network of which a part is unknown what it is at least. */
export function totalsOf(graph: NetworkGraph, errors: number): [label: string, text: string][] {
  const { bounds, inputs, layers } = graph
  const totals = graph.totals ?? bounds
  const least = graph.totals === undefined ? '≥ ' : ''
  const number = (value: number | undefined) => (value === undefined ? 'unknown' : least + showCount(value))
  const why = least === '' || errors === 0 ? '' : ` · ${showCountOf(errors, 'error')}`
  const memory = (numbers: number) => `${showBytes(FLOAT * numbers)} as 32-bit floats`
  let activations = 0
  for (const { outputs } of layers) {
    for (const { shape, items } of outputs) activations += product(shape) * items
  }
  let pixels = 0
  for (const { node } of inputs) pixels += node ? product(node.tensor.shape) : 0
  return [
    ['Parameters', number(totals?.params) + why],
    ...(totals?.fixed
      ? ([['Weights that are not trained', number(totals.fixed)]] as [string, string][])
      : []),
    ['MACs', totals ? `${number(totals.macs)} (${showShort(totals.macs)})` : 'unknown'],
    ['Weight layers', number(totals?.weightLayers)],
    ['Depth', number(totals?.depth)],
    ['Input', memory(pixels)],
    ['Activations', `${least}${memory(activations)}, all layers' outputs`],
    ['Weights', totals ? least + memory(totals.params + totals.fixed) : 'unknown'],
  ]
}
