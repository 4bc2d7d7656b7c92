import { type AnyLayer, LAYER_CATEGORIES, type OptionSpec } from '../../model/layer'
import { showOptionType, showPlaces, showSignature } from '../../model/show-layer'
import type { Output } from '../terminal'
import { displayWidth, pad, truncate, wrap } from '../width'
import { indented, section, textWidth } from './pages'

/** The catalogue by category, one line per layer. */
export function layersText(layers: readonly AnyLayer[], { paint, columns }: Output): string {
  const terms = layers.map(({ name, aliases }) => [name, ...aliases].join(', '))
  const width = Math.max(...terms.map(displayWidth))
  const line = (layer: AnyLayer) => {
    const names = [layer.name, ...layer.aliases].join(', ')
    const text = `  ${pad(names, width)}  ${layer.summary}`
    return columns === undefined ? text : truncate(text, columns)
  }
  return LAYER_CATEGORIES.map((category) => {
    const members = layers.filter((layer) => layer.category === category)
    return members.length === 0 ? '' : `${[paint('bold', category), ...members.map(line)].join('\n')}\n`
  })
    .filter(Boolean)
    .join('\n')
}

/** All that is known of one layer, laid out for reading. */
export function layerText(layer: AnyLayer, output: Output): string {
  const { paint } = output
  const width = textWidth(output)
  const { tensors, constraints, details, use, inPyTorch, source, example } = layer
  const options = Object.entries(layer.options)
  const places = showPlaces(layer)
  const titled = (title: string, lines: readonly string[]) => section(title, lines, paint)
  const aliases = layer.aliases.length === 0 ? '' : ` (also ${layer.aliases.join(', ')})`
  return [
    `${paint('bold', showSignature(layer))}${aliases}`,
    paint('dim', layer.category),
    '',
    ...wrap(layer.summary, width),
    ...(details === undefined ? [] : ['', ...wrap(details, width)]),
    '',
    ...titled(
      'When to use it',
      wrap(use, width - 2).map((text) => `  ${text}`),
    ),
    ...titled(
      'Tensors',
      tensors.flatMap(({ name, optional, rest, documentation }) => {
        const note = rest ? ' (any number)' : optional ? ' (may be left out)' : ''
        return entry(`${name}${note}`, [documentation], width)
      }),
    ),
    ...titled('Options', [
      ...options.flatMap(([name, spec]) => entry(name, [valuesOf(spec), spec.documentation], width)),
      ...(places === undefined ? [] : wrap(places, width - 2).map((text) => `  ${text}`)),
    ]),
    ...titled('Output', [`  ${layer.output}`]),
    ...titled(
      'Constraints',
      constraints.flatMap(({ text, code }, i) => entry(`C${i + 1}`, [text, paint('dim', code)], width)),
    ),
    ...titled('Source', source === undefined ? [] : wrap(source, width - 2).map((text) => `  ${text}`)),
    ...titled('Example', indented(example)),
    ...titled('In PyTorch', [`  ${inPyTorch ?? 'no counterpart'}`]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

function valuesOf(spec: OptionSpec): string {
  const type = showOptionType(spec.type)
  if (spec.default !== undefined) return `${type}; ${spec.default} when left out`
  return spec.optional ? `${type}; may be left out` : `${type}; required`
}

/** A term with its texts below each other beside it. */
function entry(term: string, texts: readonly string[], width: number): string[] {
  const indent = Math.max(16, displayWidth(term) + 4)
  const lines = texts.flatMap((text) => wrap(text, Math.max(30, width - indent)))
  return lines.map((line, i) => (i === 0 ? pad(`  ${term}`, indent) : ' '.repeat(indent)) + line)
}
