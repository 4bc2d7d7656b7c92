import { removeLayer } from '../fixes/flow-text'
import { numberOption } from '../layers/options'
import type { LayerNode } from '../model/graph'
import { rule } from './frame/rule'
import { type Survey, surveyOf } from './frame/survey'
import { madeBy, rearranges } from './read/chains'
import { standsForThese } from './read/everywhere'

interface DroppedOutput {
  readonly node: LayerNode
  readonly output: string
}

export const dropoutOnOutput = rule<DroppedOutput>({
  code: 'dropout-on-output',
  category: 'Order and redundancy',
  severity: 'warning',
  title: 'Dropout on the output of the network',
  explanation: [
    'Dropout keeps hidden units from relying on each other. After the output there is no layer that could make up for',
    'a value that is dropped: in training, scores are set to 0 at random, whatever the network has learned, and the',
    'loss punishes it for that. Dropout belongs before the last layer.',
  ].join('\n'),
  source: 'Srivastava et al. 2014, §4: dropout is applied to the input and the hidden layers',
  example: 'network N {\n  input x: [64]\n  output y = x -> linear(10) -> dropout(0.5)\n}\n',
  instead: 'network N {\n  input x: [64]\n  output y = x -> linear(10)\n}\n',
  words: ({ node, output }) => ({
    what: `\`${node.layer.name}\` sets values of the output ${output} to 0 at random`,
    why: 'no layer follows that could make up for a value that is dropped',
    todo: 'move it before the last layer, or remove it',
  }),
  check({ survey }, report) {
    for (const data of droppedOutputs(survey)) report({ node: data.node, data })
  },
  fix: function* ({ analysis }, { node }) {
    const survey = surveyOf(analysis)
    const all = [...droppedOutputs(survey)].map((each) => each.node)
    const edits = standsForThese(survey, node, all) ? removeLayer(analysis, node) : undefined
    if (edits) yield { action: `Remove ${node.layer.name}`, file: node.file, edits, shows: null }
  },
})

function* droppedOutputs({ networks }: Survey): Generator<DroppedOutput> {
  for (const { graph } of networks) {
    for (const { name, tensor } of graph.outputs) {
      const node = tensor && madeBy(tensor, mayFollow)
      if (node === undefined || node.layer.traits.training !== 'drops') continue
      if ((numberOption(node, 'rate') ?? 0) > 0) yield { node, output: name.name }
    }
  }
}

/** Functions of the scores, and another order of them. */
function mayFollow(node: LayerNode): boolean {
  return rearranges(node) || node.layer.traits.activation === true
}
