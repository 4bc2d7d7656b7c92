/** The page of the examples: a table of the networks for each task, every number from their analysis. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Analysis } from '../../server/src/check/analysis'
import { analyze } from '../../server/src/check/analyze'
import { textHost } from '../../server/src/check/host'
import { locate } from '../../server/src/cli/findings'
import type { NetworkGraph, Tensor, Totals } from '../../server/src/model/graph'
import { receptiveField } from '../../server/src/model/seen'
import { showCount, showField, showShort, showTensor } from '../../server/src/model/show'
import { page, section, table } from './markdown'
import { type Reference, referenceOf, referencesIn } from './references'

const FOLDER = 'examples'
export const EXAMPLES_PAGE = `${FOLDER}/README.md`

/** The folders, in the order of the page. */
const TASKS = ['arithmetic', 'classification', 'detection', 'segmentation'] as const

/** More outputs than these are counted, not shown. */
const MAX_OUTPUTS = 3

interface Example {
  /** Below the folder of the examples. */
  readonly path: string
  readonly analysis: Analysis
  readonly references: readonly Reference[]
}

/** Path from the project's root, and text. The examples are read below the working directory. */
export function examplesPage(): readonly [path: string, text: string] {
  const text = page(
    'Examples',
    section('Try it', TRY),
    section('How to read the tables', ABOUT, LEGEND),
    ...TASKS.map((task) => taskSection(task, examplesOf(task))),
  )
  return [EXAMPLES_PAGE, text]
}

const ABOUT =
  'Every network here is analysed when this page is written; no number is copied. The figures that the papers print, or that were measured in PyTorch, stand in the files as `expect` lines with their sources.'

/** What to do with the folder open in an editor. */
const TRY = [
  '1. Open [ResNet](classification/resnet.cnn). Shapes stand at the ends of the lines, totals above each network; rest the mouse on a layer to see where its numbers come from.',
  '2. Change a number in it, a `3` to `999` say. The mistake is underlined where it is made; press the light bulb beside it, or `Ctrl+.`, for what repairs it.',
  '3. Open [a padded U-Net](segmentation/unet_padded.cnn) and press **Try another size…** above its input: write 500, and see what it does.',
  '4. Run **cnnlint: New Network from Template…** from the command palette (`F1`) to begin with one of these networks.',
  '5. Run **cnnlint: Check All Files of the Workspace**, or `cnnlint check` in a terminal.',
].join('\n')

const LEGEND = [
  '- **Input → output**: channels first, without a batch; `300 × (…)` is one for each of 300 regions.',
  '- **Parameters** are trained; weights that are not are counted apart, as *fixed*.',
  '- **MACs** are multiplications with their additions.',
  '- **Receptive field**: that of the first output, in pixels of the input; `context` says that it also sees the whole input by another path. Where it sees the whole input by all paths, `global`, the field of the last map before that stands beside it.',
  '- **Layers**: those with weights, shared ones once. **Depth**: the most that a path passes, which is the count in names such as ResNet-50; the others stand on shortcuts and branches.',
].join('\n')

/** The examples of a task from old to new. */
function examplesOf(task: string): readonly Example[] {
  const host = textHost((path) => readFileSync(`${FOLDER}/${path}`, 'utf8'))
  return readdirSync(`${FOLDER}/${task}`)
    .filter((name) => name.endsWith('.cnn'))
    .sort()
    .map((name) => {
      const path = `${task}/${name}`
      const analysis = analyze(path, host)
      return { path, analysis, references: referencesIn(analysis.file.doc?.text ?? '') }
    })
    .sort((a, b) => yearOf(a) - yearOf(b))
}

const yearOf = ({ references }: Example): number => references[0]?.year ?? 0

function taskSection(task: string, examples: readonly Example[]): string {
  const columns = task === 'arithmetic' ? ARITHMETIC : PAPERS
  const rows = examples.flatMap((example) => example.analysis.networks.map((graph) => rowOf(graph, example)))
  return section(
    task.charAt(0).toUpperCase() + task.slice(1),
    table(
      columns.map(({ title }) => title),
      rows.map((row) => columns.map(({ cell }) => cell(row))),
      new Set([...columns.keys()].filter((i) => columns[i]?.number)),
    ),
    'The files and their papers:',
    examples
      .filter(({ references }) => references.length > 0)
      .map(paperLine)
      .join('\n'),
  )
}

function paperLine({ path, references }: Example): string {
  const papers = references.map(({ text }) => `${text}.`).join(' ')
  return `- [${path.slice(path.indexOf('/') + 1)}](${path}) ${papers}`
}

interface Row {
  readonly graph: NetworkGraph
  readonly totals: Totals
  readonly reference: Reference
  /** To the network's line. */
  readonly link: string
}

function rowOf(graph: NetworkGraph, { path, analysis, references }: Example): Row {
  const { name, declaration, totals } = graph
  if (!totals) throw new Error(`${path}: ${name} is not known completely`)
  const reference = referenceOf(references, declaration.doc?.text)
  if (!reference) {
    throw new Error(`${path}: no line of its ## text reads "A. Author, B. Author: Title. Venue 2016."`)
  }
  const { line } = locate(analysis.file, declaration.name)
  return { graph, totals, reference, link: `${path}#L${line}` }
}

interface Column {
  readonly title: string
  readonly cell: (row: Row) => string
  /** Set to the right. */
  readonly number?: true
}

const NETWORK: Column = { title: 'Network', cell: ({ graph, link }) => `[${graph.name}](${link})` }

const SIZES: readonly Column[] = [
  { title: 'Input → output', cell: ({ graph }) => `${inputs(graph)} → ${outputs(graph)}` },
  { title: 'Parameters', cell: ({ totals }) => parameters(totals), number: true },
  { title: 'MACs', cell: ({ totals }) => showShort(totals.macs), number: true },
  { title: 'Receptive field', cell: ({ graph }) => fieldOf(graph) },
  { title: 'Layers', cell: ({ totals }) => showCount(totals.weightLayers), number: true },
]

const PAPERS: readonly Column[] = [
  NETWORK,
  { title: 'Year', cell: ({ reference }) => String(reference.year) },
  { title: 'Paper', cell: ({ reference }) => reference.authors },
  ...SIZES,
  { title: 'Depth', cell: ({ totals }) => showCount(totals.depth), number: true },
]

/** Networks of one or two layers: what they show says more than who wrote of it. */
const ARITHMETIC: readonly Column[] = [
  NETWORK,
  { title: 'Shows', cell: ({ graph }) => firstSentence(graph.declaration.doc?.text ?? '') },
  ...SIZES,
]

function firstSentence(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replace(/(?<=\.) .*/, '')
}

function parameters({ params, fixed }: Totals): string {
  return fixed === 0 ? showCount(params) : `${showCount(params)} + ${showCount(fixed)} fixed`
}

function inputs(graph: NetworkGraph): string {
  return graph.inputs.flatMap(({ node }) => (node ? [showTensor(node.tensor)] : [])).join(', ')
}

function outputs(graph: NetworkGraph): string {
  const shown = graph.outputs.flatMap(({ tensor }) => (tensor ? [showTensor(tensor)] : []))
  const more = shown.length - MAX_OUTPUTS
  return more > 1 ? `${shown.slice(0, MAX_OUTPUTS).join(', ')}, ${more} more` : shown.join(', ')
}

function fieldOf(graph: NetworkGraph): string {
  const output = graph.outputs[0]?.tensor
  if (!output) return ''
  const { size } = showField(receptiveField(output, graph))
  if (size !== 'global') return size
  const before = largestBefore(output, graph)
  return before === undefined ? size : `${size} (${before})`
}

/** Of the maps that went into a tensor which sees everything, the largest field that is not global yet. */
function largestBefore(tensor: Tensor, graph: NetworkGraph): string | undefined {
  const seen = new Set<Tensor>()
  let largest = { pixels: 0, size: undefined as string | undefined }
  const visit = (part: Tensor) => {
    // The input itself sees one pixel, which says nothing.
    if (seen.has(part) || part.source.kind === 'input') return
    seen.add(part)
    const field = receptiveField(part, graph)
    if (field === null) return
    if (field === 'global') {
      part.source.inputs.forEach(visit)
      return
    }
    const pixels = field.size.reduce<number>((product, size) => product * (size ?? 0), 1)
    if (pixels > largest.pixels) largest = { pixels, size: showField(field).size }
  }
  visit(tensor)
  return largest.size
}
