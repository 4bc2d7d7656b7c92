import { float, layer } from './declare'

export const gradientReversal = layer({
  name: 'gradient_reversal',
  foreign: ['GradientReversal', 'GradientReversalLayer', 'ReverseGradient', 'GRL', 'RevGrad'],
  category: 'Regularisation',
  traits: {
    range: 'kept',
    reads: 'either',
    linear: true,
    elementwise: true,
    channelwise: true,
    training: 'reverses',
  },
  summary: 'Passes the tensor through; in training it multiplies the gradient by −weight on the way back.',
  details:
    'Layers after it learn to tell two domains apart, while layers before it learn to make them look the same.',
  source: 'Ganin & Lempitsky 2015, §3.2',
  output: 'the input’s shape',
  byPlace: ['weight'],
  options: {
    weight: float({
      documentation: 'the gradient is multiplied by −weight',
      default: '1',
      min: 0,
      foreign: ['lambda', 'lambd', 'alpha', 'hp_lambda'],
    }),
  },
  use: 'For domain adaptation: put it between the features and a classifier of domains, so that the features become the same for both domains.',
  inPyTorch: null,
  example: `network Domains {
  input features: [256]
  output domain = features -> gradient_reversal -> linear(1) -> sigmoid
  expect domain.shape == [1]
}`,
  infer: ({ shapes }) => ({ shapes }),
})
