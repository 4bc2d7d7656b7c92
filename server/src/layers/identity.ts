import { layer } from './declare'
import { keras, pytorch } from './foreign'

export const identity = layer({
  name: 'identity',
  foreign: [
    ...pytorch('Identity', { takesAll: true }),
    ...keras('Activation', {
      order: ['activation'],
      args: { activation: 'activation' },
      requires: ['activation'],
    }),
  ],
  category: 'Shape',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    elementwise: true,
    channelwise: true,
    rearranges: 'shape',
    identity: { holds: () => true, why: 'a flow goes on without it', by: 'always' },
  },
  summary: 'Passes the tensor through.',
  output: 'the input’s shape',
  example: `network Nothing {
  input x: [3, 8, 8]
  output y = x -> identity
  expect y.shape == [3, 8, 8]
}`,
  infer: ({ shapes }) => ({ shapes }),
})
