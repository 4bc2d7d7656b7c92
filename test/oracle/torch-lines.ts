/** Prints what torch-lines.py is to run: the line that each layer's page gives for PyTorch, and its example's tensors. */
import { analyze } from '../../server/src/check/analyze'
import { memoryHost } from '../../server/src/check/host'
import { LAYERS } from '../../server/src/layers'
import type { LayerNode } from '../../server/src/model/graph'
import type { AnyLayer } from '../../server/src/model/layer'

for (const layer of LAYERS) {
  if (layer.inPyTorch === null) continue
  const analysis = analyze('page.cnn', memoryHost({ 'page.cnn': layer.example }))
  const node = analysis.networks[0]?.layers.find((each) => each.layer === layer)
  if (node === undefined) throw new Error(`the example of ${layer.name} does not use it`)
  const { name, inPyTorch: line } = layer
  console.log(JSON.stringify({ layer: name, line, tensors: namedTensors(layer, node) }))
}

/** The shapes of the tensors by the layer's names for them; a list for those that take several. */
function namedTensors({ tensors }: AnyLayer, { inputs }: LayerNode) {
  const shapes = inputs.map(({ shape }) => shape)
  return Object.fromEntries(tensors.map(({ name, rest }, i) => [name, rest ? shapes.slice(i) : shapes[i]]))
}
