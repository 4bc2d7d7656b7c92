import type { LayerNode } from '../model/graph'
import { showTensor } from '../model/show'
import { rule } from './frame/rule'
import { layersHaving } from './frame/survey'

export const opaqueLayer = rule<{ readonly node: LayerNode }>({
  code: 'opaque-layer',
  category: 'Width, depth and cost',
  severity: 'warning',
  title: 'An operation that is not described',
  explanation: [
    '`opaque` stands for an operation that the language does not have. Only the shape of its result is known:',
    'its parameters and multiply–accumulates are not in the network’s totals, and everything behind it has a global',
    'receptive field. Compare the totals with the paper’s only after adding what it stands for.',
    '',
    'Silence the rule where the operation has no weights and almost no cost, and say so: `# cnnlint-disable-next-line',
    'opaque-layer -- farthest point sampling, no weights`.',
  ].join('\n'),
  source: 'by definition: what is left out of a sum is not in it',
  example: 'network N {\n  input points: [1024, 3]\n  output y = points -> opaque([512, 3])\n}\n',
  instead: 'network N {\n  input points: [1024, 3]\n  output y = points -> slice(0, 512)\n}\n',
  words: ({ node }) => ({
    what: `what makes ${showTensor(node.outputs[0] as LayerNode['outputs'][number])} here is not described`,
    why: 'its parameters and multiply–accumulates are missing in the totals, and what follows sees everything',
    todo: 'describe it by layers if there are some, or silence this with what it stands for',
  }),
  check({ survey }, report) {
    for (const node of layersHaving(survey, ({ traits }) => traits.undescribed === true))
      report({ node, data: { node } })
  },
})
