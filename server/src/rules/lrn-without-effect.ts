import type { Expression } from '../../../grammar/tree'
import type { Analysis } from '../check/analysis'
import { removeLayer, removeLines } from '../fixes/flow-text'
import type { LayerNode } from '../model/graph'
import type { TextEdit } from '../model/problem'
import { showTensor } from '../model/show'
import { rule } from './frame/rule'
import { layersNamed } from './frame/survey'

export const lrnWithoutEffect = rule<LayerNode>({
  code: 'lrn-without-effect',
  category: 'Width, depth and cost',
  severity: 'hint',
  title: 'Local response normalisation brings nothing but cost',
  explanation: [
    'AlexNet normalised each value by its neighbours in the channels. The VGG networks were trained with and without',
    'it: it did not improve the error, but took memory and time, so their other networks do not have it. Networks',
    'that came later normalise with batch normalisation, or not at all.',
  ].join('\n'),
  source: 'Simonyan & Zisserman 2015, §2.1 and §4.1 (A-LRN: 10.5 % top-5 error; A: 10.4 %)',
  example:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(64, 3, padding=1) -> relu -> lrn(5)\n}\n',
  instead:
    'network N {\n  input image: [3, 32, 32]\n  output y = image -> conv(64, 3, padding=1) -> relu\n}\n',
  words: ({ options, inputs }) => ({
    what: `local response normalisation over ${options.size} channels of ${inputs[0] ? showTensor(inputs[0]) : 'a map'}`,
    why: 'VGG’s comparison (A with and without it) found no improvement, only more memory and time',
    todo: 'remove it',
  }),
  check({ survey }, report) {
    for (const node of layersNamed(survey, 'lrn')) report({ node, data: node })
  },
  fix: function* ({ analysis }, node) {
    const edits = removeLayer(analysis, node) ?? removeNamed(analysis, node)
    if (edits) yield { action: 'Remove lrn', file: node.file, edits, shows: null }
  },
})

/** Takes away a layer that was bound to a name of the file: the binding, and the stages that apply it. */
function removeNamed(analysis: Analysis, { site, file }: LayerNode): readonly TextEdit[] | undefined {
  const tree = analysis.files.get(file)
  const constant = tree?.items.find((item) => item.kind === 'constant' && item.value === site)
  if (tree === undefined || constant === undefined) return undefined
  const stages = new Set<Expression>()
  for (const { layers } of analysis.networks) {
    for (const node of layers) if (node.site === site) stages.add(node.applied)
  }
  const edits = [removeLines(tree, constant)]
  for (const stage of stages) {
    const removed = removeLayer(analysis, { site: stage, file })
    if (removed === undefined) return undefined
    edits.push(...removed)
  }
  return edits
}
