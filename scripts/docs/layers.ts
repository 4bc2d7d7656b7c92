/** The reference of the layers: a page each, the pictures in them, and the catalogue. */
import { posix } from 'node:path'
import { LAYERS } from '../../server/src/layers'
import { pagePath } from '../../server/src/lint/codes'
import { type AnyLayer, LAYER_CATEGORIES, type OptionSpec } from '../../server/src/model/layer'
import { showOptionType, showPlaces, showSignature } from '../../server/src/model/show-layer'
import { showTraits } from '../../server/src/model/show-traits'
import { code, fenced, page, section, sentence, table } from './markdown'
import { type Picture, pictureOf } from './pictures'

const FOLDER = 'docs/layers'

/** Paths from the project's root, and texts. */
export function layerPages(): readonly (readonly [path: string, text: string])[] {
  return [
    [`${FOLDER}/README.md`, catalogue()],
    ...LAYERS.flatMap((layer) => {
      const picture = pictureOf(layer)
      const text = [`${FOLDER}/${layer.name}.md`, layerPage(layer, picture)] as const
      return picture === undefined ? [text] : [text, [`${FOLDER}/${layer.name}.svg`, picture.svg] as const]
    }),
  ]
}

function layerPage(layer: AnyLayer, picture: Picture | undefined): string {
  const { name, aliases, foreign, category, summary, details = '', use, source, example } = layer
  const also = aliases.length === 0 ? '' : `Also called ${aliases.map(code).join(', ')}.`
  const elsewhere = foreign.length === 0 ? '' : `In other frameworks: ${foreignNames(foreign)}.`
  return page(
    name,
    summary,
    details,
    picture === undefined ? '' : `![${picture.caption}](${name}.svg)`,
    fenced(showSignature(layer)),
    [`*${category}.*`, also, elsewhere].filter(Boolean).join(' '),
    section('When to use it', use),
    section('Example', fenced(example), ...inPyTorch(layer)),
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
    section('Source', source === undefined ? '' : sentence(source)),
    '[All layers](README.md)',
  )
}

/** What PyTorch writes for the layer of the example. */
function inPyTorch({ inPyTorch }: AnyLayer): readonly string[] {
  if (inPyTorch === null) return ['PyTorch and torchvision have no counterpart.']
  const isModule = /^nn\.\w+\([^()]*\)$/.test(inPyTorch)
  return [
    isModule ? 'In PyTorch:' : 'In PyTorch, where each tensor has a batch axis first:',
    fenced(inPyTorch, 'python'),
  ]
}

function resultList({ output, parameters = 'none', macs = 'none are counted', sees }: AnyLayer): string {
  return [
    `- Output: ${output}`,
    `- Parameters: ${parameters}`,
    `- MACs: ${macs}`,
    `- Receptive field: an output sees ${sees ?? 'the value at its own place'}`,
    '',
    '[What the letters stand for](README.md#letters)',
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
  for (const { name, gives = {}, args = {}, behind, remark } of foreign) {
    const known = notes.get(name) ?? new Set()
    notes.set(name, known)
    const given = Object.entries(gives).flatMap(([option, text]) =>
      typeof text === 'string' ? [`\`${option}=${text}\``] : [],
    )
    if (given.length > 0) known.add(given.join(', '))
    for (const [argument, meant] of Object.entries(args)) {
      const value = typeof meant === 'object' && 'option' in meant ? meant.value : undefined
      const isSaid = [...known].some((note) => note.endsWith(`: ${value?.words}`))
      if (value !== undefined && value.words !== '' && !isSaid) known.add(`${code(argument)}: ${value.words}`)
    }
    if (behind !== undefined) known.add(`then \`${behind}\``)
    if (remark !== undefined) known.add(remark)
  }
  const groups = new Map<string, string[]>()
  for (const [name, found] of notes) {
    const note = [...found].join('; ')
    groups.set(note, [...(groups.get(note) ?? []), code(name)])
  }
  return [...groups]
    .map(([note, names]) => (note === '' ? names.join(', ') : `${names.join(', ')} (${note})`))
    .join('; ')
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

/** What the formulas of the declarations are written in; `test/layers/formulas` reads them so. */
const LETTERS = [
  ['`i`, `o`', 'the size of the input and of the output along a spatial axis'],
  ['`k`, `s`, `d`', 'kernel, stride and dilation along it; 1 where the layer has no such option'],
  ['`p_begin`, `p_end`', 'the padding before and after it; 0 where there is none'],
  ['`C`', 'the channels of the input'],
  ['`F`', 'the features of the input: the size of its last axis'],
  ['`T`', 'the number of its rows'],
  ['`H`, `W`', 'height and width of the input'],
  ['`F_key`, `F_value`', 'the features of these tensors'],
  ['`…`', 'what stands before it, for each further spatial axis'],
  ['`∏k`', 'the product over all spatial axes; `∏` of a list: the product of its numbers'],
  ['`∑`', 'the sum over the numbers of a list'],
  ['`⌊ ⌋`, `⌈ ⌉`', 'rounded down, rounded up'],
  ['`|weights|`', 'how many numbers there are in it'],
  ['`(if …)`', 'the term in front of it counts only with this option'],
  ['`with …`', 'what stands in front of it replaces the first formula with this option'],
] as const

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
    'Tensors have no batch axis: `[C, L]`, `[C, H, W]`, `[C, D, H, W]`, or `[F]` for a vector; rows are `[T, F]`. The letters in the formulas are explained [at the end](#letters).',
    ...sections,
    section(
      'Letters',
      'The formulas for shapes, parameters and MACs use the names of options, and these:',
      table(
        ['', 'stands for'],
        LETTERS.map(([letter, meaning]) => [letter, meaning]),
      ),
    ),
  )
}
