import type { Binary } from '../../../grammar/tree'
import { nodesAt } from '../../../grammar/walk'
import type { Analysis } from '../check/analysis'
import { removeLayer } from '../fixes/flow-text'
import type { LayerNode } from '../model/graph'
import type { AnyLayer } from '../model/layer'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'
import { removal, shownLayer } from './read/removal'
import { whyUnchanged } from './read/unchanging'

type Operation =
  | { readonly node: LayerNode; readonly shown: string; readonly why: string }
  /** A layer that is repeated no times, in the analysed file. */
  | { readonly repetition: Binary; readonly file: string }

export const identityOperation = rule<Operation>({
  code: 'identity-operation',
  category: 'Order and redundancy',
  severity: 'hint',
  title: 'The operation changes nothing',
  explanation: [
    'A pooling of 1×1 with stride 1, `upsample(1)`, `dropout(0)`, `0 * layer`, a reshape to the shape that the tensor',
    'already has: each returns its input. It costs a copy if the framework does not notice, and it makes a reader',
    'look for an effect that is not there. Often another number was meant.',
    '',
    'The rule looks at numbers that stand in the call. A block whose parameter makes an operation the identity for',
    'some calls is fine, and so is `identity` as a layer that is passed on. Resizing, cropping',
    'and adaptive pooling to the size that a map has already are there for inputs of other sizes: they are found',
    'when `adapting` asks for them.',
  ].join('\n'),
  source: 'by the definition of each operation; windows: Dumoulin & Visin 2016, §3, with k = s = 1',
  example:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(16, 3, padding=1) -> relu -> maxpool(1) -> conv(8, 3, padding=1)\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(16, 3, padding=1) -> relu -> conv(8, 3, padding=1)\n}\n',
  options: {
    adapting: {
      type: 'boolean',
      // VGG with adaptive pooling to 7×7, as it is widely implemented, has a map of 7×7 at the paper's input size.
      default: false,
      documentation: 'whether resizing, cropping and adaptive pooling to the size at hand are found too',
    },
  },
  unnecessary: true,
  everywhere: true,
  words: (data) =>
    'node' in data
      ? {
          what: `\`${data.shown}\` changes nothing`,
          why: data.why,
          todo: 'leave it out, or write what was meant',
        }
      : {
          what: 'the layer is repeated 0 times',
          why: 'the tensor passes through and the layer is never applied',
          todo: 'leave it out, or repeat it at least once',
        },
  check({ analysis, survey, options }, report) {
    for (const node of layersHaving(survey, mayBeIdentity)) {
      const why = whyUnchanged(analysis, node, options.adapting === true)
      if (why) report({ node, data: { node, shown: shownLayer(analysis, node), why } })
    }
    for (const repetition of emptyRepetitions(analysis)) {
      const place = { file: analysis.uri, range: { start: repetition.start, end: repetition.end } }
      report({ place, data: { repetition, file: analysis.uri } })
    }
  },
  fixes: ['same-network'],
  fix: function* (context, data) {
    if ('node' in data) return yield* removal(context, data.node)
    const { repetition, file } = data
    const edits = removeLayer(context.analysis, { site: repetition, file })
    if (edits) yield { action: 'Remove it', file, edits, shows: null }
  },
})

/** Flattening a vector is a finding of its own. */
function mayBeIdentity({ name, traits }: AnyLayer): boolean {
  return traits.identity !== undefined && name !== 'flatten'
}

/** `0 * layer` in the flows of a file. What stands in a flow is a layer; elsewhere the product may be a number. */
function* emptyRepetitions({ file }: Analysis): Generator<Binary> {
  const { text } = file
  // Most texts have none: the text is searched, not the tree.
  for (let star = text.indexOf('*'); star >= 0; star = text.indexOf('*', star + 1)) {
    if (!/0\s*$/.test(text.slice(Math.max(0, star - 80), star))) continue
    const path = nodesAt(file, star)
    const at = path.findLastIndex((node) => node.kind === 'binary')
    const binary = path[at]
    if (binary?.kind !== 'binary' || binary.operator !== '*' || binary.operatorRange.start !== star) continue
    if (binary.left.kind !== 'number' || binary.left.value !== 0) continue
    let outer = at - 1
    while (path[outer]?.kind === 'parenthesized') outer--
    const parent = path[outer]
    if (parent?.kind === 'stage' || (parent?.kind === 'flow' && parent.stages.length > 0)) yield binary
  }
}
