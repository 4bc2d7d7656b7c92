import type { Expression } from '../../../grammar/tree'
import type { Analysis } from '../check/analysis'
import { isLiteral } from '../check/binding/call-edits'
import { setOptionOf } from '../fixes/set-option'
import { type OptionTarget, optionTargets } from '../fixes/targets'
import { numberOption } from '../layers/options'
import { isLearnedLinear } from '../layers/traits'
import type { LayerNode } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { showCount } from '../model/show'
import { rule } from './frame/rule'
import type { SurveyedNetwork } from './frame/survey'

interface Missed {
  readonly node: LayerNode
  readonly option: string
  readonly channels: number
  readonly multiple: number
}

/** The layers that run as one matrix product, of a width that is given. */
function isMatrixProduct(layer: AnyLayer): boolean {
  return isLearnedLinear(layer) && layer.traits.width !== undefined && !layer.traits.perPosition
}

export const channelsMissMultiple = rule({
  code: 'channels-miss-multiple',
  category: 'Width, depth and cost',
  severity: 'hint',
  title: 'The number of channels misses the hardware’s multiple',
  explanation: [
    'Convolutions and linear layers run as matrix products, which the hardware cuts into tiles. NVIDIA’s Tensor Cores',
    'are fastest when the numbers of input and output channels are multiples of 8 (in half precision); others are',
    'padded or run without them. The next multiple up then costs no time, and MobileNets round all their widths to',
    'it. The rule ignores narrow layers (growth rates, squeezed channels), the outputs of the network, and layers',
    'as wide as one of them: their numbers come from the task.',
  ].join('\n'),
  source:
    'NVIDIA, Deep Learning Performance (Convolutional Layers User’s Guide, Tensor Core requirements); the reference implementation of MobileNetV2, `_make_divisible`',
  example: network(100),
  instead: network(104),
  options: {
    multiple: {
      type: 'number',
      default: 8,
      min: 1,
      documentation: 'what the number of channels should be a multiple of',
    },
    least: {
      type: 'number',
      // Narrower layers take little time; in the literature their odd widths come from growth rates, squeezes and
      // numbers of classes (84 in LeNet-5 and in the context module of Yu & Koltun).
      default: 96,
      min: 0,
      documentation: 'layers with fewer channels than this are ignored',
    },
  },
  words: ({ channels, multiple }: Missed) => ({
    what: `${showCount(channels)} channels are no multiple of ${multiple}`,
    why: `the hardware works in tiles of ${multiple}: the last one holds ${channels % multiple}`,
    todo: `use ${roundUp(channels, multiple)}${channels < multiple ? '' : `, or ${channels - (channels % multiple)}`}`,
  }),
  check({ analysis, survey, options }, report) {
    const [multiple, least] = [Math.round(options.multiple), options.least]
    for (const network of survey.networks) {
      for (const node of network.having(isMatrixProduct)) {
        const option = node.layer.traits.width as string
        const channels = numberOption(node, option) ?? 0
        if (channels % multiple === 0 || channels < least) continue
        if (!isHidden(network, node, channels) || isDerived(analysis, node, option)) continue
        report({ node, option, data: { node, option, channels, multiple } })
      }
    }
  },
  fix: function* (context, { node, option, channels, multiple }) {
    const shows = { file: node.file, range: node.site }
    // An expression serves several calls: it is rounded, not replaced by what it comes to in one of them.
    const rounded = ({ file, given }: OptionTarget) => {
      const text = given && !isLiteral(given) && context.analysis.files.get(file)?.text
      return text ? roundedUp(given, text, multiple) : roundUp(channels, multiple)
    }
    yield* setOptionOf(context, node, option, rounded, { own: node.site, shows })
  },
})

function network(channels: number): string {
  return [
    'network N {',
    '  input x: [64, 32, 32]',
    `  output y = x -> conv(${channels}, 3, padding=1, bias=false) -> batchnorm -> relu -> conv(10, 1)`,
    '}',
    '',
  ].join('\n')
}

function roundUp(channels: number, multiple: number): number {
  return Math.ceil(channels / multiple) * multiple
}

/** `w // 4 + 2` → `(w // 4 + 2 + 7) // 8 * 8`. */
function roundedUp(given: Expression, text: string, multiple: number): string {
  const own = text.slice(given.start, given.end)
  const isOpen =
    given.kind === 'conditional' || (given.kind === 'binary' && /^(and|or)$/.test(given.operator))
  return `(${isOpen ? `(${own})` : own} + ${multiple - 1}) // ${multiple} * ${multiple}`
}

/** Whether the width is computed from that of a tensor: another layer decides it (half of what came in). */
function isDerived(analysis: Analysis, node: LayerNode, option: string): boolean {
  const [target] = optionTargets(analysis, node, option)
  const text = target && analysis.files.get(target.file)?.text
  return (
    target?.edits('').some(({ start, end }) => /\.(channels|shape)\b/.test(text?.slice(start, end) ?? '')) ??
    false
  )
}

/** Whether the network chose the width: another layer with weights follows, and no output has that many channels. */
function isHidden(network: SurveyedNetwork, node: LayerNode, channels: number): boolean {
  const { outputs } = network.graph
  if (outputs.some(({ tensor }) => tensor === undefined || tensor.shape[0] === channels)) return false
  const met = new Set([node])
  for (const each of met) {
    // Regions are read off the scores and boxes of a head; what follows them reads something else.
    if (each.layer.traits.regions) continue
    if (each !== node && (each.layer.weightLayers ?? 0) > 0) return true
    for (const output of each.outputs) for (const reader of network.readers(output)) met.add(reader)
  }
  return false
}
