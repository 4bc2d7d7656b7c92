import type { Shape } from '../model/shape'
import { int, layer } from './declare'
import { keras, pytorch } from './foreign'

export const embedding = layer({
  name: 'embedding',
  foreign: [
    ...pytorch('Embedding', {
      order: ['count', 'features', 'padding_idx', 'max_norm'],
      args: { padding_idx: 'ignored', max_norm: 'ignored', sparse: 'ignored', scale_grad_by_freq: 'ignored' },
    }),
    ...keras('Embedding', {
      order: ['count', 'features'],
      args: { mask_zero: 'ignored', input_length: 'ignored' },
    }),
    ...pytorch('EmbeddingBag', {
      order: ['count', 'features'],
      args: { mode: { only: ['mean'] } },
      remark: 'gives a row for each index here, not the mean of a bag',
    }),
  ],
  category: 'Dense',
  traits: { range: 'any', reads: 'either', makes: 'rows' },
  summary: 'Replaces each number of the input, the index of a word or class, by a learned row of features.',
  details: 'The numbers are indices from 0 to count − 1: an input of T words is `[T]`.',
  source: 'Bengio et al. 2003, §2; for convolutions over text: Kim 2014, §2',
  output: 'the input’s shape with `features` behind it: [T, features] for a vector',
  parameters: 'count·features',
  sees: 'its own place',
  options: {
    count: int({
      documentation: 'how many rows there are to choose from',
      min: 1,
      foreign: ['num_embeddings', 'input_dim', 'vocabulary', 'vocab_size'],
    }),
    features: int({
      documentation: 'the features of each row',
      min: 1,
      foreign: ['embedding_dim', 'output_dim'],
    }),
  },
  weighted: true,
  use: 'As the first layer of a network on words, characters or classes: it turns an index into features that are learned. In a generator it brings in the class of the image to make.',
  inPyTorch: 'nn.Embedding(20_000, 300)',
  example: `network Text {
  input words: [56]
  output y = words -> embedding(20_000, 300) -> permute([1, 0]) -> conv(100, 3)
  expect y.shape == [100, 54]
  expect params == 6_090_100
}`,
  infer: ({ shapes, options: { count, features } }) => {
    const [x] = shapes as [Shape]
    return { shapes: [[...x, features]], weights: [{ name: 'weight', shape: [count, features] }] }
  },
})
