import { describeCode } from '../../config/codes'
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
  examples: ['layers', 'layers conv', 'layers nn.Conv2d', 'layers --format json'],
  options: {
    format: { kind: 'choice', choices: ['text', 'json'], help: 'For people or for programs' },
  },
  run({ args: [name], options: { format } }, { out }) {
    if (name === undefined) {
      out.write(format === 'json' ? layersJson(LAYERS) : layersText(LAYERS, out))
      return 0
    }
    const layer = findLayer(name) ?? foreignLayer(bareName(name))
    if (layer === undefined) throw unknownLayer(name)
    out.write(format === 'json' ? layerJson(layer) : layerText(layer, out))
    return 0
  },
})

/** The name of a layer in a text as programs write it: `Conv2d` of `torch.nn.Conv2d(3, 64, 3)`. */
function bareName(text: string): string {
  const [path = ''] = text.split('(')
  return path.trim().split('.').at(-1) ?? ''
}

function unknownLayer(name: string): UsageError {
  if (describeCode(name) !== undefined) {
    return new UsageError(`'${name}' is no layer but a code: cnnlint rules ${name}`)
  }
  const own = LAYERS.flatMap((layer) => [layer.name, ...layer.aliases])
  const foreign = LAYERS.flatMap((layer) => layer.foreign.map((each) => each.name))
  const near = didYouMean(name, own) || didYouMean(bareName(name), foreign)
  const hint = near || "; 'cnnlint layers' lists them all"
  return new UsageError(`no layer is named '${name}'${hint}`)
}
