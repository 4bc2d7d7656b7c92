import { findLayer, foreignLayer, LAYERS } from '../../layers'
import { command, UsageError } from '../command'
import { layerJson, layersJson } from '../formats/layers-json'
import { layersText, layerText } from '../formats/layers-text'
import { didYouMean } from '../suggest'

export const layers = command({
  name: 'layers',
  summary: 'List the layers of the language, or explain one',
  arguments: { usage: '[NAME]', min: 0, max: 1 },
  details: [
    'Without a name, lists the catalogue by category. With the name of a layer (or one that PyTorch, Keras or Caffe have for it), prints its options, its output, its constraints and an example.',
  ],
  examples: ['layers', 'layers conv', 'layers --format json'],
  options: {
    format: { kind: 'choice', choices: ['text', 'json'], help: 'For people or for programs' },
  },
  run({ args: [name], options: { format } }, { out }) {
    if (name === undefined) {
      out.write(format === 'json' ? layersJson(LAYERS) : layersText(LAYERS, out))
      return 0
    }
    const layer = findLayer(name) ?? foreignLayer(name)
    if (layer === undefined) throw unknownLayer(name)
    out.write(format === 'json' ? layerJson(layer) : layerText(layer, out))
    return 0
  },
})

function unknownLayer(name: string): UsageError {
  const names = LAYERS.flatMap((layer) => [layer.name, ...layer.aliases])
  const hint = didYouMean(name, names) || "; 'cnnlint layers' lists them all"
  return new UsageError(`no layer is named '${name}'${hint}`)
}
