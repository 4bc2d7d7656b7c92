import { changedText } from '../check/binding/call-edits'
import { setWrittenOption } from '../fixes/call-text'
import type { Candidate, FixContext } from '../fixes/fix'
import { stageOf } from '../fixes/flow-text'
import { isPiped } from '../fixes/targets'
import { windowsOf } from '../fixes/window-options'
import { windowOptionsOf } from '../layers/window'
import type { LayerNode } from '../model/graph'
import type { TextEdit } from '../model/problem'
import { showCount } from '../model/show'
import { showCall } from '../model/show-call'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'
import {
  activationAround,
  channelsOf,
  convParameters,
  isAlways,
  isDense,
  readsImage,
  showKernel,
} from './read/convolutions'
import { subtractsMeans } from './read/normalisations'
import { showLess, showSaving } from './read/saving'

interface Large {
  readonly node: LayerNode
  /** How many small convolutions see as much. */
  readonly count: number
  /** The channels between them. */
  readonly width: number
  /** The parameters of the one and of the stack. */
  readonly before: number
  readonly after: number
  /** What stands between them. */
  readonly between: readonly LayerNode[]
}

export const largeKernel = rule({
  code: 'large-kernel',
  category: 'Width, depth and cost',
  severity: 'hint',
  title: 'A large kernel that a stack of 3×3 convolutions replaces',
  explanation: [
    'Two 3×3 convolutions see 5×5 positions, three see 7×7. With equal channels they have 18·C² and 27·C² weights',
    'where one large kernel has 25·C² and 49·C², and the activation between them makes the function that they',
    'compute less linear. All between them is as wide as the wider end of the layer. Where the stack saves little,',
    'as when the layer has many more outputs than inputs, nothing is found. The rule ignores the first layer, and',
    'depthwise and grouped convolutions: there a large kernel costs little.',
  ].join('\n'),
  source:
    'Simonyan & Zisserman 2015, §2.3; Szegedy et al. 2016 (Rethinking the Inception Architecture), §3.1',
  example:
    'network N {\n  input x: [64, 32, 32]\n  output y = x -> conv(64, 5, padding=2, bias=false) -> batchnorm -> relu\n}\n',
  instead: [
    'network N {',
    '  input x: [64, 32, 32]',
    '  output y = x',
    '    -> conv(64, 3, padding=1, bias=false) -> batchnorm -> relu',
    '    -> conv(64, 3, padding=1, bias=false) -> batchnorm -> relu',
    '}',
    '',
  ].join('\n'),
  options: {
    saving: {
      type: 'number',
      default: 0.2,
      min: 0,
      documentation: 'the smallest part of the parameters that the stack must save',
    },
  },
  everywhere: true,
  words: ({ node, count, before, after }: Large) => ({
    what: `${numeral(count)} ${small(node)} convolutions see as much as this ${showKernel(node)} one, which has ${showCount(before)} parameters`,
    why: `they have ${showLess(before, after)}, and there is room for an activation between them`,
    todo: `stack ${small(node)} convolutions with an activation between them`,
  }),
  check({ survey, options }, report) {
    for (const network of survey.networks) {
      for (const node of network.named('conv')) {
        const data = large(network, node, options.saving)
        if (data) report({ node, option: 'kernel', data })
      }
    }
  },
  fix: stack,
})

const NUMERALS = ['no', 'one', 'two', 'three', 'four', 'five', 'six']

function numeral(count: number): string {
  return NUMERALS[count] ?? String(count)
}

function small(node: LayerNode): string {
  return (
    windowOptionsOf(node)
      .kernel?.map(() => 3)
      .join('×') ?? ''
  )
}

function large(network: SurveyedNetwork, node: LayerNode, saving: number): Large | undefined {
  const { kernel = [] } = windowOptionsOf(node)
  const [size = 1] = kernel
  if (size < 5 || size % 2 === 0 || !isAlways(node, 'kernel', size) || !isDense(node)) return undefined
  if (readsImage(node) || !isAlways(node, 'stride', 1) || !isAlways(node, 'dilation', 1)) return undefined
  const [inputs, outputs] = [channelsOf(node.inputs[0]), channelsOf(node.outputs[0])]
  const width = Math.max(inputs, outputs)
  const count = (size - 1) / 2
  const parameters = (from: number, to: number, volume: number) => convParameters(node, from, to, volume)
  const window = 3 ** kernel.length
  const before = parameters(inputs, outputs, size ** kernel.length)
  const after =
    parameters(inputs, width, window) +
    (count - 2) * parameters(width, width, window) +
    parameters(width, outputs, window)
  if (before - after < saving * before || after >= before) return undefined
  return { node, count, width, before, after, between: activationAround(network, node) }
}

function* stack(context: FixContext, data: Large): Generator<Candidate> {
  const { node, count, width, before, after } = data
  const { analysis } = context
  const { site, file } = node
  const source = analysis.files.get(file)?.text
  const found = stageOf(analysis, node)
  const paddings = paddingsOf(node, count)
  if (source === undefined || found === undefined || paddings === undefined || !isPiped(node)) return
  const edits = (padding: string | undefined, channels: number): readonly TextEdit[] => [
    ...setWrittenOption(node.written, 'kernel', '3'),
    ...(padding === undefined ? [] : setWrittenOption(node.written, 'padding', padding)),
    ...(channels === channelsOf(node.outputs[0])
      ? []
      : setWrittenOption(node.written, 'channels', String(channels))),
  ]
  const call = (changes: readonly TextEdit[]) => changedText(source, site, changes)
  const activation = data.between.length === 0 ? 'relu' : data.between.map(showCall).join(' -> ')
  // A normalisation between them would cancel a bias.
  const isCancelled =
    node.options.bias === true && data.between[0] !== undefined && subtractsMeans(data.between[0])
  const unbiased = isCancelled ? setWrittenOption(node.written, 'bias', 'false') : []
  const first = paddings
    .slice(0, -1)
    .map((padding) => `${call([...edits(padding, width), ...unbiased])} -> ${activation} -> `)
  // A repetition takes the whole stack.
  const alone = found.stage.value === site
  yield {
    action: `Stack ${numeral(count)} ${small(node)} convolutions (${showSaving(before, after, 'parameters')})`,
    file,
    edits: [
      { start: site.start, end: site.start, text: `${alone ? '' : '('}${first.join('')}` },
      ...edits(paddings.at(-1), channelsOf(node.outputs[0])),
      ...(alone ? [] : [{ start: site.end, end: site.end, text: ')' }]),
    ],
    shows: { file, range: site },
  }
}

/**
 * The padding of each convolution of the stack, undefined where what is written stays: names mean the same for
 * every odd kernel, and amounts are spread one by one. Undefined for amounts that cannot be.
 */
function paddingsOf(node: LayerNode, count: number): readonly (string | undefined)[] | undefined {
  const each = Array.from({ length: count }, (_, i) => i)
  const { padding } = windowOptionsOf(node)
  if (padding === undefined || 'name' in padding) return each.map(() => undefined)
  const amounts = windowsOf(node).flatMap(({ begin, end }) => [begin, end])
  const [amount] = amounts as [number]
  if (amount > count || amounts.some((other) => other !== amount)) return undefined
  if (amount === 0) return each.map(() => undefined)
  return each.map((i) => (i < amount ? '1' : '0'))
}
