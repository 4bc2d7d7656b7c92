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
  summary: 'In training turns the gradient round; at inference passes the tensor through.',
  details: [
    'Layers after it learn to tell domains apart, layers before it to make them alike: one descent plays both',
    'sides of an adversarial game.',
  ].join(' '),
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
  example: `network Domains {
  input features: [256]
  output domain = features -> gradient_reversal -> linear(1) -> sigmoid
  expect domain.shape == [1]
}`,
  infer: ({ shapes }) => ({ shapes }),
})
