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
      activates: true,
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
  use: 'As the branch of a conditional that changes nothing, or for a parameter `act: layer` that is to do nothing.',
  inPyTorch: 'nn.Identity()',
  example: `network Unit(width=3) {
  input x: [3, 8, 8]
  shortcut = x -> (if x.channels == width then identity else conv(width, 1))
  output y = add(x -> conv(width, 3, padding=1), shortcut)
  expect y.shape == [3, 8, 8]
}`,
  infer: ({ shapes }) => ({ shapes }),
})
