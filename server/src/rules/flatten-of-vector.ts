import type { LayerNode } from '../model/graph'
import { showShape } from '../model/shape'
import { rule } from './frame/rule'
import { layersNamed } from './frame/survey'
import { removal } from './read/removal'

export const flattenOfVector = rule<{ readonly node: LayerNode }>({
  code: 'flatten-of-vector',
  category: 'Order and redundancy',
  severity: 'hint',
  title: 'A vector is flattened',
  explanation: [
    '`flatten` puts all values into one vector. What comes in is one already, so that nothing happens: most often',
    'a pooling or an earlier `flatten` was moved, and this one has stayed.',
    '',
    'A block that flattens its input is found only if all its inputs are vectors.',
  ].join('\n'),
  source: 'by definition: a vector has one axis, and flattening joins all axes into one',
  example:
    'network N {\n  input image: [3, 6, 6]\n  output y = image -> conv(16, 3, padding=1) -> relu -> global_avgpool -> flatten -> flatten -> linear(10)\n}\n',
  instead:
    'network N {\n  input image: [3, 6, 6]\n  output y = image -> conv(16, 3, padding=1) -> relu -> global_avgpool -> flatten -> linear(10)\n}\n',
  unnecessary: true,
  everywhere: true,
  words: ({ node }) => ({
    what: `the vector of ${showShape(node.inputs[0]?.shape ?? [])} is flattened`,
    why: 'it has one axis already, so that nothing changes',
    todo: 'leave `flatten` out',
  }),
  check({ analysis, survey }, report) {
    for (const node of layersNamed(survey, 'flatten')) {
      // A block of another file meets maps elsewhere.
      if (node.inputs[0]?.shape.length === 1 && node.file === analysis.uri) report({ node, data: { node } })
    }
  },
  fixes: ['same-network'],
  fix: (context, { node }) => removal(context, node),
})
