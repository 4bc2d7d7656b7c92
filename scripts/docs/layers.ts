/** The reference of the layers: a page each, and the catalogue. */
import { posix } from 'node:path'
import { LAYERS } from '../../server/src/layers'
import { pagePath } from '../../server/src/lint/codes'
import { type AnyLayer, LAYER_CATEGORIES, type OptionSpec } from '../../server/src/model/layer'
import { showOptionType, showPlaces, showSignature } from '../../server/src/model/show-layer'
import { showTraits } from '../../server/src/model/show-traits'
import { code, fenced, page, section, sentence, table } from './markdown'

const FOLDER = 'docs/layers'

/** Paths from the project's root, and texts. */
export function layerPages(): readonly (readonly [path: string, text: string])[] {
  return [
    [`${FOLDER}/README.md`, catalogue()],
    ...LAYERS.map((layer) => [`${FOLDER}/${layer.name}.md`, layerPage(layer)] as const),
  ]
}

function layerPage(layer: AnyLayer): string {
  const { name, aliases, foreign, category, summary, details = '', source, example } = layer
  const also = aliases.length === 0 ? '' : `Also called ${aliases.map(code).join(', ')}.`
  const elsewhere = foreign.length === 0 ? '' : `In other frameworks: ${foreignNames(foreign)}.`
  return page(
    name,
    summary,
    details,
    fenced(showSignature(layer)),
    [`*${category}.*`, also, elsewhere].filter(Boolean).join(' '),
    section('Tensors', tensorTable(layer)),
    section('Options', [optionTable(layer), showPlaces(layer)].filter(Boolean).join('\n\n')),
    section('Result', resultList(layer)),
    section(
      'What it is like',
      showTraits(layer.traits)
        .map((words) => `- ${words}`)
        .join('\n'),
    ),
    section('Constraints', constraintList(layer)),
    section('Example', fenced(example)),
    section('Source', source === undefined ? '' : sentence(source)),
    '[All layers](README.md)',
  )
}

function resultList({ output, parameters = 'none', macs = 'none', sees }: AnyLayer): string {
  return [
    `- Output: ${output}`,
    `- Parameters: ${parameters}`,
    `- MACs: ${macs}`,
    `- Receptive field: an output sees ${sees ?? 'the value at its own place'}`,
  ].join('\n')
}

function tensorTable({ tensors }: AnyLayer): string {
  return table(
    ['tensor', ''],
    tensors.map(({ name, documentation, optional, rest }) => {
      const note = optional ? ' (may be left out)' : rest ? ` (${rest.min} or more, or a list)` : ''
      return [code(name), `${documentation}${note}`]
    }),
  )
}

function optionTable({ options }: AnyLayer): string {
  return table(
    ['option', 'default', 'takes', '', 'elsewhere called'],
    Object.entries(options).map(([name, spec]) => [
      code(name),
      defaultOf(spec),
      showOptionType(spec.type),
      spec.documentation,
      spec.foreign.map(foreignOption).join(', '),
    ]),
  )
}

/** Each name once, with what it stands for or does otherwise. */
function foreignNames(foreign: AnyLayer['foreign']): string {
  const notes = new Map<string, Set<string>>()
  for (const { name, gives = {}, then, remark } of foreign) {
    const known = notes.get(name) ?? new Set()
    notes.set(name, known)
    const given = Object.entries(gives).flatMap(([option, text]) =>
      typeof text === 'string' ? [`\`${option}=${text}\``] : [],
    )
    if (given.length > 0) known.add(given.join(', '))
    if (then !== undefined) known.add(`then \`${then}\``)
    if (remark !== undefined) known.add(remark)
  }
  const texts = [...notes].map(([name, found]) =>
    found.size === 0 ? code(name) : `${code(name)} (${[...found].join('; ')})`,
  )
  return texts.join(', ')
}

function foreignOption({ name, value }: OptionSpec['foreign'][number]): string {
  return value === undefined ? code(name) : `${code(name)} (${value.words})`
}

function defaultOf(spec: OptionSpec): string {
  if (spec.default !== undefined) return code(spec.default)
  return spec.optional ? 'may be left out' : 'required'
}

function constraintList({ constraints }: AnyLayer): string {
  return constraints
    .map(
      ({ code: name, text }, i) =>
        `- **C${i + 1}** ${text} [${code(name)}](${posix.relative(FOLDER, pagePath(name))})`,
    )
    .join('\n')
}

function catalogue(): string {
  const sections = LAYER_CATEGORIES.map((category) => {
    const rows = LAYERS.filter((layer) => layer.category === category).map((layer) => [
      `[${[layer.name, ...layer.aliases].join(', ')}](${layer.name}.md)`,
      layer.summary,
      layer.output,
      layer.parameters ?? '',
    ])
    return section(category, table(['layer', '', 'output', 'parameters'], rows))
  })
  return page(
    'Layers',
    [
      'Tensors have no batch axis: `[C, L]`, `[C, H, W]`, `[C, D, H, W]`, or `[F]` for a vector; rows are `[T, F]`.',
      'In the formulas `i` is the input’s and `o` the output’s size along an axis, `k` the kernel, `s` the stride,',
      '`p` the padding, `d` the dilation, `C` the input’s channels and `F` its features.',
    ].join('\n'),
    ...sections,
  )
}
