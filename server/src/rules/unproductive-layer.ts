import { rule } from './frame/rule'
import { analyseFields, growingOf } from './read/unproductive'
import { countTexts, outermost, textIn, whollyTexts } from './read/wholly'

interface TooDeep {
  /** How many convolutions with a kernel above one the network has, and how many of them are unproductive. */
  readonly all: number
  readonly count: number
  /** The axis along which the excess is largest. */
  readonly axis: string
  readonly pixels: number
  /** How many axes the input has beside its channels. */
  readonly axes: number
  /** The receptive field before the first and before the last of them. */
  readonly before: number
  readonly last: number
}

/** What an input is called by the number of its axes, and what its sizes count. */
const SEEN: Readonly<Record<number, { readonly input: string; readonly unit: string }>> = {
  1: { input: 'signal', unit: 'positions' },
  2: { input: 'image', unit: 'pixels' },
  3: { input: 'volume', unit: 'positions' },
}

const UNNAMED = { input: 'input', unit: 'positions' }

/** One finding names no more texts than this. */
const MOST_TEXTS = 8

export const unproductiveLayer = rule({
  code: 'unproductive-layer',
  category: 'Receptive field',
  severity: 'info',
  title: 'Convolutions behind a receptive field that exceeds the input',
  explanation: [
    'A convolution with a kernel larger than 1 relates a value to its neighbours. Where the receptive field before it',
    'is already larger than the input, there are no new neighbours to see: measurements behind each layer show that',
    'such layers improve the result very little. Often the network was designed for larger images; but most published',
    'classifiers have some at their own size, and some gain accuracy from them, so that the finding is information.',
    '',
    'The rule looks at classifiers, whose output is one vector per image, signal or volume. A network that detects',
    'objects or labels pixels needs the surroundings of each place. Layers with 1×1 kernels and poolings are left',
    'out: they have other purposes.',
    '',
    'Where paths are concatenated, the smallest receptive field counts, since a layer reads each as it is: inception',
    'modules and dense blocks stay productive for long. A sum is one map whose values see what all its terms see, so that in a',
    'residual network the largest counts. Its shortcuts still pass on what smaller fields saw; taken for paths of their own',
    '(the option `shortcuts`) they leave hardly any of its layers unproductive, and networks such as ResNet-152 gain accuracy',
    'from layers that are found here.',
  ].join('\n'),
  source:
    'Richter et al. 2021, (Input) Size Matters for CNN Classifiers; Richter, Schöning, Wiedenroth & Krumnack 2021, Should You Go Deeper? Optimizing Convolutional Neural Network Architectures without Training (border layer)',
  example: file(24),
  instead: file(48),
  options: {
    shortcuts: {
      type: 'boolean',
      default: false,
      documentation:
        'Whether the smallest receptive field counts where paths are added, too, so that each shortcut is a path of its own.',
    },
  },
  unnecessary: true,
  words: ({ all, count, axis, pixels, axes, before, last }: TooDeep) => {
    const one = count === 1
    const { input, unit } = SEEN[axes] ?? UNNAMED
    const sizes = last === before ? 'it is productive' : `the first is productive, with ${last} all are`
    return {
      what: `${count} of ${all} convolutions ${one ? 'sees' : 'see'} nothing new of the ${input}: the receptive field before ${one ? 'it' : 'the first'} is ${before} ${unit}, the input’s ${axis} ${pixels}`,
      why: `values that see the whole ${input} find no further context around them`,
      todo: `leave ${one ? 'it' : 'them'} out, or move a stride behind ${one ? 'it' : 'them'}; with an input of ${before} ${sizes}`,
    }
  },
  check({ survey, options }, report) {
    const analyses = survey.networks.map((network) => analyseFields(network, options.shortcuts))
    const found = analyses.filter(({ unproductive }) => unproductive.length > 0)
    if (found.length === 0) return
    const having = new Set(found.flatMap(({ unproductive }) => unproductive.map(({ node }) => node)))
    const texts = countTexts(survey.networks.flatMap(growingOf), having)
    for (const { growing, unproductive, border } of found) {
      const [first] = unproductive
      if (first === undefined || border === undefined) continue
      const { node, axis, pixels, axes, before } = first
      const nodes = unproductive.map((each) => each.node)
      const [whole, ...further] = whollyTexts(nodes, texts, MOST_TEXTS)
      const last = Math.max(...unproductive.map((each) => each.before))
      const met = whole ?? { ...outermost(node), faded: false as const }
      report({
        ...met,
        data: { all: growing.length, count: unproductive.length, axis, pixels, axes, before, last },
        related: [
          {
            ...textIn(met.frame, border),
            message: `the border: here the receptive field comes to exceed the input’s ${axis} of ${pixels}`,
          },
          ...further.map(({ place }) => ({ ...place, message: 'what stands here sees nothing new either' })),
        ],
      })
    }
  },
})

function file(size: number): string {
  return [
    'network N {',
    `  input image: [3, ${size}, ${size}]`,
    '  x = image -> conv(8, 3, padding=1) -> relu -> maxpool(2) -> conv(8, 3, padding=1) -> relu -> maxpool(2)',
    '    -> conv(8, 3, padding=1) -> relu -> conv(8, 3, padding=1) -> relu -> conv(8, 3, padding=1) -> relu',
    '  output y = x -> global_avgpool -> flatten -> linear(10)',
    '}',
    '',
  ].join('\n')
}
