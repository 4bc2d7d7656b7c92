import type { NetworkGraph } from '../../model/graph'
import { product } from '../../model/shape'
import { showBytes, showCount, showShort } from '../../model/show'

/** Bytes of one number; summaries count 32-bit floats. */
const FLOAT = 4

/** The closing lines of a summary: label and text; what is unknown is said to be so. */
export function totalsOf(graph: NetworkGraph): [label: string, text: string][] {
  const { totals, inputs, layers } = graph
  const number = (value: number | undefined) => (value === undefined ? 'unknown' : showCount(value))
  const memory = (numbers: number) => `${showBytes(FLOAT * numbers)} as 32-bit floats`
  let activations = 0
  for (const { outputs } of layers) {
    for (const { shape, items } of outputs) activations += product(shape) * items
  }
  let pixels = 0
  for (const { node } of inputs) pixels += node ? product(node.tensor.shape) : 0
  return [
    ['Parameters', number(totals?.params)],
    ...(totals?.fixed
      ? ([['Weights that are not trained', showCount(totals.fixed)]] as [string, string][])
      : []),
    ['MACs', totals ? `${showCount(totals.macs)} (${showShort(totals.macs)})` : 'unknown'],
    ['Weight layers', number(totals?.weightLayers)],
    ['Depth', number(totals?.depth)],
    ['Input', memory(pixels)],
    ['Activations', `${memory(activations)}, all layers' outputs`],
    ['Weights', totals ? memory(totals.params + totals.fixed) : 'unknown'],
  ]
}
