import { describe, it } from 'vitest'
import { checkRule } from '../helpers/findings'
import { checkFixes } from '../helpers/fixes'

const code = 'activation-on-logits'

describe('an activation on the scores', () => {
  it('is found before a softmax', () => {
    checkRule(
      code,
      `
      network N {
        input x: [64]
        input image: [3, 32, 32]
        output a = x -> linear(10) -> relu -> softmax
        #                             ^^^^ warning[activation-on-logits]: \`relu\` cuts off the scores that softmax gets at 0. Scores below 0 all become the same
        output b = x -> linear(10) -> batchnorm -> relu6 -> dropout -> log_softmax
        #                                          ^^^^^ warning[activation-on-logits]: that log_softmax gets
        output c = x -> linear(10) -> sigmoid -> softmax
        #                             ^^^^^^^ warning[activation-on-logits]: \`sigmoid\` squeezes the scores that softmax gets between 0 and 1. Among 10 classes the share of none can then exceed 23 %
        output d = image -> conv(21, 1) -> relu -> upsample(2) -> softmax
        #                                  ^^^^ warning[activation-on-logits]
      }
    `,
    )
  })

  it('is found on a linear layer that is the last', () => {
    checkRule(
      code,
      `
      network N {
        input x: [64]
        output y = x -> linear(32) -> relu -> linear(10) -> relu
        #                                                   ^^^^ warning[activation-on-logits]: \`relu\` cuts off the scores that the network gives at 0
      }
    `,
    )
  })

  it('is not found for outputs of these kinds, for averaged maps, nor for hidden layers that are shown', () => {
    checkRule(
      code,
      `
      network N {
        input x: [64]
        input image: [3, 32, 32]
        output a = x -> linear(10) -> softmax
        output b = x -> linear(10) -> sigmoid
        output c = image -> conv(3, 3) -> tanh
        output d = image -> conv(10, 1) -> relu -> global_avgpool -> flatten -> softmax
        output features = image -> conv(8, 3) -> relu
        output hidden = x -> linear(16) -> relu
        output e = hidden -> linear(10)
        output f = x -> linear(10) -> tanh -> softmax
        output attention = softmax(relu(image))
      }
    `,
    )
  })

  it('is fixed by removing it', () => {
    checkFixes(code, 'network N {\n  input x: [64]\n  output y = x -> linear(10) -> relu -> softmax\n}\n', {
      'Remove relu': 'output y = x -> linear(10) -> softmax',
    })
    checkFixes(code, 'network N {\n  input x: [64]\n  output y = softmax(relu(linear(x, 10)))\n}\n', {
      'Remove relu': 'output y = softmax(linear(x, 10))',
    })
  })

  it('is not fixed in a block that makes hidden layers too', () => {
    checkFixes(
      code,
      `
      block dense(x: tensor, width) { return x -> linear(width) -> relu }
      network N {
        input x: [64]
        output y = x -> dense(32) -> dense(10) -> softmax
      }
      `,
      {},
    )
  })

  it('is not found where the one value is a quantity', () => {
    checkRule(code, 'network Age {\n  input x: [64]\n  output y = x -> linear(1) -> relu\n}\n')
  })
})
