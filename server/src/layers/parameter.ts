import { emptyList } from './constraints/lists'
import { ints, layer } from './declare'

export const parameter = layer({
  name: 'parameter',
  foreign: ['Parameter', 'add_weight'],
  category: 'Merging',
  traits: { range: 'any', reads: 'nothing' },
  summary: 'A tensor that is learned; it depends on no input.',
  output: 'the given `shape`',
  sees: 'nothing of any input',
  parameters: '∏shape',
  tensors: [],
  options: {
    shape: ints({ documentation: 'the sizes of the tensor', min: 1, foreign: ['size'] }),
  },
  constraints: [emptyList],
  weighted: true,
  use: 'For what is learned and depends on no input: position embeddings, a class token, queries, a background.',
  inPyTorch: 'nn.Parameter(torch.zeros(64, 1, 1))',
  example: `network Shifted {
  input x: [64, 14, 14]
  output y = add(x, parameter([64, 1, 1]))
  expect y.shape == [64, 14, 14]
  expect params == 64
}`,
  infer: ({ options: { shape } }) => {
    if (shape.length === 0) return emptyList.violated({ option: 'shape' }, 'shape')
    return { shapes: [shape], weights: [{ name: 'weight', shape }] }
  },
})
